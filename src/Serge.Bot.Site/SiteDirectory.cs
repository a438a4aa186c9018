namespace Serge.Bot.Site;

/// <summary>Writes the site to a folder.</summary>
public sealed class SiteDirectory
{
    private readonly string _folder;
    private readonly Manifest _previous;

    private SiteDirectory(string folder, Manifest previous)
    {
        _folder = folder;
        _previous = previous;
    }

    /// <summary>Reads what the last run wrote.</summary>
    /// <param name="folder">The folder; it may not exist yet.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">It contains other files than a site, or cannot be read.</exception>
    public static async Task<SiteDirectory> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Manifest.FileName);
        if (File.Exists(path))
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            var manifest =
                Manifest.Parse(text)
                ?? throw new IOException(
                    $"{path} is not what serge site wrote. Restore it, or choose an empty folder."
                );
            return new(folder, manifest);
        }

        // A copy of a repository may already be there, for a branch that holds the site.
        if (HasVisibleEntries(folder))
        {
            throw new IOException(
                $"{folder} has files that serge site did not write ({Manifest.FileName} is missing). "
                    + "Choose an empty folder."
            );
        }

        return new(folder, new());
    }

    /// <summary>The paths of all entries that were ever served from here.</summary>
    public IEnumerable<string> Entries => _previous.GetEntries();

    /// <summary>Writes the files whose content has changed and removes those that are no longer part of the
    /// site.</summary>
    /// <param name="files">All files of the site.</param>
    /// <param name="gone">The entries that were served once and are not any more.</param>
    /// <param name="cancellationToken">Stops between two files; the next run completes the site.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<SiteChanges> WriteAsync(
        IReadOnlyList<SiteFile> files,
        IEnumerable<string> gone,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(_folder);
        var kept = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        Manifest manifest = new() { Files = [.. kept], Gone = [.. gone] };
        // First both, so that a run that is stopped leaves no file that no later run removes.
        var all = manifest with
        {
            Files = [.. kept.Union(_previous.Files)],
        };
        await WriteIfChangedAsync(Manifest.FileName, all.Write(), cancellationToken);
        var written = 0;
        await Parallel.ForEachAsync(
            files,
            cancellationToken,
            async (file, stop) =>
            {
                if (await WriteIfChangedAsync(file.Path, await file.RenderAsync(), stop))
                {
                    Interlocked.Increment(ref written);
                }
            }
        );
        var removed = _previous.Files.Count(path => !kept.Contains(path) && Remove(path));
        await WriteIfChangedAsync(Manifest.FileName, manifest.Write(), cancellationToken);
        return new(files.Count, written, removed);
    }

    private static bool HasVisibleEntries(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return false;
        }

        var entries = Directory.EnumerateFileSystemEntries(folder);
        return entries.Any(entry => !Path.GetFileName(entry).StartsWith('.'));
    }

    private async Task<bool> WriteIfChangedAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        FileInfo file = new(Path.Combine(_folder, path));
        if (file.Exists && file.Length == content.Length)
        {
            var current = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
            if (current.AsSpan().SequenceEqual(content))
            {
                return false;
            }
        }

        file.Directory!.Create();
        await File.WriteAllBytesAsync(file.FullName, content, cancellationToken);
        return true;
    }

    /// <summary>Removes a file and the folders that are empty without it.</summary>
    private bool Remove(string path)
    {
        var file = Path.Combine(_folder, path);
        if (!File.Exists(file))
        {
            return false;
        }

        File.Delete(file);
        var parent = Path.GetDirectoryName(path);
        while (!string.IsNullOrEmpty(parent))
        {
            var folder = Path.Combine(_folder, parent);
            if (Directory.EnumerateFileSystemEntries(folder).Any())
            {
                break;
            }

            Directory.Delete(folder);
            parent = Path.GetDirectoryName(parent);
        }

        return true;
    }
}

/// <summary>What a run changed.</summary>
/// <param name="Files">All files of the site.</param>
/// <param name="Written">Those that were new or had another content.</param>
/// <param name="Removed">Those that are no longer part of the site.</param>
public sealed record SiteChanges(int Files, int Written, int Removed);
