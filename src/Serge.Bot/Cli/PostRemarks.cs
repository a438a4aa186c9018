namespace Serge.Bot.Cli;

/// <summary>What a person should know of a post to come besides its text.</summary>
internal static class PostRemarks
{
    /// <summary>What did not fit into it.</summary>
    /// <param name="items">What it says: one quotation, or events.</param>
    /// <param name="payload">The post.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="catalogue">What there was to choose from.</param>
    /// <param name="day">The local day it is for.</param>
    public static IEnumerable<string> LeftOut(
        IReadOnlyList<string> items,
        Payload payload,
        Destination destination,
        QuoteCatalogue catalogue,
        DateOnly day
    )
    {
        if (items is [var id] && catalogue.FindQuote(id) is { } quote)
        {
            if (
                !payload.Text.StartsWith(
                    QuoteFormatter.Of(quote, PostRenderer.MarkupOf(destination), Strings.English),
                    StringComparison.Ordinal
                )
            )
            {
                yield return "Our own remark is left out: with it the post would be too long.";
            }
        }
        else if (catalogue.On(day).Events.Select(e => e.Id).Except(items).ToArray() is { Length: > 0 } others)
        {
            yield return $"For want of room it does not say {string.Join(", ", others)}.";
        }
    }
}
