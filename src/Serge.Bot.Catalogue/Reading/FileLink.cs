namespace Serge.Bot.Catalogue.Reading;

/// <summary>Follows symbolic links of a file and of all its folders.</summary>
/// <remarks>.NET removes <c>..</c> from the target of a link as text, which leads to another file if the link is in a
/// linked folder. Here the folder is resolved first. A <c>..</c> in a target after another link is still removed as
/// text.</remarks>
public static class FileLink
{
    /// <summary>More links than the operating system follows are a cycle.</summary>
    private const int MaxLinks = 40;

    /// <summary>Finds the file that a path leads to. The file may be missing.</summary>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public static FileInfo Resolve(string path)
    {
        var links = 0;
        return new FileInfo(Resolve(Path.GetFullPath(path), ref links));
    }

    private static string Resolve(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var folder = Resolve(parent, ref links);
        var inFolder = Path.Combine(folder, Path.GetFileName(path));
        if (FindTarget(inFolder) is not { } target)
        {
            return inFolder;
        }

        links++;
        if (links > MaxLinks)
        {
            throw new IOException($"{path} is a link that leads to itself.");
        }

        return Resolve(Path.GetFullPath(target, folder), ref links);
    }

    private static string? FindTarget(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        // A volume of Windows that is mounted in a folder is no link.
        var isVolume = entry.LinkTarget?.StartsWith("Volume{", StringComparison.Ordinal) ?? false;
        return isVolume ? null : entry.LinkTarget;
    }
}
