using System.Globalization;
using Serge.Bot.Catalogue;

namespace Serge.Bot.Playground.Api;

/// <summary>The posts of the coming weeks, day by day.</summary>
/// <param name="Known">Whether there is a worker to ask.</param>
/// <param name="Days">Each day from the calendar's own on, those without a post too.</param>
internal sealed record ComingView(bool Known, IReadOnlyList<ComingDay> Days)
{
    public static ComingView Of(
        IReadOnlyList<PlanEntry>? plan,
        DateOnly today,
        int days,
        TimeZoneInfo zone,
        QuoteCatalogue? catalogue
    )
    {
        var byDay = (plan ?? []).ToLookup(planned => Travel.DayOf(planned.Local, zone));
        return new(
            plan is not null,
            [
                .. Enumerable
                    .Range(0, days)
                    .Select(today.AddDays)
                    .Select(day => new ComingDay(
                        day,
                        [.. byDay[day].Select(planned => ComingPost.Of(planned, catalogue))]
                    )),
            ]
        );
    }
}

/// <summary>One day and its posts, in the order of time.</summary>
internal sealed record ComingDay(DateOnly Day, IReadOnlyList<ComingPost> Posts);

/// <summary>A post to come.</summary>
/// <param name="At">When.</param>
/// <param name="Schedule">By which schedule.</param>
/// <param name="Destination"><c>discord</c> or <c>mastodon</c>.</param>
/// <param name="Items">What it says; empty when it says nothing.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Limit">How long it may be there.</param>
/// <param name="Reason">Why it says nothing.</param>
internal sealed record ComingPost(
    DateTimeOffset At,
    string Schedule,
    string Destination,
    IReadOnlyList<BookLine> Items,
    int? Length,
    int? Limit,
    string? Reason
)
{
    public static ComingPost Of(PlanEntry planned, QuoteCatalogue? catalogue) =>
        new(
            planned.Local.ToUniversalTime(),
            planned.Schedule,
            planned.Destination == "mastodon" ? "mastodon" : "discord",
            [.. planned.Items.Select(id => BookLine.Of(id, catalogue))],
            planned.Length,
            planned.Limit,
            planned.Reason
        );
}

/// <summary>A quotation or an event in one line.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Words">What it says.</param>
internal sealed record BookLine(string Id, string Words)
{
    public static BookLine Of(string id, QuoteCatalogue? catalogue) =>
        new(
            id,
            catalogue?.FindQuote(id) is { } quote ? QuoteFormatter.AddQuotationMarks(quote.Text)
                : catalogue?.FindEvent(id) is { } e ? e.Text
                : id
        );
}

/// <summary>All that the files hold.</summary>
/// <param name="Quotes">In the order of the file.</param>
/// <param name="Events">Oldest first.</param>
internal sealed record BookView(IReadOnlyList<BookLine> Quotes, IReadOnlyList<BookEvent> Events)
{
    public static BookView Of(QuoteCatalogue catalogue) =>
        new(
            [.. catalogue.Quotes.Select(quote => BookLine.Of(quote.Id, catalogue))],
            [
                .. catalogue
                    .Events.OrderBy(e => e.Date.Earliest)
                    .Select(e => new BookEvent(e.Id, e.Text, Strings.English.Date(e.Date))),
            ]
        );
}

/// <summary>An event in one line.</summary>
internal sealed record BookEvent(string Id, string Words, string Date);

/// <summary>A quotation or an event with all that is known of it.</summary>
/// <param name="Kind"><c>quote</c> or <c>event</c>.</param>
/// <param name="Words">Word for word as the file has it, a quotation in its marks.</param>
/// <param name="Date">Of an event.</param>
/// <param name="Previews">What each platform is sent.</param>
/// <param name="Provenance">Where it comes from and how certain that is, Discord's markdown, one fact a line, as <c>/source</c> answers.</param>
/// <param name="Context">Our remark beside it.</param>
/// <param name="Warning">Its content warning.</param>
/// <param name="Where">Its place in the files.</param>
/// <param name="Previous">The one before it in its file.</param>
/// <param name="Next">The one after it.</param>
internal sealed record ItemView(
    string Kind,
    string Words,
    string? Date,
    ItemPreview Previews,
    IReadOnlyList<string> Provenance,
    string? Context,
    string? Warning,
    string Where,
    BookLine? Previous,
    BookLine? Next
)
{
    public static ItemView Of(Quote quote, QuoteCatalogue catalogue, ItemPreview preview) =>
        new(
            "quote",
            QuoteFormatter.AddQuotationMarks(quote.Text),
            Date: null,
            preview,
            Facts(SourceFormatter.Format(quote, Markup.Discord, Rendering.Strings.English, _ => true)),
            quote.Context,
            quote.Warning,
            Place(quote.Location),
            Neighbour(catalogue.Quotes, quote, -1, one => one.Id, catalogue),
            Neighbour(catalogue.Quotes, quote, 1, one => one.Id, catalogue)
        );

    public static ItemView Of(Event e, QuoteCatalogue catalogue, ItemPreview preview) =>
        new(
            "event",
            e.Text,
            Rendering.Strings.English.Date(e.Date),
            preview,
            Facts(SourceFormatter.Format(e, Markup.Discord, Rendering.Strings.English, _ => true)),
            Context: null,
            Warning: null,
            Place(e.Location),
            Neighbour(catalogue.Events, e, -1, one => one.Id, catalogue),
            Neighbour(catalogue.Events, e, 1, one => one.Id, catalogue)
        );

    /// <summary>The first line only says which one it is.</summary>
    private static string[] Facts(string text) => [.. text.Split('\n').Skip(1)];

    private static string Place(FileLocation at) =>
        string.Create(CultureInfo.InvariantCulture, $"quotes/{Path.GetFileName(at.File)}, line {at.Line}");

    private static BookLine? Neighbour<T>(
        IReadOnlyList<T> all,
        T one,
        int step,
        Func<T, string> id,
        QuoteCatalogue catalogue
    )
    {
        var at = all.Index().First(pair => ReferenceEquals(pair.Item, one)).Index + step;
        return at >= 0 && at < all.Count ? BookLine.Of(id(all[at]), catalogue) : null;
    }
}
