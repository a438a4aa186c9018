using System.Globalization;

namespace Serge.Bot.Catalogue.Tests;

/// <summary>Valid entries for tests; a test passes only the values that matter.</summary>
internal static class Some
{
    private static readonly FileLocation Nowhere = new("test", 1, 1);

    public static readonly Author Author = new()
    {
        Name = "Victor Serge",
        SortName = "Serge, Victor",
        About = "writer",
        AboutInFrench = "écrivain",
        Tag = "VictorSerge",
        OtherNames = ["Victor Kibalchich"],
        Pronoun = "he",
    };

    public static readonly Source Memoirs = Source(
        "memoirs",
        SourceKind.Work,
        "Memoirs of a Revolutionary",
        "Victor Serge"
    );

    public static readonly Source Essay = Source("harbour", SourceKind.Essay, "The Harbour Lights", "Ann Author");

    public static Quote Quote(
        string id,
        string text = "Words.",
        string[]? topics = null,
        Source? work = null,
        Source? via = null,
        bool joined = false,
        string? context = null,
        string? note = null,
        string? written = null
    ) =>
        new()
        {
            Id = id,
            Text = text,
            Author = Author.Name,
            Work = work,
            Via = via ?? Essay,
            Topics = topics ?? ["words"],
            Written = written is null ? null : EdtfDate.Parse(written),
            IsJoined = joined,
            Context = context,
            Note = note,
            Location = Nowhere,
        };

    public static IReadOnlyList<Quote> Quotes(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => Quote($"quote-{i}"))];

    public static Event Event(
        string id,
        string date,
        EventStatus status = EventStatus.Sure,
        string text = "It happened."
    ) =>
        new()
        {
            Id = id,
            Date = EdtfDate.Parse(date),
            Text = text,
            Kind = EventKind.Context,
            Sources = [],
            Status = status,
            Location = Nowhere,
        };

    public static Source Source(string id, SourceKind kind, string title, string? author = null) =>
        new()
        {
            Id = id,
            Kind = kind,
            Title = title,
            Author = author,
            Location = Nowhere,
        };

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static QuoteCatalogue Catalogue(params Quote[] quotes) => new(Author, quotes, [], [Memoirs, Essay]);

    public static QuoteCatalogue Catalogue(params Event[] events) => new(Author, [], events, []);
}
