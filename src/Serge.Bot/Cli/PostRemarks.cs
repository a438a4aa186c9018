namespace Serge.Bot.Cli;

/// <summary>What an operator should know about a post in addition to its text.</summary>
internal static class PostRemarks
{
    /// <summary>Whether the post has a picture.</summary>
    public static IEnumerable<string> DescribePicture(Payload payload)
    {
        if (payload.Picture is not null)
        {
            yield return "It has a picture.";
        }
    }

    /// <summary>What did not fit into a post: remarks, events, the quotation that belongs to the day.</summary>
    /// <param name="items">Its content: a quotation or events.</param>
    /// <param name="payload">The rendered post.</param>
    /// <param name="renderer">The renderer of its platform.</param>
    /// <param name="catalogue">What could be posted.</param>
    /// <param name="day">The local day of the post.</param>
    public static IEnumerable<string> FindOmissions(
        IReadOnlyList<string> items,
        Payload payload,
        PostRenderer renderer,
        QuoteCatalogue catalogue,
        DateOnly day
    )
    {
        if (items is [var id] && catalogue.FindQuote(id) is { } quote)
        {
            string?[] remarks = [quote.Context, quote.Note];
            var written = remarks.OfType<string>().Select(renderer.Markup.Escape);
            if (!written.All(remark => payload.Text.Contains(remark, StringComparison.Ordinal)))
            {
                yield return "Our remark is omitted: with it the post would be too long.";
            }

            yield break;
        }

        var content = catalogue.GetDayContent(day);
        var ids = content.Events.Select(e => e.Id);
        if (content.FirstQuote is { } ofDay)
        {
            ids = ids.Append(ofDay.Id);
        }

        string[] omitted = [.. ids.Except(items)];
        if (omitted.Length > 0)
        {
            yield return $"Omitted because the post would be too long: {string.Join(", ", omitted)}.";
        }
    }
}
