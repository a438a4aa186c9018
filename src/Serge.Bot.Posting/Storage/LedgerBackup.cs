using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Serge.Bot.Posting.Storage;

/// <summary>A backup of an SQLite ledger, made while a worker may be writing to it.</summary>
/// <param name="Posts">Number of posts in it.</param>
/// <param name="Schema">Number of migration steps that were applied to it.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record LedgerBackup(long Posts, int Schema, long Bytes)
{
    /// <summary>Creates a backup. It gets its name once it is complete, on disk and checked.</summary>
    /// <remarks>The ledger is neither changed nor migrated, so an older program can use a backup that a
    /// newer one made.</remarks>
    /// <param name="ledger">The file of the ledger.</param>
    /// <param name="copy">The file of the backup; it must not exist.</param>
    /// <exception cref="LedgerException">There is no ledger, it is damaged, or the backup
    /// cannot be written.</exception>
    public static LedgerBackup Create(string ledger, string copy)
    {
        if (SqliteFile.IsMissing(ledger))
        {
            throw new LedgerException($"There is no ledger {ledger} yet, so there is nothing to copy.");
        }

        if (Path.Exists(copy))
        {
            throw new LedgerException($"{copy} exists already. Name another file: a backup does not overwrite files.");
        }

        var part = $"{copy}.part";
        try
        {
            CreateEmpty(part);
            Copy(ledger, part);
            var backup = Check(part);
            FlushToDisk(part);
            File.Move(part, copy, overwrite: false);
            return backup;
        }
        catch (SqliteException e)
        {
            throw new LedgerException(Explain(ledger, copy, e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message =
                $"{copy} cannot be written: {e.Message} Its folder must exist, be writable and have free space.";
            throw new LedgerException(message, e);
        }
        finally
        {
            TryDelete(part);
        }
    }

    /// <summary>Creates a file that only its owner can read, because a ledger contains what servers
    /// have set up.</summary>
    private static void CreateEmpty(string part)
    {
        File.Delete(part);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(part, options);
        file.Flush(flushToDisk: true);
    }

    /// <remarks>VACUUM INTO reads one state of the database, with its write-ahead log, and blocks no writer (SQLite
    /// docs, VACUUM).</remarks>
    private static void Copy(string ledger, string part)
    {
        using var connection = Open(ledger, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO @part";
        command.Parameters.AddWithValue("@part", part);
        command.ExecuteNonQuery();
    }

    private static LedgerBackup Check(string part)
    {
        using var connection = Open(part, SqliteOpenMode.ReadOnly);
        if (ReadValue(connection, "PRAGMA integrity_check") is not "ok")
        {
            throw new LedgerException(
                "The copy failed the integrity check, so it was deleted. Check the disk, then try again."
            );
        }

        var posts = Convert.ToInt64(ReadValue(connection, "SELECT count(*) FROM posts"), CultureInfo.InvariantCulture);
        var schema = Convert.ToInt32(ReadValue(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        return new LedgerBackup(posts, schema, new FileInfo(part).Length);
    }

    private static void FlushToDisk(string part)
    {
        using FileStream file = new(part, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnectionStringBuilder builder = new()
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 10,
        };
        SqliteConnection connection = new(builder.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static object? ReadValue(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }

    private static void TryDelete(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The exception that is thrown already explains the cause; an incomplete file remains.
        }
    }

    /// <remarks>Codes: SQLite docs, Result and Error Codes.</remarks>
    internal static string Explain(string ledger, string copy, SqliteException e) =>
        e.SqliteErrorCode switch
        {
            13 => $"The disk of {copy} is full. Free some space, or name a file on another disk.",
            5 or 6 => $"The ledger {ledger} has been locked by another program for longer than 10 s. "
                + "Close the program that uses it, such as a database browser.",
            1 or 11 or 26 => $"{ledger} is not a ledger, or it is damaged ({e.Message}). "
                + "Keep the file and all backups.",
            _ => $"The ledger {ledger} cannot be copied to {copy}: {e.Message}",
        };
}
