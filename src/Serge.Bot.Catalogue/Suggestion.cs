namespace Serge.Bot.Catalogue;

/// <summary>A quote that is suggested while a person types.</summary>
/// <param name="QuoteId">The quote's id.</param>
/// <param name="Text">The beginning of its text, at most <see cref="MaxLength"/> characters.</param>
public sealed record Suggestion(string QuoteId, string Text)
{
    /// <summary>In UTF-16 characters. Source: Discord Docs, Application Command Option Choice Structure,
    /// <c>name</c>.</summary>
    public const int MaxLength = 100;

    /// <summary>Puts a text on one line and, if it is longer than <see cref="MaxLength"/>, cuts it after a word and
    /// adds "…".</summary>
    public static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= MaxLength)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', MaxLength - 1);
        if (end <= 0)
        {
            end = MaxLength - 1;
            if (char.IsHighSurrogate(line[end - 1]))
            {
                end--;
            }
        }

        var beginning = line[..end].TrimEnd(' ', ',', ';', ':', '—', '–');
        return $"{beginning}…";
    }
}
