using YamlDotNet.Core;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Explains the messages of the YAML parser to a person who edits a quote file.</summary>
internal static class YamlErrorExplainer
{
    public const string Alias = "[alias]";
    public const string Anchor = "[anchor]";
    public const string Tag = "[tag]";
    public const string Bracket = "[bracket]";
    public const string Key = "[key]";
    public const string TooDeep = "[depth]";
    public const string SecondDocument = "[document]";

    private const string ExpectedKey = "expected key";

    private const string QuoteTheValue =
        "Put the whole value in double quotation marks, or below the key as a block that begins with >-.";

    private const string CloseTheQuotationMark = "Close it; a double quotation mark within the text is written \\\".";

    private static readonly string[] BracketErrors = [Bracket, "',' or ']'", "',' or '}'"];

    private static readonly string[] AfterValueErrors = [ExpectedKey, "invalid mapping"];

    private static readonly string[] TokenStartErrors =
    [
        "end of stream",
        "multi-line double-quoted",
        "cannot start any token",
    ];

    private static readonly (string Message, string Fix) NoColon = (
        "This line has no colon and space after its key.",
        "Write the key, a colon and a space; a longer text goes in double quotation marks."
    );

    private static readonly (string Message, string Fix) WrongColumn = (
        "This key does not begin in the column of the key above.",
        "Move it there; all keys of an entry begin in the same column."
    );

    // The first row whose words are in the parser's message explains it.
    private static readonly (string Words, string Message, string Fix)[] Explanations =
    [
        (
            Alias,
            "An alias (*) is not allowed here.",
            "Write the value out; text that begins with * goes in double quotation marks."
        ),
        (
            Anchor,
            "An anchor (&) is not allowed here.",
            "Write the value out each time; text that begins with & goes in double quotation marks."
        ),
        (
            Bracket,
            "A bracket or brace is not closed.",
            "Close it with ] or }; text that begins with one goes in double quotation marks."
        ),
        (Key, "A list or mapping is used as a key.", "Begin the line with a key such as text: and a space."),
        (
            TooDeep,
            "Lists or mappings are nested too deeply.",
            "An entry has keys with text or with a simple list of text."
        ),
        (SecondDocument, "A second document begins here (---).", "Keep all entries in one list and delete this line."),
        (" tab ", "A tab is used where spaces are required.", "Indent with spaces."),
        ("end of stream", "A quotation mark is opened and never closed.", CloseTheQuotationMark),
        (
            "multi-line double-quoted",
            "A quotation mark is opened and not closed where the indentation ends.",
            CloseTheQuotationMark
        ),
        (
            "escape",
            "The backslash begins an unknown escape sequence.",
            "Write \\\\ for a backslash, or use no quotation marks."
        ),
        ("cannot start any token", "A value cannot begin with this character.", QuoteTheValue),
        (
            "invalid mapping",
            "This value contains a second colon, or the line is indented too far.",
            QuoteTheValue + " If it is a separate key, begin it in the column of the key above."
        ),
        ("Mapping values are not allowed", "This colon does not follow a key.", QuoteTheValue),
        (
            "sequence entries are not allowed",
            "A list cannot begin with a dash here.",
            "Begin the list on a separate line below its key, or write [a, b]."
        ),
        (
            "',' or ']'",
            "A list in brackets is not closed.",
            "Close it with ]; text that begins with [ goes in double quotation marks."
        ),
        (
            "',' or '}'",
            "A mapping in braces is not closed.",
            "Close it with }; text that begins with { goes in double quotation marks."
        ),
        ("could not find expected ':'", NoColon.Message, NoColon.Fix),
        (
            "expected '-'",
            "This line does not belong to an entry.",
            "Begin an entry with a dash, and its other keys two columns to the right of the dash."
        ),
        (
            ExpectedKey,
            "There is text after the end of the value.",
            "Put the whole value in double quotation marks; begin each key in the column of the key above."
        ),
        ("tag", "A tag (!) is not allowed here.", "Remove it; text that begins with ! goes in double quotation marks."),
        (
            "anchor",
            "An anchor (&) or alias (*) is not allowed here.",
            "Write the value out; text that begins with & or * goes in double quotation marks."
        ),
        (
            "block scalar",
            "The block of text is not indented evenly, or text follows its | or >-.",
            "Write | or >- at the end of the key's line, and indent every line of the text equally."
        ),
    ];

    /// <summary>Gets the position of an error: where the parser began to read a token or where it stopped.</summary>
    public static Mark GetMark(YamlException exception)
    {
        var isAtStart = exception is not SyntaxErrorException || IsAtTokenStart(exception.Message);
        return isAtStart ? exception.Start : exception.End;
    }

    /// <summary>Whether the error is where the parser began to read a token, such as an unclosed quotation mark, and
    /// not where it stopped.</summary>
    public static bool IsAtTokenStart(string message)
    {
        return TokenStartErrors.Any(message.Contains);
    }

    /// <summary>Whether a bracket or brace is not closed; the error is then where it was opened.</summary>
    public static bool IsUnclosedBracket(string message)
    {
        return BracketErrors.Any(message.Contains);
    }

    /// <summary>The index of the bracket or brace that a value begins with.</summary>
    private static int? FindBracketValue(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var value = line.Length - line[(colon + 1)..].TrimStart().Length;
        return value < line.Length && line[value] is '[' or '{' ? value : null;
    }

    /// <summary>Explains what is wrong and how to correct it.</summary>
    /// <param name="message">The parser's message, or one of the constants above.</param>
    /// <param name="line">The line with the error.</param>
    /// <param name="column">The column of the error, from 1.</param>
    public static (string Message, string Fix) Explain(string message, string line, int column)
    {
        var isAfterValue = AfterValueErrors.Any(words => message.Contains(words, StringComparison.OrdinalIgnoreCase));
        if (isAfterValue && FindBracketValue(line) is { } value && column > value + 1)
        {
            return (
                $"The value begins with {line[value]}, so it is read as a list or mapping, and more text follows it.",
                QuoteTheValue
            );
        }

        var firstColumn = line.Length - line.TrimStart().Length + 1;
        if (column == firstColumn && message.Contains(ExpectedKey, StringComparison.OrdinalIgnoreCase))
        {
            var hasColon = line.Contains(": ") || line.EndsWith(':');
            return hasColon ? WrongColumn : NoColon;
        }

        foreach (var (words, explanation, fix) in Explanations)
        {
            if (message.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return (explanation, fix);
            }
        }

        return (
            "This is not the YAML of a list of entries.",
            "Check the brackets, quotation marks and indentation of this line and of those above it."
        );
    }
}
