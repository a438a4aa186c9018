using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Parses YAML into nodes with their locations.</summary>
/// <remarks>Supports what the quote files need: lists, keys with values, and text. Anchors, aliases, tags and a second
/// document are errors, so nothing can expand. The first syntax error ends the file.</remarks>
/// <param name="file">The path that problems name.</param>
/// <param name="lines">The lines of the file.</param>
/// <param name="linesWithSeparator">The numbers of the lines with a <see cref="LineSeparator"/>.</param>
/// <param name="problems">The problems of this file.</param>
internal sealed class YamlReader(string file, string[] lines, HashSet<int> linesWithSeparator, ProblemList problems)
{
    /// <summary>A list of entries whose values are lists of text has a depth of 3.</summary>
    private const int MaxDepth = 6;

    private readonly Parser _parser = new(new StringReader(string.Join('\n', lines)));
    private readonly Stack<Mark> _openBrackets = [];

    /// <summary>The line of the last entry that the parser has reached.</summary>
    private int _entryLine = 1;

    /// <summary>Reads the root node of a file.</summary>
    /// <returns>Null when the file is empty or has a syntax error, which has been reported.</returns>
    public static YamlNode? Read(string file, string text, ProblemList problems)
    {
        var lines = text.Split('\n');
        var linesWithSeparator = LineSeparator.ReplaceAll(file, lines, problems);
        // The parser fails on a line of white space that contains a tab, although such a line means nothing.
        lines = Array.ConvertAll(lines, line => string.IsNullOrWhiteSpace(line) ? "" : line);
        if (FindIndentingTab(lines) is var (line, column))
        {
            problems.AddError(new(file, line, column), "The line is indented with a tab.", "Indent with spaces.");
            return null;
        }

        YamlReader reader = new(file, lines, linesWithSeparator, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            reader.AddError(exception.Message, YamlErrorExplainer.GetMark(exception));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // On some unclosed brackets and malformed tags the parser throws other exceptions, without a location.
            var message = exception is ArgumentException ? YamlErrorExplainer.Tag : YamlErrorExplainer.Bracket;
            reader.AddError(message, reader._parser.Current?.End ?? Mark.Empty);
        }

        return null;
    }

    private void AddError(string parserMessage, Mark mark)
    {
        if (YamlErrorExplainer.IsUnclosedBracket(parserMessage) && _openBrackets.TryPeek(out var bracket))
        {
            mark = bracket;
        }

        var location = GetLocation(mark);
        // The separator has been reported, and is the likely cause of this error.
        if (linesWithSeparator.Contains(location.Line))
        {
            return;
        }

        if (FindInvisible(location.Line) is { } invisible)
        {
            var character = lines[invisible.Line - 1][invisible.Column - 1];
            problems.AddError(
                invisible,
                $"This is {InvisibleCharacter.Describe(character)}, which is neither a space nor part of a key.",
                "Delete it, and write an ordinary space where one is needed."
            );
            return;
        }

        var line = lines.ElementAtOrDefault(location.Line - 1) ?? "";
        var (message, fix) = YamlErrorExplainer.Explain(parserMessage, line, location.Column);
        problems.AddError(location, message, fix);
    }

    /// <summary>Finds the invisible character that caused an error, in its line or above it in the same
    /// entry.</summary>
    private FileLocation? FindInvisible(int errorLine)
    {
        var end = Math.Min(errorLine, lines.Length);
        var start = Math.Min(_entryLine, end) - 1;
        if (InvisibleCauseFinder.Find(lines[start..end]) is var (line, index))
        {
            return new(file, start + line + 1, index + 1);
        }

        return null;
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            problems.AddError(
                new(file, 1, 1),
                "The file is empty.",
                "Restore its entries; an empty list is written []."
            );
            return null;
        }

        _parser.Consume<DocumentStart>();
        var node = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            throw CreateError(second, YamlErrorExplainer.SecondDocument);
        }

        return node;
    }

    private YamlNode ReadNode(int depth)
    {
        var next = _parser.Require<ParsingEvent>();
        CheckAllowed(next, depth);

        // The parser reads one token ahead and may fail there, so the bracket is open until the next token has been
        // read.
        var isInBrackets =
            next is SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow };
        if (isInBrackets)
        {
            _openBrackets.Push(next.Start);
        }

        _parser.MoveNext();
        if (next is Scalar scalar)
        {
            return new YamlScalar(GetLocation(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        var location = GetLocation(next.Start);
        YamlNode node = next is SequenceStart ? ReadList(location, depth) : ReadMapping(location, depth);
        if (isInBrackets)
        {
            _openBrackets.Pop();
        }

        _parser.MoveNext();
        return node;
    }

    private static void CheckAllowed(ParsingEvent next, int depth)
    {
        if (next is AnchorAlias)
        {
            throw CreateError(next, YamlErrorExplainer.Alias);
        }

        if (next is NodeEvent { Anchor.IsEmpty: false })
        {
            throw CreateError(next, YamlErrorExplainer.Anchor);
        }

        if (next is NodeEvent { Tag.IsEmpty: false })
        {
            throw CreateError(next, YamlErrorExplainer.Tag);
        }

        if (depth > MaxDepth)
        {
            throw CreateError(next, YamlErrorExplainer.TooDeep);
        }
    }

    private static SemanticErrorException CreateError(ParsingEvent at, string message)
    {
        return new(at.Start, at.End, message);
    }

    private YamlList ReadList(FileLocation location, int depth)
    {
        List<YamlNode> items = [];
        while (!_parser.Accept<SequenceEnd>(out _))
        {
            if (depth == 1 && _openBrackets.Count == 0)
            {
                var next = _parser.Require<ParsingEvent>();
                _entryLine = GetLocation(next.Start).Line;
            }

            items.Add(ReadNode(depth + 1));
        }

        return new(location, items);
    }

    private YamlMapping ReadMapping(FileLocation location, int depth)
    {
        OrderedDictionary<string, YamlField> fields = [];
        var lacksDash = false;
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var start = _parser.Current?.Start ?? Mark.Empty;
            if (ReadNode(depth + 1) is not YamlScalar key)
            {
                throw new SemanticErrorException(start, start, YamlErrorExplainer.Key);
            }

            YamlField field = new(key, ReadNode(depth + 1));
            // The keys after a second id belong to another entry and are not reported one by one.
            if (!fields.TryAdd(key.Value, field) && !lacksDash)
            {
                lacksDash = key.Value == "id";
                AddRepeatedKey(key, fields[key.Value].Key);
            }
        }

        return new(location, [.. fields.Values]);
    }

    private void AddRepeatedKey(YamlScalar key, YamlScalar first)
    {
        var fix =
            key.Value == "id"
                ? "Keep one of the two; if another entry begins here, put a dash before it: '- id: …'."
                : "Keep one of the two.";
        problems.AddError(
            key.Location,
            $"The key '{key.Value}' is repeated; the first is in line {first.Location.Line}.",
            fix
        );
    }

    private FileLocation GetLocation(Mark mark)
    {
        var line = Math.Max(1, mark.Line);
        var column = Math.Max(1, mark.Column);
        return new(file, (int)line, (int)column);
    }

    private static (int Line, int Column)? FindIndentingTab(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var tab = lines[i].IndexOf('\t');
            if (tab >= 0 && string.IsNullOrWhiteSpace(lines[i][..tab]))
            {
                return (i + 1, tab + 1);
            }
        }

        return null;
    }
}
