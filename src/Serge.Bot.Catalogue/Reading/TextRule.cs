using System.Globalization;
using System.Text;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>The limits of a text.</summary>
/// <param name="MaxLength">In UTF-16 characters, at least 1.</param>
/// <param name="IsOneLine">Whether line breaks are forbidden.</param>
internal sealed record TextRule(int MaxLength, bool IsOneLine)
{
    /// <summary>So that a quote and its source fit a Discord message of 2,000 characters; the worker checks the exact
    /// limits of each platform.</summary>
    public const int MaxQuoteLength = 1500;

    /// <summary>How to correct a word that is not in kebab-case.</summary>
    public const string KebabCaseFix = "Use lowercase letters a to z and digits, with single hyphens between words.";

    /// <summary>The number of characters before an invalid one that a message shows.</summary>
    private const int ShownBefore = 12;

    /// <summary>An id in kebab-case.</summary>
    public static TextRule Id { get; } = Line(64);

    public static TextRule Date { get; } = Line(40);

    /// <summary>The text of a quote, which may have paragraphs.</summary>
    public static TextRule Quote { get; } = new(MaxQuoteLength, IsOneLine: false);

    public static TextRule Line(int maxLength) => new(maxLength, IsOneLine: true);

    /// <summary>Whether the text is lowercase letters a to z and digits, in words joined by single hyphens.</summary>
    public static bool IsKebabCase(string text)
    {
        return text.Split('-').All(IsKebabCaseWord);
    }

    /// <summary>Checks a value and converts it to the form in which it is served: trimmed, and in Unicode's composed
    /// form (NFC).</summary>
    /// <returns>Empty when the value has an invalid character.</returns>
    public string CheckAndNormalize(string key, YamlScalar scalar, ProblemList problems)
    {
        var value = scalar.Value.Trim();
        for (var i = 0; i < value.Length; i++)
        {
            if (DescribeInvalidCharacter(value, i) is { } description)
            {
                var start = Math.Max(0, i - ShownBefore);
                if (start > 0 && char.IsLowSurrogate(value[start]))
                {
                    start++;
                }

                var before = value[start..i];
                int code = value[i];
                problems.AddError(
                    scalar.Location,
                    $"The value of '{key}' contains {description} (U+{code:X4}) after '{before}'.",
                    "Remove it, or write what was meant."
                );
                return "";
            }
        }

        if (IsOneLine && value.Contains('\n'))
        {
            problems.AddError(
                scalar.Location,
                $"The value of '{key}' has more than one line.",
                "Write one line; a long one may be a block that begins with >-."
            );
        }

        value = value.Normalize(NormalizationForm.FormC);
        if (value.Length > MaxLength)
        {
            problems.AddError(
                scalar.Location,
                $"The value of '{key}' has {value.Length} characters; {MaxLength} are allowed.",
                "Shorten it."
            );
        }

        return value;
    }

    private static bool IsKebabCaseWord(string word)
    {
        return word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
    }

    /// <returns>Null when the character is allowed. Invisible ones are not, because a person cannot see them in a
    /// post.</returns>
    private static string? DescribeInvalidCharacter(string value, int i)
    {
        var character = value[i];
        // The zero-width joiners are part of some scripts and emoji.
        if (character is (>= ' ' and < '\u007F') or '\n' or '\u200C' or '\u200D')
        {
            return null;
        }

        if (char.IsSurrogate(character))
        {
            return IsInSurrogatePair(value, i) ? null : "half of a surrogate pair";
        }

        return character switch
        {
            '\t' => "a tab",
            '\uFFFD' => "a replacement character",
            >= '\uFFFE' => "a noncharacter",
            _ when char.IsControl(character) => "a control character",
            _ when IsInvisible(character) => "an invisible character",
            _ => null,
        };
    }

    private static bool IsInSurrogatePair(string value, int i)
    {
        if (char.IsHighSurrogate(value[i]))
        {
            return i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
        }

        return i > 0 && char.IsHighSurrogate(value[i - 1]);
    }

    private static bool IsInvisible(char character)
    {
        return char.GetUnicodeCategory(character)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
    }
}
