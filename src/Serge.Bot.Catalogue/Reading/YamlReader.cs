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

    private YamlReader(string file, string text, ProblemList problems)
    {
        _file = file;
        _problems = problems;
        _parser = new(new StringReader(text));
    }

    /// <summary>The one node of a file.</summary>
    /// <returns>Null when the file is empty or broken; the problem has been noted.</returns>
    public static YamlNode? Read(string file, string text, ProblemList problems)
    {
        if (FirstIndentingTab(text) is var (line, column))
        {
            problems.Error(new(file, line, column), "A tab stands at the beginning of the line.", "Indent with spaces.");
            return null;
        }

        YamlReader reader = new(file, text, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException broken)
        {
            var (what, mend) = YamlMistake.Explain(broken.Message);
            var isAtStart = broken is not SyntaxErrorException || YamlMistake.IsAtStart(broken.Message);
            problems.Error(reader.At(isAtStart ? broken.Start : broken.End), what, mend);
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            // The parser's own state breaks on some unclosed brackets and malformed tags; it then says neither what nor where.
            var (what, mend) = YamlMistake.Explain(broken is ArgumentException ? YamlMistake.Tag : YamlMistake.Bracket);
            problems.Error(reader.At(reader._parser.Current?.End ?? Mark.Empty), what, mend);
        }

        return null;
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Error(new(_file, 1, 1), "The file is empty.", "Put its entries back; an empty list is written [].");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var node = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        return _parser.TryConsume<DocumentStart>(out var second)
            ? throw new SemanticErrorException(second.Start, second.End, YamlMistake.SecondDocument)
            : node;
    }

    private YamlNode ReadNode(int depth)
    {
        var next = _parser.Consume<ParsingEvent>();
        if (next is AnchorAlias)
        {
            throw new SemanticErrorException(next.Start, next.End, YamlMistake.Alias);
        }

        if (next is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
        {
            var isTag = next is NodeEvent { Anchor.IsEmpty: true };
            throw new SemanticErrorException(next.Start, next.End, isTag ? YamlMistake.Tag : YamlMistake.Anchor);
        }

        if (depth > MaxDepth)
        {
            throw new SemanticErrorException(next.Start, next.End, YamlMistake.TooDeep);
        }

        return next switch
        {
            Scalar scalar => new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart list => ReadList(At(list.Start), depth),
            _ => ReadMapping(At(next.Start), depth),
        };
    }

    private YamlList ReadList(SourceLocation at, int depth)
    {
        List<YamlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new(at, items);
    }

    private YamlMapping ReadMapping(SourceLocation at, int depth)
    {
        List<YamlField> fields = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var start = _parser.Current?.Start ?? Mark.Empty;
            var key = ReadNode(depth + 1) as YamlScalar ?? throw new SemanticErrorException(start, start, YamlMistake.Key);
            var value = ReadNode(depth + 1);
            if (fields.Find(field => string.Equals(field.Key.Value, key.Value, StringComparison.Ordinal)) is { } first)
            {
                _problems.Error(
                    key.At,
                    string.Create(CultureInfo.InvariantCulture, $"The key '{key.Value}' stands here a second time; the first is in line {first.Key.At.Line}."),
                    "Keep one of the two.");
            }
            else
            {
                fields.Add(new(key, value));
            }
        }

        return new(at, fields);
    }

    private SourceLocation At(Mark mark) => new(_file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static (int Line, int Column)? FirstIndentingTab(string text)
    {
        var line = 1;
        foreach (var row in text.AsSpan().EnumerateLines())
        {
            var indent = row[..^row.TrimStart(" \t").Length];
            if (indent.Length < row.Length && row[indent.Length] != '#' && indent.Contains('\t'))
            {
                return (line, indent.IndexOf('\t') + 1);
            }

            line++;
        }

        return null;
    }
}
