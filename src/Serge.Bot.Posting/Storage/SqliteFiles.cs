using Serge.Bot.Catalogue.Reading;

namespace Serge.Bot.Posting.Storage;

/// <summary>The files of an SQLite database while it is open: whether the paths still name the files that were
/// opened.</summary>
/// <remarks>SQLite itself does not notice: it continues to read and write files that no other program can see, and a
/// program that opens the path meanwhile starts with other files.</remarks>
internal sealed class SqliteFiles(string path)
{
    private readonly Dictionary<string, FileIdentity?> _identities = new(StringComparer.Ordinal);
    private string? _target;
    private long _length;

    /// <summary>The write-ahead log. It exists while the database is open, beside the file that the path leads
    /// to.</summary>
    public string Log => $"{Target}-wal";

    /// <summary>The index of <see cref="Log"/>; it exists as long as the log does.</summary>
    public string Index => $"{Target}-shm";

    private string Target => _target ?? path;

    /// <summary>Finds the file beside which SQLite creates its log: if the path is a symbolic link, the file that it
    /// leads to. On Windows SQLite does not follow links for this.</summary>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public void ResolveLink()
    {
        var isLink = !OperatingSystem.IsWindows() && new FileInfo(path).LinkTarget is not null;
        _target = isLink ? FileLink.Resolve(path).FullName : path;
    }

    /// <summary>Creates an empty database that only its owner can read, unless there is a file. SQLite gives the
    /// other files the same permissions.</summary>
    public void CreateIfMissing()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(Target));
        if (File.Exists(Target) || !Directory.Exists(folder))
        {
            return;
        }

        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using FileStream file = new(Target, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has created it, or SQLite reports why it cannot be created.
        }
    }

    /// <summary>Remembers the files, which have just been opened.</summary>
    public void Remember()
    {
        // The path itself and not its target: a link may be changed so that it leads to another file.
        foreach (var file in (string[])[path, Log, Index])
        {
            _identities[file] = FileState.Read(file)?.Identity;
        }

        _length = FileState.Read(path)?.Length ?? 0;
    }

    /// <summary>What happened to the files; <see langword="null"/> when they are still those that were
    /// opened.</summary>
    public string? FindLoss()
    {
        foreach (var (file, identity) in _identities)
        {
            if (FileState.Read(file) is not { } now)
            {
                return $"{file} was deleted or moved";
            }

            if (now.Identity != identity)
            {
                return $"{file} was replaced by another file";
            }
        }

        return FindTruncation();
    }

    /// <summary>The database file never shrinks, because it is never vacuumed.</summary>
    private string? FindTruncation()
    {
        var length = FileState.Read(path)?.Length ?? 0;
        if (length < _length)
        {
            return $"{path} was truncated";
        }

        _length = length;
        return null;
    }
}
