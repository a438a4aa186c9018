using System.Text.Json.Serialization;

namespace Serge.Bot.Cli;

/// <summary>How the bot is, as the ledger and the files tell it.</summary>
/// <param name="Senders">Who sends now, one a platform; empty when no bot is at work.</param>
/// <param name="Destinations">Those of the settings' schedules, and any other that was posted to by them.</param>
/// <param name="Servers">What Discord servers have set up.</param>
/// <param name="Catalogue">The quote files as they are now.</param>
/// <param name="Waiting">Posts that are due and not out yet, at most <see cref="MostCounted"/>.</param>
/// <param name="Failed">Posts that a person may want to see to, at most <see cref="MostCounted"/>.</param>
/// <param name="Ledger">The database.</param>
/// <param name="HasPlatform">Whether any platform has credentials.</param>
internal sealed record BotStatus(
    IReadOnlyList<Sender> Senders,
    IReadOnlyList<DestinationStatus> Destinations,
    ServerStatus Servers,
    CatalogueStatus Catalogue,
    int Waiting,
    int Failed,
    string Ledger,
    [property: JsonIgnore] bool HasPlatform
)
{
    /// <summary>Counting ends here: more is not more alarming.</summary>
    public const int MostCounted = 1000;

    /// <summary>Whether nobody has to do anything.</summary>
    [JsonIgnore]
    public bool IsWell => Senders.Count > 0 && Catalogue.Errors.Count == 0 && Failed == 0;

    /// <summary>Reads it. Nothing is asked of a platform or of the running bot.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static async Task<BotStatus> ReadAsync(
        string home,
        BotSettings settings,
        Clocks clocks,
        CancellationToken cancellationToken
    )
    {
        await using var database = await Database.OpenAsync(settings, cancellationToken);
        var (calendar, wire) = (clocks.Schedule.GetUtcNow(), clocks.System.GetUtcNow());
        var operators = new OperatorLedger(database);
        var schedules = ListedSchedule.All(
            settings,
            await new GuildStore(database).ListAsync(cancellationToken),
            calendar
        );
        var due = await new Ledger(database).GetDueAsync(calendar, wire, MostCounted, cancellationToken);
        return new(
            [
                .. (
                    await new SenderRows(database).GetHoldersAsync(SenderLease.Names(settings), wire, cancellationToken)
                ).Select(holder => Sender.Of(holder.Name, holder.Owner, holder.Until)),
            ],
            DestinationStatus.Of(settings, schedules, await operators.GetLastSentAsync(cancellationToken)),
            ServerStatus.Of(schedules),
            CatalogueStatus.Read(
                Path.Combine(home, "quotes"),
                (await operators.GetWithdrawalsAsync(cancellationToken)).Keys
            ),
            due.Count,
            (await operators.GetFailedAsync(calendar, MostCounted, cancellationToken)).Count,
            database.Name,
            settings.Discord is not null || settings.Mastodon is not null
        );
    }
}

/// <summary>The worker that sends to a platform.</summary>
/// <param name="Platform"><c>discord</c> or <c>mastodon</c>.</param>
/// <param name="Machine">Its machine.</param>
/// <param name="Process">Its process id there.</param>
/// <param name="Until">When its lease ends if it is not renewed; it is renewed three times as often.</param>
internal sealed record Sender(string Platform, string Machine, string Process, DateTimeOffset Until)
{
    /// <summary>From a row of the table <c>senders</c>. A machine's name may have slashes of its own.</summary>
    public static Sender Of(string name, string owner, DateTimeOffset until)
    {
        var parts = owner.Split('/');
        return new(name.Split(':')[0], string.Join('/', parts[..^2]), parts[^2], until);
    }
}

/// <summary>What a destination got last, and gets next.</summary>
/// <param name="Destination"><c>mastodon</c> or <c>discord:</c> and the channel.</param>
/// <param name="IsOff">Its platform has no credentials.</param>
/// <param name="Last">The last post that it was sent; missing when there is none.</param>
/// <param name="Next">When a schedule falls due next; missing when none does.</param>
internal sealed record DestinationStatus(
    string Destination,
    [property: JsonPropertyName("off")] bool IsOff,
    PostMoment? Last,
    PostMoment? Next
)
{
    public static IReadOnlyList<DestinationStatus> Of(
        BotSettings settings,
        IReadOnlyList<ListedSchedule> schedules,
        IReadOnlyList<Post> last
    )
    {
        var own = schedules.Where(schedule => schedule.Server is null).ToArray();
        var zones = settings.Schedules.ToDictionary(
            schedule => schedule.Name,
            schedule => schedule.TimeZone,
            StringComparer.Ordinal
        );
        var destinations = settings
            .Schedules.SelectMany(schedule => schedule.To)
            .Concat(last.Where(post => zones.ContainsKey(post.Schedule)).Select(post => post.Destination))
            .Distinct();
        return
        [
            .. from to in destinations
            let post = last.FirstOrDefault(post => post.Destination == to)
            let next = own.Where(schedule => schedule.Next is not null && schedule.To.Contains(to.ToString()))
                .MinBy(schedule => schedule.Next)
            select new DestinationStatus(
                to.ToString(),
                to.Channel is null ? settings.Mastodon is null : settings.Discord is null,
                post is null
                    ? null
                    : new PostMoment(
                        zones.TryGetValue(post.Schedule, out var zone)
                            ? TimeZoneInfo.ConvertTime(post.Occurrence, zone)
                            : post.Occurrence,
                        post.Schedule,
                        post.Url
                    ),
                next is null ? null : new PostMoment(next.Next!.Value, next.Name, Url: null)
            ),
        ];
    }
}

/// <summary>A post, or one to come.</summary>
/// <param name="When">When it fell or falls due, in its schedule's zone.</param>
/// <param name="Schedule">By which schedule.</param>
/// <param name="Url">Where to see it, where the platform says so.</param>
internal sealed record PostMoment(DateTimeOffset When, string Schedule, Uri? Url);

/// <summary>What Discord servers have set up, in numbers.</summary>
/// <param name="Count">How many servers have a schedule.</param>
/// <param name="Schedules">How many schedules they have.</param>
/// <param name="Resting">How many of those rest.</param>
/// <param name="Next">When one falls due next, in its zone.</param>
internal sealed record ServerStatus(int Count, int Schedules, int Resting, DateTimeOffset? Next)
{
    public static ServerStatus Of(IEnumerable<ListedSchedule> schedules)
    {
        var theirs = schedules.Where(schedule => schedule.Server is not null).ToArray();
        return new(
            theirs.Select(schedule => schedule.Server).Distinct(StringComparer.Ordinal).Count(),
            theirs.Length,
            theirs.Count(schedule => schedule.Rests is not null),
            theirs.Min(schedule => schedule.Next)
        );
    }
}

/// <summary>The quote files as they are now.</summary>
/// <param name="Quotes">How many quotations; 0 when the files cannot be served.</param>
/// <param name="Events">How many events; 0 when the files cannot be served.</param>
/// <param name="Withdrawn">The ids of what is withdrawn.</param>
/// <param name="Errors">Why the files cannot be served; empty when they can.</param>
internal sealed record CatalogueStatus(
    int Quotes,
    int Events,
    IReadOnlyList<string> Withdrawn,
    IReadOnlyList<string> Errors
)
{
    public static CatalogueStatus Read(string folder, IEnumerable<string> withdrawn)
    {
        var (catalogue, problems) = CatalogueReader.Read(folder);
        return new(
            catalogue?.Quotes.Count ?? 0,
            catalogue?.Events.Count ?? 0,
            [.. withdrawn.Order(StringComparer.Ordinal)],
            catalogue is null
                ?
                [
                    .. problems
                        .Where(problem => problem.Severity == Severity.Error)
                        .Select(problem => problem.ToString()),
                ]
                : []
        );
    }
}
