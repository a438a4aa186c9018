using System.Text.Json.Serialization;

namespace Serge.Bot.Cli;

/// <summary>Builds the plan of all schedules, the operator's and those of servers, from the ledger. Writes
/// nothing.</summary>
internal sealed class PlanBuilder(
    BotSettings settings,
    ILedger ledger,
    IGuildStore guilds,
    LiveCatalogue catalogue,
    PublishTargets enabledTargets,
    PostRenderers renderers,
    Clocks clocks
)
{
    /// <summary>The plan shows posts of platforms without credentials, too.</summary>
    private readonly PublishTargets _targets = PreviewTarget.AddMissing(enabledTargets, renderers, settings);

    /// <param name="period">How far ahead.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<IReadOnlyList<PlanEntry>> BuildAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var now = clocks.Schedule.GetUtcNow();
        var end = now + period;
        var schedules = await GetSchedulesAsync(cancellationToken);
        var to = schedules.SelectMany(schedule => schedule.To);
        var (histories, known) = await ForecastBasis.ReadAsync(ledger, _targets, to, now, end, cancellationToken);
        PostPlanner planner = new(_targets);
        var posts = Forecast.Simulate(schedules, histories, known, planner, catalogue.Current, after: now, until: end);
        return [.. posts.Select(CreateEntry)];
    }

    /// <summary>The operator's schedules first, as the worker plans them.</summary>
    private async Task<IReadOnlyList<Schedule>> GetSchedulesAsync(CancellationToken cancellationToken)
    {
        List<Schedule> schedules = [.. settings.Schedules];
        foreach (var guild in await guilds.ListAsync(cancellationToken))
        {
            schedules.AddRange(guild.ListActive(settings.TimeZone));
        }

        return schedules;
    }

    private PlanEntry CreateEntry(PlannedPost post)
    {
        var (schedule, occurrence, destination, content) = post;
        PlanEntry entry = new()
        {
            Local = TimeZoneInfo.ConvertTime(occurrence, schedule.TimeZone),
            Schedule = schedule.Id.ToString(),
            Destination = destination.ToString(),
            Items = content.Items,
            Reason = content.Reason,
        };
        if (content.Payload is not { } payload)
        {
            return entry;
        }

        var renderer = renderers.Get(destination);
        var length = renderer.Measure(payload);
        var day = schedule.GetLocalDate(occurrence);
        var omissions = PostRemarks.FindOmissions(content.Items, payload, renderer, catalogue.Current, day);
        return entry with
        {
            Warning = payload.Warning,
            Visibility = GetVisibility(destination, payload),
            Text = payload.Text,
            Picture = payload.Picture?.Description,
            Length = length.Length,
            Limit = length.Limit,
            Notes = [.. PostRemarks.DescribePicture(payload), .. omissions],
        };
    }

    private static string? GetVisibility(Destination destination, Payload payload)
    {
        if (destination == Destinations.Mastodon)
        {
            return ColumnValues.ToName(payload.Visibility);
        }

        return null;
    }
}

/// <summary>A post that will be sent, as printed by <c>--json</c>.</summary>
internal sealed record PlanEntry
{
    /// <summary>In the time zone of the schedule.</summary>
    public required DateTimeOffset Local { get; init; }

    public required string Schedule { get; init; }

    public required string Destination { get; init; }

    /// <summary>Ids of the quotation or events.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>Content warning.</summary>
    public string? Warning { get; init; }

    /// <summary>Who sees it; <see langword="null"/> on Discord.</summary>
    public string? Visibility { get; init; }

    /// <summary>The exact text; <see langword="null"/> when nothing will be posted.</summary>
    public string? Text { get; init; }

    /// <summary>The description of the picture: every word on it; <see langword="null"/> without a picture.</summary>
    public string? Picture { get; init; }

    /// <summary>As the platform counts.</summary>
    public int? Length { get; init; }

    /// <summary>The longest text that the platform allows.</summary>
    public int? Limit { get; init; }

    /// <summary>Why nothing will be posted.</summary>
    public string? Reason { get; init; }

    /// <summary>What an operator should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether <see cref="Text"/> is Discord's Markdown.</summary>
    [JsonIgnore]
    public bool IsDiscord => Destination.StartsWith(Destinations.DiscordPlatform, StringComparison.Ordinal);
}
