using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>What the schedules will do, played forward from what the ledger knows.</summary>
internal static class Plan
{
    /// <summary>Plays forward; writes nothing.</summary>
    public static async Task<IReadOnlyList<PlanEntry>> MakeAsync(
        IServiceProvider services,
        TimeSpan span,
        CancellationToken cancellationToken
    )
    {
        var settings = services.GetRequiredService<BotSettings>();
        var ledger = services.GetRequiredService<ILedger>();
        var places = services.GetRequiredService<IGuildStore>();
        var catalogue = services.GetRequiredService<LiveCatalogue>().Current;
        var planner = services.GetRequiredService<PostPlanner>();
        var renderer = services.GetRequiredService<PostRenderer>();
        var now = services.GetRequiredService<Clocks>().Schedule.GetUtcNow();

        // A server may have schedules of its own for a channel of the operator's: they share what the channel has got before.
        var destinations = settings.Schedules.SelectMany(schedule => schedule.To).Distinct().ToArray();
        List<Schedule> schedules = [.. settings.Schedules];
        var histories = new Dictionary<Destination, DestinationHistory>();
        List<Post> known = [];
        foreach (var destination in destinations)
        {
            histories[destination] = await DestinationHistory.ReadAsync(
                ledger,
                destination,
                now,
                now + span,
                cancellationToken
            );
            known.AddRange(await ledger.GetPostsAsync(destination, now, now + span, cancellationToken));
            if (
                destination.Channel is { } channel
                && await places.FindByChannelAsync(channel, cancellationToken) is { } place
            )
            {
                schedules.AddRange(
                    place
                        .Schedules.Where(schedule => schedule.NextDue is not null)
                        .Select(schedule => place.ToSchedule(schedule, settings.TimeZone))
                        .OfType<Schedule>()
                );
            }
        }

        List<PlanEntry> plan = [];
        foreach (
            var (schedule, occurrence, destination, content) in Forecast.Play(
                schedules,
                histories,
                known,
                planner,
                catalogue,
                now,
                now + span
            )
        )
        {
            var measure = content.Payload is null
                ? default((int Length, int Limit)?)
                : renderer.Measure(content.Payload, destination);
            string[] notes = content.Payload is null
                ? []
                :
                [
                    .. PostRemarks.LeftOut(
                        content.Items,
                        content.Payload,
                        destination,
                        catalogue,
                        schedule.GetLocalDate(occurrence)
                    ),
                ];
            plan.Add(
                new PlanEntry(
                    TimeZoneInfo.ConvertTime(occurrence, schedule.TimeZone),
                    schedule.Name,
                    destination.ToString(),
                    content.Items,
                    content.Payload?.Warning,
                    content.Payload?.Text,
                    measure?.Length,
                    measure?.Limit,
                    content.Reason,
                    notes
                )
            );
        }

        return plan;
    }
}

/// <summary>One post to come.</summary>
/// <param name="Local">When, in the schedule's zone.</param>
/// <param name="Schedule">By which schedule.</param>
/// <param name="Destination">Where to.</param>
/// <param name="Items">The ids of the quotation or events.</param>
/// <param name="Warning">Its content warning.</param>
/// <param name="Text">Its exact text; <see langword="null"/> when nothing will be posted.</param>
/// <param name="Length">Its length there.</param>
/// <param name="Limit">The longest allowed there.</param>
/// <param name="Reason">Why nothing will be posted.</param>
/// <param name="Notes">What a person should know of it besides, one sentence each.</param>
internal sealed record PlanEntry(
    DateTimeOffset Local,
    string Schedule,
    string Destination,
    IReadOnlyList<string> Items,
    string? Warning,
    string? Text,
    int? Length,
    int? Limit,
    string? Reason,
    IReadOnlyList<string> Notes
);
