namespace Serge.Bot.Catalogue;

/// <summary>A quote that is suggested while a person types.</summary>
/// <param name="QuoteId">The quote's id.</param>
/// <param name="Text">The beginning of its text, at most <see cref="MaxLength"/> characters.</param>
public sealed record Suggestion(string QuoteId, string Text)
{
    /// <summary>In UTF-16 characters. Source: Discord Docs, Application Command Option Choice Structure,
    /// <c>name</c>.</summary>
    public const int MaxLength = 100;

    /// <summary>Puts a text on one line and, if it is longer than a limit, cuts it after a word and adds "…".</summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">The largest length of the result in UTF-16 characters, 2 or more.</param>
    public static string Shorten(string text, int limit = MaxLength)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= limit)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', limit - 1);
        if (end <= 0)
        {
            end = limit - 1;
        }

        var beginning = Truncate(line, end).TrimEnd(' ', ',', ';', ':', '—', '–');
        return $"{beginning}…";
    }

    /// <summary>The beginning of a text; it does not end within a surrogate pair.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">The most UTF-16 units, 1 or more.</param>
    internal static string Truncate(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = maxLength;
        if (char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }
}
