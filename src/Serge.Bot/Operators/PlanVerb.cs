using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Delivery;
using Serge.Bot.Places;
using Serge.Bot.Rendering;
using Serge.Bot.Schedules;
using Serge.Bot.Settings;

namespace Serge.Bot.Operators;

/// <summary><c>serge plan --days N</c>: exactly what will be posted, where and when.</summary>
internal static class PlanVerb
{
    public static Command Create(VerbContext context)
    {
        var days = new Option<int>("--days") { Description = "How many days ahead, 1 to 400.", DefaultValueFactory = _ => 30 };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 400)
            {
                result.AddError("--days takes 1 to 400.");
            }
        });
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("plan", "Show what will be posted in the next days: the exact text for each destination.") { days, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var host = await WorkerHost.BuildAsync(context.HomeOf(result), overrides: null, context.Clocks, new SystemChance(), logging: null, cancellationToken);
            await ServerLimits.LearnAsync(host.Services, context.Error, cancellationToken);
            var plan = await Plan.MakeAsync(host.Services, TimeSpan.FromDays(result.GetValue(days)), cancellationToken);
            await TellTooLongAsync(host.Services, plan, context.Error);
            await context.Output.WriteLineAsync(result.GetValue(json) ? ListJson.Of(plan, ListJson.Readable.IReadOnlyListPlanned) : Text(plan));
            return 0;
        });
        return command;
    }

    /// <summary>Beside the plan, not in it: what is not in it for being too long.</summary>
    private static async Task TellTooLongAsync(IServiceProvider services, IReadOnlyList<Planned> plan, TextWriter error)
    {
        foreach (var destination in plan.Select(planned => planned.Destination).Distinct(StringComparer.Ordinal))
        {
            var to = Destination.TryParse(destination, out var parsed) ? parsed.Value : throw new InvalidOperationException($"Unknown destination {destination}.");
            foreach (var (quote, length, limit) in services.GetRequiredService<PostRenderer>().TooLong(services.GetRequiredService<LiveCatalogue>().Current, to))
            {
                await error.WriteLineAsync($"{quote.Id} is too long for {destination} ({length} characters of {limit}) and is never chosen there.");
            }
        }
    }

    private static string Text(IReadOnlyList<Planned> plan) => plan.Count == 0
        ? "Nothing is planned: there are no schedules, or none falls due in these days."
        : string.Join("\n\n", plan.Select(planned => string.Create(CultureInfo.InvariantCulture,
            $"{planned.Local:ddd d MMM yyyy HH:mm zzz}  {planned.Schedule} → {planned.Destination}{(planned.Length is { } length ? $"  ({length} of {planned.Limit})" : "")}\n")
            + Indented(planned.Text ?? $"nothing: {planned.Reason}")));

    private static string Indented(string text) => "  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);
}

/// <summary>What the schedules will do, played forward from what the ledger knows.</summary>
internal static class Plan
{
    /// <summary>Plays forward; writes nothing.</summary>
    public static async Task<IReadOnlyList<Planned>> MakeAsync(IServiceProvider services, TimeSpan span, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<BotSettings>();
        var ledger = services.GetRequiredService<ILedger>();
        var places = services.GetRequiredService<IPlaces>();
        var catalogue = services.GetRequiredService<LiveCatalogue>().Current;
        var planner = services.GetRequiredService<PostPlanner>();
        var renderer = services.GetRequiredService<PostRenderer>();
        var now = services.GetRequiredService<Clocks>().Calendar.GetUtcNow();

        // A server may have schedules of its own for a channel of the operator's: they share what the channel has got before.
        var destinations = settings.Schedules.SelectMany(schedule => schedule.To).Distinct().ToArray();
        List<Schedule> schedules = [.. settings.Schedules];
        var histories = new Dictionary<Destination, DestinationHistory>();
        List<Post> known = [];
        foreach (var destination in destinations)
        {
            histories[destination] = await DestinationHistory.ReadAsync(ledger, destination, now, now + span, cancellationToken);
            known.AddRange(await ledger.PostsAsync(destination, now, now + span, cancellationToken));
            if (destination.Channel is { } channel && await places.InChannelAsync(channel, cancellationToken) is { } place)
            {
                schedules.AddRange(place.Schedules.Where(schedule => schedule.NextDue is not null).Select(schedule => place.ToSchedule(schedule, settings.TimeZone)).OfType<Schedule>());
            }
        }

        List<Planned> plan = [];
        foreach (var (schedule, occurrence, destination, content) in Forecast.Play(schedules, histories, known, planner, catalogue, now, now + span))
        {
            var measure = content.Payload is null ? default((int Length, int Limit)?) : renderer.Measure(content.Payload, destination);
            plan.Add(new Planned(TimeZoneInfo.ConvertTime(occurrence, schedule.TimeZone), schedule.Name, destination.ToString(), content.Items,
                content.Payload?.Warning, content.Payload?.Text, measure?.Length, measure?.Limit, content.Reason));
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
internal sealed record Planned(
    DateTimeOffset Local, string Schedule, string Destination, IReadOnlyList<string> Items, string? Warning, string? Text, int? Length, int? Limit, string? Reason);
