using System.Text;

namespace Serge.Bot.Cli.Adding;

/// <summary>A quote file to which an entry is added. Its existing bytes do not change.</summary>
internal sealed class OpenFile
{
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly string _text;
    private readonly string _lineBreak;

    private OpenFile(string path, byte[] bytes)
    {
        _path = path;
        _bytes = bytes;
        _text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        _lineBreak = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    /// <summary>The number of lines before a new entry.</summary>
    public int LinesBefore => WithEntry("").Count(static c => c == '\n');

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading is not permitted.</exception>
    public static OpenFile Read(string path) => new(path, File.ReadAllBytes(path));

    /// <summary>The text of the file with an entry at its end, after an empty line.</summary>
    public string WithEntry(string yaml) => _text + FormatAddition(yaml);

    /// <summary>Adds an entry at the end of the file with a single write.</summary>
    /// <returns>False if the file has changed since it was read.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public bool TryAppend(string yaml)
    {
        using FileStream file = new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var current = new byte[_bytes.Length];
        var length = file.ReadAtLeast(current, current.Length, throwOnEndOfStream: false);
        if (length != file.Length || !current.AsSpan(0, length).SequenceEqual(_bytes))
        {
            return false;
        }

        var addition = FormatAddition(yaml);
        file.Write(Encoding.UTF8.GetBytes(addition));
        file.Flush(flushToDisk: true);
        return true;
    }

    private string FormatAddition(string yaml) => GetGap() + yaml.ReplaceLineEndings(_lineBreak);

    private string GetGap()
    {
        if (
            _text.Length == 0
            || _text.EndsWith("\n\n", StringComparison.Ordinal)
            || _text.EndsWith("\r\n\r\n", StringComparison.Ordinal)
        )
        {
            return "";
        }

        if (_text.EndsWith('\n'))
        {
            return _lineBreak;
        }

        return _lineBreak + _lineBreak;
    }
}
