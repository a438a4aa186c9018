using System.Globalization;
using System.Text;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>One of the files that operators edit, as text.</summary>
internal static class TextFileReader
{
    /// <summary>5 MiB: room for 10,000 quotations of ordinary length, and read in a blink.</summary>
    internal const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Reads the file once, whole. A byte order mark is dropped and line ends become line feeds.</summary>
    /// <returns>Null when it cannot be read; the problem has been noted.</returns>
    public static string? Read(string path, ProblemList problems)
    {
        FileLocation start = new(path, 1, 1);
        if (Directory.Exists(path))
        {
            problems.AddError(
                start,
                "This is a folder; a file is wanted.",
                "Move the folder away and put the file in its place."
            );
            return null;
        }

        try
        {
            // What is no ordinary file has no length either, and is not opened: a pipe would let us wait for ever.
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            if (new FileInfo(target).Length == 0)
            {
                return "";
            }

            using FileStream file = new(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxBytes)
            {
                problems.AddError(
                    start,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The file is larger than {MaxBytes / 1024 / 1024} MiB and was not read."
                    ),
                    "Look whether it is the right file; what it holds in excess must go."
                );
                return null;
            }

            var bytes = new byte[file.Length];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Decode(bytes.AsSpan(0, length), path, problems);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.AddError(
                start,
                "The file is missing, or the link that stands for it leads nowhere.",
                "Put it back; an empty list is written []."
            );
        }
        catch (UnauthorizedAccessException)
        {
            problems.AddError(
                start,
                "The file may not be read by the account the bot runs under.",
                "Give that account the right to read it."
            );
        }
        catch (IOException failure)
        {
            problems.AddError(
                start,
                $"The file cannot be read: {failure.Message}",
                "Look at the disk and at who else has the file open."
            );
        }

        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, string path, ProblemList problems)
    {
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        var (line, column) = (1, 1);
        for (var rest = bytes; !rest.IsEmpty; )
        {
            if (
                Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done
                || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t' or 0x85))
            )
            {
                var code = rest[0].ToString("X2", CultureInfo.InvariantCulture);
                var (what, mend) =
                    Rune.IsControl(rune) && rune.Value > 0
                        ? ($"A control character (0x{code}), which nobody can see, stands here.", "Delete it.")
                        : (
                            $"The byte 0x{code} is no UTF-8 text.",
                            "Save the file as UTF-8; a file in Latin-1, Windows-1252 or UTF-16 must be converted."
                        );
                problems.AddError(new(path, line, column), what, mend);
                return null;
            }

            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
            rest = rest[length..];
        }

        return Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n");
    }
}
