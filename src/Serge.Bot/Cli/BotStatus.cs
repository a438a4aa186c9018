using System.Text.Json.Serialization;

namespace Serge.Bot.Cli;

/// <summary>The state of the bot, according to the ledger and the quote files.</summary>
/// <param name="Senders">The workers that send, one entry per platform; empty when no bot runs.</param>
/// <param name="Destinations">Those of the settings' schedules, and others that they posted to before.</param>
/// <param name="Guilds">The schedules of Discord servers.</param>
/// <param name="Catalogue">The quote files as they are now.</param>
/// <param name="Waiting">See <see cref="DeliveryReport.Waiting"/>.</param>
/// <param name="Delays">See <see cref="DeliveryReport.Delays"/>.</param>
/// <param name="Failed">See <see cref="DeliveryReport.Failed"/>.</param>
/// <param name="Ledger">The database.</param>
/// <param name="HasPlatform">Whether any platform has credentials.</param>
internal sealed record BotStatus(
    IReadOnlyList<Sender> Senders,
    IReadOnlyList<DestinationStatus> Destinations,
    GuildStatus Guilds,
    CatalogueStatus Catalogue,
    int Waiting,
    IReadOnlyList<DeliveryDelay> Delays,
    int Failed,
    string Ledger,
    [property: JsonIgnore] bool HasPlatform
)
{
    /// <summary>Whether no action is needed.</summary>
    [JsonIgnore]
    public bool IsHealthy => Senders.Count > 0 && Catalogue.Errors.Count == 0 && Failed == 0 && Delays.Count == 0;

    /// <summary>Reads it from the ledger and the files. Asks neither a platform nor the running bot.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static async Task<BotStatus> ReadAsync(
        string home,
        BotSettings settings,
        Clocks clocks,
        CancellationToken cancellationToken
    )
    {
        await using var database = await LedgerDatabase.OpenExistingAsync(settings, cancellationToken);
        var scheduleNow = clocks.Schedule.GetUtcNow();
        var systemNow = clocks.System.GetUtcNow();
        OperatorLedger operators = new(database);
        var accounts = SenderAccountNames.Create(settings);
        var holders = await new SenderRows(database).GetHoldersAsync(accounts.Names, systemNow, cancellationToken);
        var guilds = await new GuildStore(database).ListAsync(cancellationToken);
        var schedules = ListedSchedule.List(settings, guilds, scheduleNow);
        var delivery = await DeliveryReport.ReadAsync(operators, scheduleNow, cancellationToken);
        var last = await operators.GetLastSentAsync(cancellationToken);
        var withdrawn = await operators.GetWithdrawalsAsync(cancellationToken);
        return new BotStatus(
            [.. holders.Select(Sender.Of)],
            DestinationStatus.List(settings, schedules, last),
            GuildStatus.Of(schedules),
            CatalogueStatus.Read(HomeDirectory.GetQuotes(home), withdrawn.Keys),
            delivery.Waiting,
            delivery.Delays,
            delivery.Failed,
            database.Name,
            settings.Discord is not null || settings.Mastodon is not null
        );
    }
}

/// <summary>The worker that sends to a platform.</summary>
/// <param name="Platform"><c>discord</c> or <c>mastodon</c>.</param>
/// <param name="Machine">Its machine.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Until">When its lease ends unless it is renewed; it is renewed after a third of its length.</param>
internal sealed record Sender(string Platform, string Machine, string Process, DateTimeOffset Until)
{
    /// <summary>The owner is machine, process and a key, separated by slashes; a machine's name
    /// may contain slashes.</summary>
    public static Sender Of(SenderHolder holder)
    {
        var parts = holder.Owner.Split('/');
        var platform = holder.Name.Split(':')[0];
        var machine = string.Join('/', parts[..^2]);
        return new Sender(platform, machine, parts[^2], holder.Until);
    }
}

/// <summary>The last and the next post of a destination.</summary>
/// <param name="Destination"><c>mastodon</c>, or <c>discord:</c> and the channel.</param>
/// <param name="IsOff">Whether its platform has no credentials.</param>
/// <param name="Last">The last post that was sent; missing when there is none.</param>
/// <param name="Next">When a schedule is due next; missing when none is.</param>
internal sealed record DestinationStatus(
    string Destination,
    [property: JsonPropertyName("off")] bool IsOff,
    PostMoment? Last,
    PostMoment? Next
)
{
    public static IReadOnlyList<DestinationStatus> List(
        BotSettings settings,
        IReadOnlyList<ListedSchedule> schedules,
        IReadOnlyList<Post> lastSent
    )
    {
        var zones = settings.Schedules.ToDictionary(schedule => schedule.Id, schedule => schedule.TimeZone);
        var configured = settings.Schedules.SelectMany(schedule => schedule.To);
        var ofOperator = lastSent.Where(post => zones.ContainsKey(post.Schedule));
        var earlier = ofOperator.Select(post => post.Destination);
        List<DestinationStatus> all = [];
        foreach (var destination in configured.Concat(earlier).Distinct())
        {
            var isOff = !settings.HasCredentials(destination);
            var last = lastSent.FirstOrDefault(post => post.Destination == destination);
            var name = destination.ToString();
            var next = GetNext(name, schedules);
            all.Add(new DestinationStatus(name, isOff, GetLast(last, zones), next));
        }

        return all;
    }

    private static PostMoment? GetLast(Post? post, Dictionary<ScheduleId, TimeZoneInfo> zones)
    {
        if (post is null)
        {
            return null;
        }

        var zone = zones.GetValueOrDefault(post.Schedule, TimeZoneInfo.Utc);
        var when = TimeZoneInfo.ConvertTime(post.Occurrence, zone);
        return new PostMoment(when, post.Schedule.ToString(), post.Url);
    }

    private static PostMoment? GetNext(string destination, IEnumerable<ListedSchedule> schedules)
    {
        var planned = schedules.Where(schedule => schedule is { Guild: null, Next: not null });
        var next = planned.Where(schedule => schedule.To.Contains(destination)).MinBy(schedule => schedule.Next);
        if (next is not { Next: { } when })
        {
            return null;
        }

        return new PostMoment(when, next.Name, Url: null);
    }
}

/// <summary>A past or planned post.</summary>
/// <param name="When">When it was or is due, in the schedule's time zone.</param>
/// <param name="Schedule">Name of its schedule, for one of a server after <c>guild:</c> and the server's id.</param>
/// <param name="Url">Address of the published message, if known.</param>
internal sealed record PostMoment(DateTimeOffset When, string Schedule, Uri? Url);

/// <summary>The schedules of Discord servers in numbers.</summary>
/// <param name="Count">Number of servers with a schedule.</param>
/// <param name="Schedules">Number of their schedules.</param>
/// <param name="Paused">Number of schedules that are paused, or whose server removed the bot.</param>
/// <param name="Next">When one of them is due next, in its time zone.</param>
internal sealed record GuildStatus(int Count, int Schedules, int Paused, DateTimeOffset? Next)
{
    public static GuildStatus Of(IEnumerable<ListedSchedule> schedules)
    {
        ListedSchedule[] ofGuilds = [.. schedules.Where(schedule => schedule.Guild is not null)];
        var guilds = ofGuilds.Select(schedule => schedule.Guild).Distinct(StringComparer.Ordinal);
        var paused = ofGuilds.Count(schedule => schedule.Paused is not null);
        var next = ofGuilds.Min(schedule => schedule.Next);
        return new GuildStatus(guilds.Count(), ofGuilds.Length, paused, next);
    }
}

/// <summary>The quote files as they are now.</summary>
/// <param name="Quotes">Number of quotations; 0 when the files have errors.</param>
/// <param name="Events">Number of events; 0 when the files have errors.</param>
/// <param name="Withdrawn">Ids of the withdrawn items.</param>
/// <param name="Errors">The errors; empty when the files can be served.</param>
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
        string[] ids = [.. withdrawn.Order(StringComparer.Ordinal)];
        if (catalogue is not null)
        {
            return new CatalogueStatus(catalogue.Quotes.Count, catalogue.Events.Count, ids, []);
        }

        var errors = problems.Where(problem => problem.Severity == ProblemSeverity.Error);
        var texts = errors.Select(problem => problem.ToString());
        return new CatalogueStatus(Quotes: 0, Events: 0, ids, [.. texts]);
    }
}
