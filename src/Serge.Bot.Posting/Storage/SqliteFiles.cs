namespace Serge.Bot.Posting.Storage;

/// <summary>The files of an SQLite database while it is open: whether the paths still name the files that were
/// opened.</summary>
/// <remarks>SQLite itself does not notice: it continues to read and write files that no other program can see, and a
/// program that opens the path meanwhile starts with other files.</remarks>
internal sealed class SqliteFiles(string path)
{
    /// <summary>The write-ahead log and its index, which exist while the database is open.</summary>
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private readonly Dictionary<string, FileIdentity?> _identities = new(StringComparer.Ordinal);
    private long _length;

    /// <summary>Creates an empty database that only its owner can read, unless there is a file. SQLite gives the
    /// other files the same permissions.</summary>
    public void CreateIfMissing()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (File.Exists(path) || !Directory.Exists(folder))
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
            using FileStream file = new(path, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has created it, or SQLite reports why it cannot be created.
        }
    }

    /// <summary>Remembers the files, which have just been opened.</summary>
    public void Remember()
    {
        foreach (var suffix in Suffixes)
        {
            _identities[suffix] = FileState.Read(path + suffix)?.Identity;
        }

        _length = FileState.Read(path)?.Length ?? 0;
    }

    /// <summary>What happened to the files; <see langword="null"/> when they are still those that were
    /// opened.</summary>
    public string? FindLoss()
    {
        foreach (var (suffix, identity) in _identities)
        {
            if (FileState.Read(path + suffix) is not { } now)
            {
                return $"{path}{suffix} was deleted or moved";
            }

            if (now.Identity != identity)
            {
                return $"{path}{suffix} was replaced by another file";
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
