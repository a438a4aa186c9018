using System.Buffers;
using System.Text;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads a file that operators edit as text.</summary>
internal static class TextFileReader
{
    /// <summary>5 MiB: enough for 10,000 quotations of ordinary length, and still read fast.</summary>
    internal const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Reads the whole file once. A byte order mark is removed, and line breaks become line feeds.</summary>
    /// <returns>Null when it cannot be read; the problem has been reported.</returns>
    public static string? Read(string path, ProblemList problems)
    {
        FileLocation start = new(path, 1, 1);
        if (Directory.Exists(path))
        {
            problems.AddError(start, "This is a folder, not a file.", "Replace the folder by the file.");
            return null;
        }

        try
        {
            var bytes = ReadBytes(path);
            if (bytes is not null)
            {
                return Decode(bytes, path, problems);
            }

            problems.AddError(
                start,
                $"The file is larger than {MaxBytes / 1024 / 1024} MiB and was not read.",
                "Check that it is the right file, and shorten it."
            );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.AddError(
                start,
                "The file is missing, or it is a link to a file that does not exist.",
                "Restore it; an empty list is written []."
            );
        }
        catch (UnauthorizedAccessException)
        {
            problems.AddError(
                start,
                "Permission denied: the account that runs the bot cannot read the file.",
                "Give that account read permission."
            );
        }
        catch (IOException exception)
        {
            problems.AddError(
                start,
                $"The file cannot be read: {exception.Message}",
                "Check the disk, and whether another program has the file open."
            );
        }

        return null;
    }

    /// <summary>Replaces the line breaks of Windows (CR LF) and of old Macs (CR) by line feeds.</summary>
    /// <remarks>Other characters that Unicode calls line breaks are kept, because editors do not count a line at
    /// them. Where they are not allowed, <see cref="LineSeparator"/> reports them.</remarks>
    public static string NormalizeLineBreaks(string text)
    {
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    /// <returns>Null when the file is larger than <see cref="MaxBytes"/>.</returns>
    private static byte[]? ReadBytes(string path)
    {
        var target = FileLink.Resolve(path);
        // A pipe or a device has no length and is not opened, because reading it might never end.
        if (target.Length == 0)
        {
            return [];
        }

        using var file = target.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > MaxBytes)
        {
            return null;
        }

        var bytes = new byte[file.Length];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, string path, ProblemList problems)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var rest = bytes;
        var line = 1;
        var column = 1;
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var length);
            if (status != OperationStatus.Done || rune.Value == 0)
            {
                problems.AddError(
                    new(path, line, column),
                    $"The byte 0x{rest[0]:X2} is not valid UTF-8 text.",
                    "Save the file as UTF-8; convert a file in Latin-1, Windows-1252 or UTF-16."
                );
                return null;
            }

            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t' or 0x85))
            {
                problems.AddError(
                    new(path, line, column),
                    $"This is an invisible control character (0x{rest[0]:X2}).",
                    "Delete it."
                );
                return null;
            }

            rest = rest[length..];
            column += rune.Utf16SequenceLength;
            var isLineBreak = rune.Value == '\n' || (rune.Value == '\r' && !rest.StartsWith("\n"u8));
            if (isLineBreak)
            {
                line++;
                column = 1;
            }
        }

        var text = Encoding.UTF8.GetString(bytes);
        return NormalizeLineBreaks(text);
    }
}
