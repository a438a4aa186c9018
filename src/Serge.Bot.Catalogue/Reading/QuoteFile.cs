using System.Globalization;
using System.Text;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>One of the files that operators edit, as text.</summary>
internal static class QuoteFile
{
    /// <summary>5 MiB: fifty times what 10,000 quotations of ordinary length would need for their ids alone, and read in a blink.</summary>
    internal const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Reads the file once, whole. A byte order mark is dropped and line ends become line feeds.</summary>
    /// <returns>Null when it cannot be read; the problem has been noted.</returns>
    public static string? Read(string path, ProblemList problems)
    {
        SourceLocation start = new(path, 1, 1);
        if (Directory.Exists(path))
        {
            problems.Error(start, "This is a folder; a file is wanted.", "Move the folder away and put the file in its place.");
            return null;
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Min(file.Length, MaxBytes) + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes || file.Length > MaxBytes)
            {
                problems.Error(
                    start,
                    string.Create(CultureInfo.InvariantCulture, $"The file is larger than {MaxBytes / 1024 / 1024} MiB and was not read."),
                    "Look whether it is the right file; what it holds in excess must go.");
                return null;
            }

            return Decode(bytes.AsSpan(0, length), path, problems);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Error(start, "The file is missing.", "Put it back; an empty list is written [].");
        }
        catch (UnauthorizedAccessException)
        {
            problems.Error(start, "The file may not be read by the account the bot runs under.", "Give that account the right to read it.");
        }
        catch (IOException failure)
        {
            problems.Error(start, $"The file cannot be read: {failure.Message}", "Look at the disk and at who else has the file open.");
        }

        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, string path, ProblemList problems)
    {
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        var (line, column) = (1, 1);
        for (var rest = bytes; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done
                || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t' or 0x85)))
            {
                problems.Error(
                    new(path, line, column),
                    string.Create(CultureInfo.InvariantCulture, $"The byte 0x{rest[0]:X2} is no UTF-8 text."),
                    "Save the file as UTF-8; a file in Latin-1, Windows-1252 or UTF-16 must be converted.");
                return null;
            }

            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
            rest = rest[length..];
        }

        return Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n");
    }
}
