using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Places;
using Serge.Bot.Schedules;
using Serge.Bot.Settings;

namespace Serge.Bot.Operators;

/// <summary><c>serge schedules</c>: every schedule there is, the settings' and the servers', one line each.</summary>
internal static class SchedulesVerb
{
    public static Command Create(VerbContext context)
    {
        var paused = new Option<bool>("--paused") { Description = "Only what rests: paused schedules, and those of servers that have removed the bot." };
        var command = new Command("schedules", "List all schedules, those of the settings and those that servers have set up, with their next time or why they rest.") { paused };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var host = await WorkerHost.BuildAsync(context.HomeOf(result), overrides: null, context.Clocks, new SystemChance(), logging: null, cancellationToken);
            var settings = host.Services.GetRequiredService<BotSettings>();
            var now = context.Clocks.Calendar.GetUtcNow();
            var lines = result.GetValue(paused) ? [] : settings.Schedules.Select(schedule => Line(schedule, schedule.NextAfter(now)));
            foreach (var place in await host.Services.GetRequiredService<IPlaces>().ListAsync(cancellationToken))
            {
                lines = lines.Concat(place.Schedules.Where(schedule => !result.GetValue(paused) || schedule.NextDue is null).Select(schedule => Line(place, schedule, settings)));
            }

            await context.Output.WriteLineAsync(string.Join('\n', lines.DefaultIfEmpty("There are none.")));
            return 0;
        });
        return command;
    }

    private static string Line(Place place, PlaceSchedule schedule, BotSettings settings)
    {
        var rests = place.LeftAt is { } left ? Invariant($"rests: the bot is not in the server since {left:yyyy-MM-dd}")
            : schedule.Paused is { } cause ? Invariant($"paused since {schedule.PausedAt:yyyy-MM-dd}: {Words(cause)}")
            : null;
        return place.ToSchedule(schedule, settings.TimeZone) is { } timing
            ? rests is null ? Line(timing, schedule.NextDue) : $"{timing.Name} → {schedule.Destination}  {rests}"
            : $"{schedule.LedgerName} → {schedule.Destination}  {rests ?? "its time zone is unknown here"}";
    }

    private static string Line(Schedule schedule, DateTimeOffset? next)
    {
        var due = next is { } moment ? Invariant($"next {TimeZoneInfo.ConvertTime(moment, schedule.TimeZone):ddd d MMM yyyy HH:mm zzz}") : "never again";
        return $"{schedule.Name} → {string.Join(", ", schedule.To)}  {ContentNames.Of(schedule.Content)}, {due}";
    }

    private static string Words(PauseCause cause) => cause switch
    {
        PauseCause.ChannelDeleted => "the channel was deleted",
        PauseCause.ChannelClosed => "the channel is closed to the bot",
        PauseCause.UnknownZone => "its time zone is unknown here",
        _ => "by an admin of the server",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>serge forget --server ID</c>: deletes at once all that is kept about a server.</summary>
internal static class ForgetVerb
{
    public static Command Create(VerbContext context)
    {
        var server = new Option<ulong>("--server") { Description = "The server's id (digits).", Required = true };
        var command = new Command("forget", "Delete all that is kept about a Discord server: its schedules, its zone, and the record of what was posted by them.") { server };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var host = await WorkerHost.BuildAsync(context.HomeOf(result), overrides: null, context.Clocks, new SystemChance(), logging: null, cancellationToken);
            var id = result.GetValue(server);
            var isForgotten = id <= long.MaxValue && await host.Services.GetRequiredService<IPlaces>().ForgetAsync(new GuildId(id), leftBefore: null, cancellationToken);
            await context.Output.WriteLineAsync(isForgotten ? $"All that was kept about server {id} is deleted." : $"Nothing is kept about server {id}.");
            return isForgotten ? 0 : 1;
        });
        return command;
    }
}
