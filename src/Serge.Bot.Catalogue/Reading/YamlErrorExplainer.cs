namespace Serge.Bot.Catalogue.Reading;

/// <summary>Says in the editor's words what the YAML parser says in its own.</summary>
internal static class YamlErrorExplainer
{
    public const string Alias = "[alias]";
    public const string Anchor = "[anchor]";
    public const string Tag = "[tag]";
    public const string Bracket = "[bracket]";
    public const string Key = "[key]";
    public const string TooDeep = "[depth]";
    public const string SecondDocument = "[document]";

    private const string AfterValue = "expected key";

    private const string PutInMarks =
        "Put the whole value in double quotation marks, or below the key as a block that begins with >-.";

    private static readonly (string What, string Mend) NoColon = (
        "This line has no colon and space after its key.",
        "Write the key, a colon and a space; a longer text goes in double quotation marks."
    );

    private static readonly (string What, string Mend) WrongColumn = (
        "This key does not begin in the column of the key above.",
        "Move it there; the keys of an entry stand one below the other."
    );

    // The first row whose words are in the parser's message explains it.
    private static readonly (string Words, string What, string Mend)[] Explanations =
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
            Tag,
            "A tag (!) is not allowed here.",
            "Leave it out; text that begins with ! goes in double quotation marks."
        ),
        (
            Bracket,
            "A bracket or brace is not closed.",
            "Close it with ] or }; text that begins with one goes in double quotation marks."
        ),
        (
            Key,
            "A list or mapping stands where a key is wanted.",
            "Begin the line with a key such as text: and a space."
        ),
        (
            TooDeep,
            "Lists or mappings are nested too deep.",
            "An entry holds keys with text or with a plain list of text."
        ),
        (SecondDocument, "A second document begins here (---).", "Keep all entries in one list and delete this line."),
        (" tab ", "A tab stands where spaces are wanted.", "Indent with spaces."),
        (
            "end of stream",
            "A quotation mark is opened and never closed.",
            "Close it; a double quotation mark within the text is written \\\"."
        ),
        (
            "multi-line double-quoted",
            "A quotation mark is opened and not closed where the indentation ends.",
            "Close it; a double quotation mark within the text is written \\\"."
        ),
        (
            "escape",
            "The backslash begins an escape that YAML does not know.",
            "Write \\\\ for a backslash, or use no quotation marks."
        ),
        ("cannot start any token", "A value cannot begin with this character.", PutInMarks),
        (
            "invalid mapping",
            "A second colon stands in this value, or the line is indented too far.",
            PutInMarks + " If it is a key of its own, begin it in the column of the key above."
        ),
        ("Mapping values are not allowed", "A colon stands where no key can be.", PutInMarks),
        (
            "sequence entries are not allowed",
            "A dash for a list stands where no list can begin.",
            "Begin the list on a line of its own below its key, or write [a, b]."
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
        ("could not find expected ':'", NoColon.What, NoColon.Mend),
        (
            "expected '-'",
            "This line belongs to no entry.",
            "Begin an entry with a dash, and its further keys two columns to the right of the dash."
        ),
        (
            AfterValue,
            "What follows a value does not belong to it.",
            "Put the whole value in double quotation marks; begin each key in the column of the key above."
        ),
        (
            "tag",
            "A tag (!) is not allowed here.",
            "Leave it out; text that begins with ! goes in double quotation marks."
        ),
        (
            "anchor",
            "An anchor (&) or alias (*) is not allowed here.",
            "Write the value out; text that begins with & or * goes in double quotation marks."
        ),
        (
            "block scalar",
            "The block of text is not indented evenly, or something stands after its sign.",
            "Write | or >- alone at the end of the key's line and indent every line of the text alike."
        ),
    ];

    /// <summary>Whether the mistake lies where the parser began to read a token, and not where it gave up: an unclosed quotation mark.</summary>
    public static bool IsAtTokenStart(string message) =>
        message.Contains("end of stream", StringComparison.Ordinal)
        || message.Contains("multi-line double-quoted", StringComparison.Ordinal)
        || message.Contains("cannot start any token", StringComparison.Ordinal);

    /// <summary>Whether a bracket or brace is not closed: then the mistake lies where it was opened.</summary>
    public static bool IsUnclosedBracket(string message) =>
        message == Bracket
        || message.Contains("',' or ']'", StringComparison.Ordinal)
        || message.Contains("',' or '}'", StringComparison.Ordinal);

    /// <summary>What is wrong and how to mend it.</summary>
    /// <param name="message">The parser's message, or one of the words above.</param>
    /// <param name="line">The line at fault.</param>
    /// <param name="column">Where in the line, from 1.</param>
    public static (string What, string Mend) Explain(string message, string line, int column)
    {
        if (
            message.Contains(AfterValue, StringComparison.OrdinalIgnoreCase)
            && line.AsSpan().TrimStart().Length == line.Length - column + 1
        )
        {
            return line.Contains(": ", StringComparison.Ordinal) || line.EndsWith(':') ? WrongColumn : NoColon;
        }

        foreach (var (words, what, mend) in Explanations)
        {
            if (message.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return (what, mend);
            }
        }

        return (
            "This is not the YAML of a list of entries.",
            "Look at the brackets, quotation marks and indentation of this line and of those above it."
        );
    }
}
