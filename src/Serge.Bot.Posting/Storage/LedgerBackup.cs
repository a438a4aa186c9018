using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Serge.Bot.Posting.Storage;

/// <summary>A copy of a ledger that is an SQLite file, made while a worker goes on writing it.</summary>
/// <param name="Posts">How many posts are in it.</param>
/// <param name="Schema">How many steps its schema has taken.</param>
/// <param name="Bytes">Its length.</param>
public sealed record LedgerBackup(long Posts, int Schema, long Bytes)
{
    /// <summary>Makes one. It gets its name when it is whole, on disk and has been read through, so there is never half a copy.</summary>
    /// <remarks>The ledger is neither changed nor brought up to date: a copy made by a new program can be put back under the old one.</remarks>
    /// <param name="ledger">The ledger's file.</param>
    /// <param name="copy">What the copy is to be called; nothing must be there.</param>
    /// <exception cref="LedgerException">There is no ledger, it is damaged, or the copy cannot be written; one line that says what to do.</exception>
    public static LedgerBackup Create(string ledger, string copy)
    {
        if (!File.Exists(ledger))
        {
            throw new LedgerException($"There is no ledger {ledger} yet, so there is nothing to copy.", inner: null);
        }

        if (Path.Exists(copy))
        {
            throw new LedgerException(
                $"{copy} is there already. Name another file: a copy never takes the place of something.",
                inner: null
            );
        }

        var part = copy + ".part";
        try
        {
            // It holds what servers have set up, so it is for its owner alone.
            File.Delete(part);
            using (var file = new FileStream(part, Options()))
            {
                file.Flush(flushToDisk: true);
            }

            Write(ledger, part);
            var made = Check(part);
            using (var file = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }

            File.Move(part, copy, overwrite: false);
            return made;
        }
        catch (SqliteException e)
        {
            throw new LedgerException(Explain(ledger, copy, e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(
                $"{copy} cannot be written: {e.Message} Its folder must exist, be writable and have room.",
                e
            );
        }
        finally
        {
            Remove(part);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <remarks>VACUUM INTO reads one state of the database, with all that its write-ahead log holds, and holds up no writer (SQLite docs, VACUUM).</remarks>
    private static void Write(string ledger, string part)
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
        if (Ask(connection, "PRAGMA integrity_check") is not "ok")
        {
            throw new LedgerException(
                "The copy was read through and is not whole, so it was thrown away. Look at the disk, then try again.",
                inner: null
            );
        }

        return new LedgerBackup(
            Convert.ToInt64(Ask(connection, "SELECT count(*) FROM posts"), CultureInfo.InvariantCulture),
            Convert.ToInt32(Ask(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture),
            new FileInfo(part).Length
        );
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 10,
            }.ToString()
        );
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

    private static object? Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return command.ExecuteScalar();
    }

    private static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong has been said; this is what is left of it.
        }
    }

    /// <remarks>Numbers: SQLite docs, Result and Error Codes.</remarks>
    internal static string Explain(string ledger, string copy, SqliteException e) =>
        e.SqliteErrorCode switch
        {
            13 => $"The disk that {copy} was to be on is full. Make room, or name a file elsewhere.",
            5 or 6 =>
                $"The ledger {ledger} has been locked by another program for longer than 10 s. Close what has it open, such as a database browser.",
            1 or 11 or 26 =>
                $"{ledger} is no ledger, or it is damaged ({e.Message}). Keep the file, and the copies made before.",
            _ => $"The ledger {ledger} cannot be copied to {copy}: {e.Message}",
        };
}
