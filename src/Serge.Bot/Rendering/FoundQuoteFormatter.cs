using System.Globalization;

namespace Serge.Bot.Rendering;

/// <summary>Formats the quotations that a message has, and its differences from them, for Discord.</summary>
/// <param name="author">Whose quotations they are.</param>
/// <param name="strings">The reader's language.</param>
/// <param name="fits">Whether a text is short enough for an answer.</param>
internal sealed class FoundQuoteFormatter(Author author, Strings strings, Func<string, bool> fits)
{
    /// <summary>How many differences are shown of each of several quotations.</summary>
    private const int MaxDifferencesOfOne = 2;

    /// <summary>How many differences are shown, if the answer has room for them.</summary>
    private static readonly int[] MaxDifferences = [5, 2, 0];

    /// <summary>Fewer words are not compared, unless they are a whole quotation.</summary>
    private const int MinWords = 3;

    private readonly Markup _markup = Markup.Discord;

    /// <summary>What is known about a message without a quotation.</summary>
    public string FormatNothingFound(string text, int quotations)
    {
        if (IsTooShort(text))
        {
            return strings.MessageIsTooShort(strings.Number(MinWords));
        }

        var name = _markup.Escape(author.Name);
        return strings.NotInTheCollection(quotations, name);
    }

    /// <summary>The quotation with its attribution and its id, how the message agrees with it, and the
    /// differences.</summary>
    public string Format(FoundQuote found)
    {
        var quote = found.Quote;
        var heading = strings.Agreement(found.Agreement);
        if (IsByAnother(quote))
        {
            var speaker = _markup.Escape(quote.Author);
            heading += " " + strings.WordsOfAnother(speaker, _markup.Escape(author.Name));
        }

        var complete = QuoteFormatter.GetVariants(quote, _markup, strings);
        List<string> quotations = [.. complete, FormatBriefly(quote)];
        var texts = MaxDifferences.SelectMany(max => quotations.Select(quotation => Join(quotation, max)));
        return texts.First(fits);

        string Join(string quotation, int max)
        {
            List<string> lines = [heading, quotation, $"-# {quote.Id}"];
            lines.AddRange(FormatDifferences(found, max));
            return string.Join('\n', lines);
        }
    }

    /// <summary>Each quotation in short, with how the message agrees with it.</summary>
    /// <param name="shown">The best matches.</param>
    /// <param name="isComplete">Whether these are all quotations that were found.</param>
    public string Format(IReadOnlyList<FoundQuote> shown, bool isComplete)
    {
        var count = strings.Number(shown.Count);
        List<string> lines = [isComplete ? strings.SeveralFound(count) : strings.BestOfSeveralFound(count)];
        foreach (var (index, found) in shown.Index())
        {
            var number = (index + 1).ToString(CultureInfo.InvariantCulture);
            var quotation = FormatWithSpeaker(found.Quote);
            var agreement = strings.Agreement(found.Agreement);
            lines.Add($"{number}. {quotation}");
            lines.Add($"-# {found.Quote.Id} · {agreement}");
            lines.AddRange(FormatDifferences(found, MaxDifferencesOfOne));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Whether the message has too few words. Scripts without spaces cannot be counted.</summary>
    private static bool IsTooShort(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var isCountable = !text.Any(letter => char.GetUnicodeCategory(letter) == UnicodeCategory.OtherLetter);
        var count = words.Count(word => word.Any(char.IsLetterOrDigit));
        return isCountable && count < MinWords;
    }

    private bool IsByAnother(Quote quote) => quote.Speaker is not null && !author.IsNamedIn(quote.Author);

    private string FormatWithSpeaker(Quote quote)
    {
        var brief = FormatBriefly(quote);
        if (!IsByAnother(quote))
        {
            return brief;
        }

        var speaker = _markup.Escape(quote.Author);
        return $"{brief} — {speaker}";
    }

    private string FormatBriefly(Quote quote)
    {
        var shortened = Suggestion.Shorten(quote.Text);
        var quoted = QuoteFormatter.AddQuotationMarks(shortened);
        return Hide(_markup.Escape(quoted), quote);
    }

    private string Hide(string text, Quote quote)
    {
        if (quote.Warning is null)
        {
            return text;
        }

        return _markup.Hide(text, strings.ContentWarning(quote.Warning));
    }

    private List<string> FormatDifferences(FoundQuote found, int max)
    {
        if (found.Differences.Count == 0)
        {
            return [];
        }

        List<string> lines = [strings.Differences];
        foreach (var difference in found.Differences.Take(max))
        {
            var printed = FormatWords(difference, difference.Printed);
            var written = FormatWords(difference, difference.Written);
            var line = strings.Difference(printed, written);
            lines.Add("- " + Hide(line, found.Quote));
        }

        var more = found.Differences.Count - max;
        if (more > 0)
        {
            lines.Add(strings.MoreDifferences(more));
        }

        return lines;
    }

    /// <summary>The words in bold type, between the word before and the word after.</summary>
    private string FormatWords(TextDifference difference, string words)
    {
        var before = _markup.Escape(difference.Before);
        var after = _markup.Escape(difference.After);
        var shortened = Suggestion.Shorten(words);
        var bold = words.Length == 0 ? "" : $"**{_markup.Escape(shortened)}**";
        string[] parts = [before, bold, after];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }
}
