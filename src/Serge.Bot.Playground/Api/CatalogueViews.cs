namespace Serge.Bot.Playground.Api;

/// <summary>The upcoming posts, day by day.</summary>
/// <param name="Known">Whether a worker is running.</param>
/// <param name="Days">Each day from the date of the schedule clock, also without posts.</param>
internal sealed record UpcomingView(bool Known, IReadOnlyList<UpcomingDay> Days)
{
    public static UpcomingView Create(
        IReadOnlyList<PlanEntry>? plan,
        DateOnly today,
        int days,
        TimeZoneInfo zone,
        QuoteCatalogue? catalogue
    )
    {
        var byDay = (plan ?? []).ToLookup(entry => ClockJumps.GetDay(entry.Local, zone));
        List<UpcomingDay> views = [];
        for (var day = today; day < today.AddDays(days); day = day.AddDays(1))
        {
            var posts = byDay[day].Select(entry => UpcomingPost.Create(entry, catalogue));
            views.Add(new UpcomingDay(day, [.. posts]));
        }

        return new UpcomingView(plan is not null, views);
    }
}

/// <summary>One day and its posts, earliest first.</summary>
internal sealed record UpcomingDay(DateOnly Day, IReadOnlyList<UpcomingPost> Posts);

/// <summary>An upcoming post.</summary>
/// <param name="At">The time.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Destination"><c>discord</c> or <c>mastodon</c>.</param>
/// <param name="Items">The quotation or events; empty if nothing is posted.</param>
/// <param name="Length">The length on the platform.</param>
/// <param name="Limit">The platform's limit.</param>
/// <param name="Reason">Why nothing is posted.</param>
internal sealed record UpcomingPost(
    DateTimeOffset At,
    string Schedule,
    string Destination,
    IReadOnlyList<ItemLine> Items,
    int? Length,
    int? Limit,
    string? Reason
)
{
    public static UpcomingPost Create(PlanEntry entry, QuoteCatalogue? catalogue)
    {
        var items = entry.Items.Select(id => ItemLine.Create(id, catalogue));
        return new UpcomingPost(
            entry.Local.ToUniversalTime(),
            entry.Schedule,
            PlannedView.GetPlatform(entry),
            [.. items],
            entry.Length,
            entry.Limit,
            entry.Reason
        );
    }
}

/// <summary>A quotation or an event in one line.</summary>
internal sealed record ItemLine(string Id, string Text, string Kind)
{
    /// <returns><c>quote</c> or <c>event</c>.</returns>
    public static string GetKind(string id, QuoteCatalogue? catalogue) =>
        catalogue?.FindEvent(id) is null ? "quote" : "event";

    public static ItemLine Create(string id, QuoteCatalogue? catalogue)
    {
        if (catalogue?.FindQuote(id) is { } quote)
        {
            return new ItemLine(id, QuoteFormatter.AddQuotationMarks(quote.Text), "quote");
        }

        var text = catalogue?.FindEvent(id)?.Text;
        return new ItemLine(id, text ?? id, GetKind(id, catalogue));
    }
}

/// <summary>A quotation or an event with everything that is known about it.</summary>
/// <param name="Kind"><c>quote</c> or <c>event</c>.</param>
/// <param name="Text">The text of the file, a quotation in quotation marks.</param>
/// <param name="Date">The date of an event.</param>
/// <param name="Previews">The posts on each platform.</param>
/// <param name="Provenance">The sources and their certainty, in Discord's markdown, one fact per line, as in
/// <c>/source</c>.</param>
/// <param name="Context">Our own remark.</param>
/// <param name="Warning">The content warning.</param>
/// <param name="Where">The file and the line.</param>
/// <param name="Previous">The previous one in the file.</param>
/// <param name="Next">The next one in the file.</param>
internal sealed record ItemView(
    string Kind,
    string Text,
    string? Date,
    ItemPreview Previews,
    IReadOnlyList<string> Provenance,
    string? Context,
    string? Warning,
    string Where,
    ItemLine? Previous,
    ItemLine? Next
)
{
    public static ItemView Create(Quote quote, QuoteCatalogue catalogue, ItemPreview preview)
    {
        var source = SourceFormatter.Format(quote, Markup.Discord, Rendering.Strings.English, _ => true);
        var ids = catalogue.Quotes.Select(one => one.Id).ToList();
        return new ItemView(
            "quote",
            QuoteFormatter.AddQuotationMarks(quote.Text),
            Date: null,
            preview,
            GetFacts(source),
            quote.Context,
            quote.Warning,
            FormatLocation(quote.Location),
            FindNeighbour(ids, quote.Id, -1, catalogue),
            FindNeighbour(ids, quote.Id, 1, catalogue)
        );
    }

    public static ItemView Create(Event e, QuoteCatalogue catalogue, ItemPreview preview)
    {
        var source = SourceFormatter.Format(e, Markup.Discord, Rendering.Strings.English, _ => true);
        var ids = catalogue.Events.Select(one => one.Id).ToList();
        return new ItemView(
            "event",
            e.Text,
            Rendering.Strings.English.Date(e.Date),
            preview,
            GetFacts(source),
            Context: null,
            Warning: null,
            FormatLocation(e.Location),
            FindNeighbour(ids, e.Id, -1, catalogue),
            FindNeighbour(ids, e.Id, 1, catalogue)
        );
    }

    /// <summary>Returns all lines except the first, which only has the title.</summary>
    private static string[] GetFacts(string text) => [.. text.Split('\n').Skip(1)];

    private static string FormatLocation(FileLocation at)
    {
        var file = Path.GetFileName(at.File);
        return string.Create(CultureInfo.InvariantCulture, $"quotes/{file}, line {at.Line}");
    }

    private static ItemLine? FindNeighbour(List<string> ids, string id, int step, QuoteCatalogue catalogue)
    {
        var neighbour = ids.ElementAtOrDefault(ids.IndexOf(id) + step);
        return neighbour is null ? null : ItemLine.Create(neighbour, catalogue);
    }
}
