using System.Globalization;

namespace Serge.Bot.Tests.Support;

/// <summary>Complete sample objects; a test passes the values that matter.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = At("2027-02-01 12:00");

    public static DateTimeOffset At(string utc) =>
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static Schedule Schedule(
        string cron = "0 9 * * *",
        string zone = "Etc/UTC",
        ScheduleContent content = ScheduleContent.Quote,
        string lateBy = "06:00:00",
        string name = "morning",
        params string[] to
    ) =>
        new()
        {
            Id = ScheduleId.OfOperator(name),
            Cron = cron,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            Content = content,
            To = to.Length == 0 ? [Destinations.Mastodon] : [.. to.Select(text => Destination(text))],
            GracePeriod = TimeSpan.Parse(lateBy, CultureInfo.InvariantCulture),
        };

    public static Destination Destination(string text) =>
        Bot.Posting.Model.Destination.TryParse(text, out var destination)
            ? destination.Value
            : throw new ArgumentException(text);

    public static Post Post(
        string key = "aaaaaaaaaaaaaaaaaaaaaaaa",
        PostState state = PostState.Planned,
        string to = "mastodon",
        DateTimeOffset? occurrence = null,
        string text = "Words."
    ) =>
        new()
        {
            Key = key,
            Schedule = ScheduleId.OfOperator("morning"),
            Occurrence = occurrence ?? Noon,
            Destination = Destination(to),
            State = state,
            Items = ["an-id"],
            Payload = new Payload { Text = text },
            Deadline = (occurrence ?? Noon) + TimeSpan.FromHours(6),
        };

    public static MastodonSettings Mastodon() =>
        new() { Address = new Uri("https://m.example/"), AccessToken = new Secret("secret-of-mastodon") };

    public static DiscordSettings Discord() =>
        new() { Token = new Secret("secret-of-discord"), ApiAddress = new Uri("https://discord.example/api/v10/") };

    private static readonly FileLocation Somewhere = new("quotes.yaml", 1, 1);

    public static readonly Author Author = new()
    {
        Name = "Victor Serge",
        SortName = "Serge, Victor",
        Lived = Date("1890-12-30/1947-11-17"),
        About = "writer and revolutionary",
        AboutInFrench = "écrivain et révolutionnaire",
        Tag = "VictorSerge",
    };

    public static QuoteCatalogue Catalogue(params Event[] events) => new(Author, [], events, [Cunningham]);

    /// <summary>A day with events and no quotations.</summary>
    public static DayContent DayContent(string day, params IReadOnlyList<Event> events) =>
        Catalogue().CreateDayContent(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), events);

    public static readonly Source Memoirs = new()
    {
        Id = "memoirs",
        Kind = SourceKind.Work,
        Title = "Memoirs of a Revolutionary",
        Author = "Victor Serge",
        Location = Somewhere,
    };

    public static readonly Source Cunningham = new()
    {
        Id = "cunningham",
        Kind = SourceKind.Essay,
        Title = "The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary",
        Author = "Guy Patrick Cunningham",
        Location = Somewhere,
    };

    public static readonly Source Riere = new()
    {
        Id = "riere",
        Kind = SourceKind.Reference,
        Title = "Biographical Note",
        Author = "Jean Rière",
        Location = Somewhere,
    };

    public static EdtfDate Date(string edtf) =>
        EdtfDate.TryParse(edtf, out var date, out var error) ? date : throw new FormatException(error);

    public static Quote Quote(
        string text,
        string id = "an-id",
        bool fromMemoirs = false,
        string? written = null,
        string? context = null,
        string? warning = null
    ) =>
        new()
        {
            Id = id,
            Text = text,
            Author = Author.Name,
            Work = fromMemoirs ? Memoirs : null,
            Via = Cunningham,
            Topics = ["revolution"],
            Written = written is null ? null : Date(written),
            Context = context,
            Warning = warning,
            Location = Somewhere,
        };

    public static Event Event(
        string date,
        string text,
        EventStatus status = EventStatus.Sure,
        string? note = null,
        params Source[] sources
    ) =>
        new()
        {
            Id = $"event-of-{date}",
            Date = Date(date),
            Text = text,
            Kind = EventKind.Life,
            Sources = sources,
            Status = status,
            Note = note,
            Location = Somewhere,
        };
}
