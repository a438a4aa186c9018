using System.Text;

namespace Serge.Bot.Playground.Editing;

/// <summary>A copy of the quote files, which the worker reads and the page edits. The files that it was made from are
/// read once and never written.</summary>
internal sealed class WorkingCopy
{
    /// <summary>The longest file, in bytes of UTF-8: 5 MiB, as <see cref="CatalogueReader"/> reads it.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly Lock _lock = new();
    private readonly Dictionary<string, EditedFile> _files;
    private readonly Dictionary<string, string> _originals;
    private long _version;

    private WorkingCopy(string folder, Dictionary<string, string> originals, long version)
    {
        Folder = folder;
        _originals = originals;
        _version = version;
        _files = originals.ToDictionary(
            file => file.Key,
            file => new EditedFile(file.Key, file.Value, version, IsChanged: false),
            StringComparer.Ordinal
        );
        Problems = CatalogueReader.Read(folder).Problems;
    }

    public string Folder { get; }

    /// <summary>The errors and warnings of the files as they are saved.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; }

    /// <summary>Copies the files that the bot reads.</summary>
    /// <param name="source">The folder of the operator's quote files.</param>
    /// <param name="target">An empty folder.</param>
    /// <param name="clock">The versions of a later copy are higher, so that a page that was open before notices
    /// it.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static WorkingCopy Create(string source, DirectoryInfo target, TimeProvider clock)
    {
        Dictionary<string, string> originals = new(StringComparer.Ordinal);
        foreach (var path in CatalogueReader.GetPaths(source).Where(File.Exists))
        {
            // Not copied: the copy of a read-only file would be read-only.
            var name = Path.GetRelativePath(source, path);
            var text = NormalizeLineBreaks(File.ReadAllText(path));
            var copy = new FileInfo(Path.Combine(target.FullName, name));
            copy.Directory!.Create();
            File.WriteAllText(copy.FullName, text, StrictUtf8);
            if (CatalogueReader.FileNames.Contains(name))
            {
                originals[name] = text;
            }
        }

        return new WorkingCopy(target.FullName, originals, clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>The files in the order of <see cref="CatalogueReader.FileNames"/>, as they are saved.</summary>
    public IReadOnlyList<EditedFile> GetFiles()
    {
        lock (_lock)
        {
            return [.. CatalogueReader.FileNames.Where(_files.ContainsKey).Select(name => _files[name])];
        }
    }

    /// <summary>Finds a file by its name. A name is compared and never used as a path.</summary>
    public EditedFile? Find(string name)
    {
        lock (_lock)
        {
            return _files.GetValueOrDefault(name);
        }
    }

    /// <summary>Saves a file, unless another tab has saved it since.</summary>
    /// <param name="name">One of the names of <see cref="GetFiles"/>.</param>
    /// <param name="text">The new text.</param>
    /// <param name="version">The version that was edited.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public SaveResult Save(string name, string text, long version)
    {
        if (Encode(text) is not { } bytes)
        {
            return new SaveResult.Refused("The text has half a character (an unpaired surrogate). Remove it.");
        }

        if (bytes.Length > MaxBytes)
        {
            return new SaveResult.Refused("The file may have at most 5 MiB, as the bot reads it. Shorten it.");
        }

        lock (_lock)
        {
            if (!_files.TryGetValue(name, out var file))
            {
                var names = string.Join(", ", _files.Keys);
                return new SaveResult.Refused($"There is no such file. The files are {names}.");
            }

            if (file.Version != version)
            {
                return new SaveResult.Conflict($"{name} was saved in another tab since you opened it.");
            }

            Write(file, NormalizeLineBreaks(text));
            Problems = CatalogueReader.Read(Folder).Problems;
            return new SaveResult.Saved(_files[name].Version);
        }
    }

    /// <summary>Restores all files, unless another tab has saved one since.</summary>
    /// <param name="version">The highest version of a file that the caller has seen.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public SaveResult Restore(long version)
    {
        lock (_lock)
        {
            if (_version != version)
            {
                return new SaveResult.Conflict("A file was saved in another tab since you opened it.");
            }

            foreach (var file in _files.Values.ToList())
            {
                Write(file, _originals[file.Name]);
            }

            Problems = CatalogueReader.Read(Folder).Problems;
            return new SaveResult.Saved(_version);
        }
    }

    private void Write(EditedFile file, string text)
    {
        if (file.Text == text)
        {
            return;
        }

        // Replaced in one step, so that the worker never reads half a file.
        var path = Path.Combine(Folder, file.Name);
        var temporary = $"{path}.new";
        File.WriteAllText(temporary, text, StrictUtf8);
        File.Move(temporary, path, overwrite: true);
        _version++;
        _files[file.Name] = new EditedFile(file.Name, text, _version, text != _originals[file.Name]);
    }

    /// <summary>Replaces the line breaks of Windows (CR LF) and of old Macs (CR) by line feeds, as
    /// <see cref="CatalogueReader"/> does. It reports other characters that separate lines.</summary>
    private static string NormalizeLineBreaks(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static byte[]? Encode(string text)
    {
        try
        {
            return StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>A quote file of the working copy.</summary>
/// <param name="Name">The name, such as <c>quotes.yaml</c>.</param>
/// <param name="Text">The text, with line feeds.</param>
/// <param name="Version">Grows with every change; unique among the files of a playground.</param>
/// <param name="IsChanged">Whether the text differs from the original.</param>
internal sealed record EditedFile(string Name, string Text, long Version, bool IsChanged);

/// <summary>The result of saving or restoring. A closed set.</summary>
internal abstract record SaveResult
{
    /// <param name="Version">The new version.</param>
    public sealed record Saved(long Version) : SaveResult;

    /// <summary>Another tab has saved since; nothing was written.</summary>
    /// <param name="Message">What was saved.</param>
    public sealed record Conflict(string Message) : SaveResult;

    /// <summary>Nothing was written.</summary>
    /// <param name="Message">Why, and how to fix it.</param>
    public sealed record Refused(string Message) : SaveResult;
}
