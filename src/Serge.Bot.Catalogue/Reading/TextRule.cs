using System.Globalization;
using System.Text;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>What a piece of text may be.</summary>
/// <param name="MaxLength">In UTF-16 characters, at least 1.</param>
/// <param name="IsOneLine">Whether it may hold no line break.</param>
internal sealed record TextRule(int MaxLength, bool IsOneLine)
{
    /// <summary>A quote must fit a Discord message of 2,000 characters with its source below it; the worker counts per platform and exactly.</summary>
    public const int MaxQuoteLength = 1500;

    /// <summary>A name in kebab-case.</summary>
    public static TextRule Id { get; } = Line(64);

    /// <summary>The text of a quote, which may have paragraphs.</summary>
    public static TextRule Quote { get; } = new(MaxQuoteLength, IsOneLine: false);

    /// <summary>One line.</summary>
    public static TextRule Line(int maxLength) => new(maxLength, IsOneLine: true);

    /// <summary>Small letters a to z and digits, in words joined by single hyphens.</summary>
    public static bool IsKebabCase(string text) =>
        text.Length > 0
        && text.Split('-')
            .All(static word =>
                word.Length > 0 && word.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            );

    /// <summary>The value as it is served: without space around it, and in Unicode's composed form (NFC).</summary>
    /// <returns>The value, also when a problem has been noted; a stand-in when it is not text at all.</returns>
    public string CheckAndNormalize(string key, YamlScalar scalar, ProblemList problems)
    {
        var value = scalar.Value.Trim();
        for (var i = 0; i < value.Length; i++)
        {
            if (WhyNot(value, i) is { } why)
            {
                problems.AddError(
                    scalar.Location,
                    $"The value of '{key}' holds {why} after '{value[Math.Max(0, i - 12)..i]}'.",
                    "Take it out, or write what was meant."
                );
                return "";
            }
        }

        if (IsOneLine && value.Contains('\n', StringComparison.Ordinal))
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
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The value of '{key}' has {value.Length} characters; {MaxLength} are allowed."
                ),
                "Shorten it."
            );
        }

        return value;
    }

    private static string Code(char c) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");

    /// <summary>What is wrong with a character, or null: nobody can see a control sign, so nobody would find it in a post.</summary>
    private static string? WhyNot(string value, int i)
    {
        return value[i] switch
        {
            >= ' ' and < '\u007F' => null,
            '\n' or '\u200C' or '\u200D' => null, // the joiners are part of some scripts and emoji
            '\t' => "a tab",
            '\uFFFD' => $"the sign of a lost character ({Code(value[i])})",
            >= '\uFFFE' => $"a character that is none ({Code(value[i])})",
            var high when char.IsHighSurrogate(high) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) =>
                null,
            var low when char.IsLowSurrogate(low) && i > 0 && char.IsHighSurrogate(value[i - 1]) => null,
            var c when char.IsSurrogate(c) => $"half a character ({Code(value[i])})",
            var c when char.IsControl(c) => $"a control character ({Code(value[i])})",
            var c
                when char.GetUnicodeCategory(c)
                    is UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator => $"an invisible character ({Code(value[i])})",
            _ => null,
        };
    }
}
