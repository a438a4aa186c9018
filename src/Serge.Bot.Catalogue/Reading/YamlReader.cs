using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads YAML into nodes that know where they stand.</summary>
/// <remarks>Only what the quote files need: lists, keys with values, and text. Anchors, aliases and tags are refused as they are met, so
/// that nothing can expand, and so is a second document. The first mistake of form ends the file.</remarks>
internal sealed class YamlReader
{
    /// <summary>A list of entries whose values are lists of text is three deep.</summary>
    private const int MaxDepth = 6;

    private readonly string _file;
    private readonly ProblemList _problems;
    private readonly Parser _parser;
    private readonly string[] _lines;
    private readonly Stack<Mark> _open = [];

    private YamlReader(string file, string[] lines, ProblemList problems)
    {
        _file = file;
        _lines = lines;
        _problems = problems;
        _parser = new(new StringReader(string.Join('\n', lines)));
    }

    /// <summary>The one node of a file.</summary>
    /// <returns>Null when the file is empty or broken; the problem has been noted.</returns>
    public static YamlNode? Read(string file, string text, ProblemList problems)
    {
        // On a line without anything else a tab is seen by nobody and means nothing, but the parser stumbles over it.
        var lines = Array.ConvertAll(text.Split('\n'), static line => string.IsNullOrWhiteSpace(line) ? "" : line);
        if (FirstIndentingTab(lines) is var (line, column))
        {
            problems.AddError(
                new(file, line, column),
                "A tab stands at the beginning of the line.",
                "Indent with spaces."
            );
            return null;
        }

        YamlReader reader = new(file, lines, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException broken)
        {
            var isAtStart = broken is not SyntaxErrorException || YamlErrorExplainer.IsAtTokenStart(broken.Message);
            reader.Note(broken.Message, isAtStart ? broken.Start : broken.End);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // The parser's own state breaks on some unclosed brackets and malformed tags; it then says neither what nor where.
            reader.Note(
                broken is ArgumentException ? YamlErrorExplainer.Tag : YamlErrorExplainer.Bracket,
                reader._parser.Current?.End ?? Mark.Empty
            );
        }

        return null;
    }

    private void Note(string message, Mark mark)
    {
        var at = At(YamlErrorExplainer.IsUnclosedBracket(message) && _open.TryPeek(out var bracket) ? bracket : mark);
        var (what, mend) = YamlErrorExplainer.Explain(message, _lines.ElementAtOrDefault(at.Line - 1) ?? "", at.Column);
        _problems.AddError(at, what, mend);
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.AddError(
                new(_file, 1, 1),
                "The file is empty.",
                "Put its entries back; an empty list is written []."
            );
            return null;
        }

        _parser.Consume<DocumentStart>();
        var node = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        return _parser.TryConsume<DocumentStart>(out var second)
            ? throw new SemanticErrorException(second.Start, second.End, YamlErrorExplainer.SecondDocument)
            : node;
    }

    private YamlNode ReadNode(int depth)
    {
        var next = _parser.Require<ParsingEvent>();
        if (next is AnchorAlias)
        {
            throw new SemanticErrorException(next.Start, next.End, YamlErrorExplainer.Alias);
        }

        if (next is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
        {
            var isTag = next is NodeEvent { Anchor.IsEmpty: true };
            throw new SemanticErrorException(
                next.Start,
                next.End,
                isTag ? YamlErrorExplainer.Tag : YamlErrorExplainer.Anchor
            );
        }

        if (depth > MaxDepth)
        {
            throw new SemanticErrorException(next.Start, next.End, YamlErrorExplainer.TooDeep);
        }

        // The parser looks one token ahead, and may fail there: until then this bracket counts as open, and no longer.
        var isInBrackets =
            next is SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow };
        if (isInBrackets)
        {
            _open.Push(next.Start);
        }

        _parser.MoveNext();
        if (next is Scalar scalar)
        {
            return new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        YamlNode node = next is SequenceStart ? ReadList(At(next.Start), depth) : ReadMapping(At(next.Start), depth);
        if (isInBrackets)
        {
            _open.Pop();
        }

        _parser.MoveNext();
        return node;
    }

    private YamlList ReadList(FileLocation at, int depth)
    {
        List<YamlNode> items = [];
        while (!_parser.Accept<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new(at, items);
    }

    private YamlMapping ReadMapping(FileLocation at, int depth)
    {
        OrderedDictionary<string, YamlField> fields = new(StringComparer.Ordinal);
        var lacksDash = false;
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var start = _parser.Current?.Start ?? Mark.Empty;
            var key =
                ReadNode(depth + 1) as YamlScalar
                ?? throw new SemanticErrorException(start, start, YamlErrorExplainer.Key);
            var value = ReadNode(depth + 1);
            if (!fields.TryAdd(key.Value, new(key, value)) && !lacksDash)
            {
                // The keys that follow a second id are those of another entry, and not worth a word each.
                lacksDash = key.Value == "id";
                var line = fields[key.Value].Key.Location.Line.ToString(CultureInfo.InvariantCulture);
                _problems.AddError(
                    key.Location,
                    $"The key '{key.Value}' stands here a second time; the first is in line {line}.",
                    lacksDash
                        ? "Keep one of the two; if another entry begins here, put a dash before it: '- id: …'."
                        : "Keep one of the two."
                );
            }
        }

        return new(at, [.. fields.Values]);
    }

    private FileLocation At(Mark mark) => new(_file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static (int Line, int Column)? FirstIndentingTab(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var tab = lines[i].IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(lines[i][..tab]))
            {
                return (i + 1, tab + 1);
            }
        }

        return null;
    }
}
