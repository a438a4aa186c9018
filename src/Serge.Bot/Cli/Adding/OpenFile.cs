using System.Text;

namespace Serge.Bot.Cli.Adding;

/// <summary>A quote file to which an entry is added: what stands there stays, byte for byte.</summary>
internal sealed class OpenFile
{
    private readonly string _path;
    private readonly byte[] _before;
    private readonly string _lineEnd;

    private OpenFile(string path, byte[] before)
    {
        (_path, _before) = (path, before);
        TextBefore = Encoding.UTF8.GetString(before).TrimStart('\uFEFF');
        _lineEnd = TextBefore.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    /// <summary>Its text, without a byte order mark.</summary>
    public string TextBefore { get; }

    /// <summary>How many lines there are before the first of a new entry.</summary>
    public int LinesBefore => WithEntry("").ReplaceLineEndings("\n").Count(static c => c == '\n');

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static OpenFile Read(string path) => new(path, File.ReadAllBytes(path));

    /// <summary>The whole text with an entry at its end, after one empty line.</summary>
    public string WithEntry(string yaml) => TextBefore + Added(yaml);

    /// <summary>Writes the entry at the end of the file, in one go.</summary>
    /// <returns>Whether it was written; not so when somebody changed the file meanwhile.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public bool TryAppend(string yaml)
    {
        using FileStream file = new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var now = new byte[_before.Length];
        if (
            file.Length != _before.Length
            || file.ReadAtLeast(now, now.Length, throwOnEndOfStream: false) != now.Length
            || !now.AsSpan().SequenceEqual(_before)
        )
        {
            return false;
        }

        file.Write(Encoding.UTF8.GetBytes(Added(yaml)));
        file.Flush(flushToDisk: true);
        return true;
    }

    private string Added(string yaml)
    {
        var gap =
            TextBefore.Length == 0
            || TextBefore.EndsWith("\n\n", StringComparison.Ordinal)
            || TextBefore.EndsWith("\r\n\r\n", StringComparison.Ordinal)
                ? ""
            : TextBefore.EndsWith('\n') ? _lineEnd
            : _lineEnd + _lineEnd;
        return gap + yaml.ReplaceLineEndings(_lineEnd);
    }
}
