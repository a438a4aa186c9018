using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge schedules</c>: every schedule there is, the settings' and the servers', one line each.</summary>
internal static class SchedulesCommand
{
    public static Command Create(CommandContext context)
    {
        var paused = new Option<bool>("--paused")
        {
            Description = "Only what rests: paused schedules, and those of servers that have removed the bot.",
        };
        var json = TablePrinter.JsonOption();
        var command = new Command(
            "schedules",
            "List all schedules, those of the settings and those that servers have set up, with their next time or why they rest."
        )
        {
            paused,
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var all = ListedSchedule.All(
                    host.Services.GetRequiredService<BotSettings>(),
                    await host.Services.GetRequiredService<IGuildStore>().ListAsync(cancellationToken),
                    context.Clocks.Schedule.GetUtcNow()
                );
                ListedSchedule[] wanted = result.GetValue(paused)
                    ?
                    [
                        .. all.Where(schedule =>
                            schedule.Rests is not null || schedule.Next is null && schedule.Server is not null
                        ),
                    ]
                    : [.. all];
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(
                        ListJson.Of(wanted, ListJson.Readable.IReadOnlyListListedSchedule)
                    );
                    return 0;
                }

                var list = new TablePrinter("schedule", "to", "content", "next", "");
                foreach (var schedule in wanted)
                {
                    list.Add(
                        schedule.Name,
                        string.Join(", ", schedule.To),
                        schedule.Content,
                        schedule.Next is { } next
                                ? next.ToString("ddd d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture)
                            : schedule.Rests is null ? "never again"
                            : "–",
                        new Cell(schedule.Rests ?? "", TextStyle.Note)
                    );
                }

                await list.WriteAsync(context, "There are none.");
                return 0;
            }
        );
        return command;
    }
}

/// <summary>A schedule for other programs.</summary>
/// <param name="Name">As in the ledger; a server's begins with <c>guild:</c> and the server's id.</param>
/// <param name="Server">The id of the Discord server that has set it up; missing for those of the settings.</param>
/// <param name="To">Where to.</param>
/// <param name="Content"><c>quote</c>, <c>on-this-day</c> or <c>on-this-day-or-quote</c>.</param>
/// <param name="Cron">When, as a cron expression.</param>
/// <param name="TimeZone">Its zone; missing when this machine does not know it.</param>
/// <param name="Next">When it falls due next, in its zone; missing when it rests, or never does again.</param>
/// <param name="Rests">Why nothing is posted, and since when; missing while it is at work.</param>
internal sealed record ListedSchedule(
    string Name,
    string? Server,
    IReadOnlyList<string> To,
    string Content,
    string Cron,
    string? TimeZone,
    DateTimeOffset? Next,
    string? Rests
)
{
    /// <summary>The settings' first, then the servers' in the order of their ids.</summary>
    public static IReadOnlyList<ListedSchedule> All(
        BotSettings settings,
        IEnumerable<GuildSettings> places,
        DateTimeOffset now
    ) =>
        [
            .. settings.Schedules.Select(schedule => Of(schedule, now)),
            .. places.SelectMany(place => place.Schedules.Select(schedule => Of(place, schedule, settings.TimeZone))),
        ];

    private static ListedSchedule Of(Schedule schedule, DateTimeOffset now) =>
        new(
            schedule.Name,
            Server: null,
            [.. schedule.To.Select(to => to.ToString())],
            ScheduleContentNames.GetName(schedule.Content),
            schedule.Cron,
            schedule.TimeZone.Id,
            Local(schedule.GetNextOccurrence(now), schedule.TimeZone),
            Rests: null
        );

    private static ListedSchedule Of(GuildSettings place, GuildSchedule schedule, TimeZoneInfo standard)
    {
        var zone = place.ZoneOf(schedule, standard);
        var rests =
            place.LeftAt is { } left ? Invariant($"rests: the bot is not in the server since {left:yyyy-MM-dd}")
            : schedule.Paused is { } cause ? Invariant($"paused since {schedule.PausedAt:yyyy-MM-dd}: {Words(cause)}")
            : zone is null ? "its time zone is unknown here"
            : null;
        return new(
            schedule.LedgerName,
            place.Guild.ToString(),
            [schedule.Destination.ToString()],
            ScheduleContentNames.GetName(schedule.Content),
            schedule.Cron,
            zone?.Id,
            zone is null ? null : Local(schedule.NextDue, zone),
            rests
        );
    }

    private static DateTimeOffset? Local(DateTimeOffset? moment, TimeZoneInfo zone) =>
        moment is { } due ? TimeZoneInfo.ConvertTime(due, zone) : null;

    private static string Words(PauseCause cause) =>
        cause switch
        {
            PauseCause.ChannelDeleted => "the channel was deleted",
            PauseCause.ChannelForbidden => "the channel is closed to the bot",
            PauseCause.UnknownZone => "its time zone is unknown here",
            _ => "by an admin of the server",
        };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>serge forget --server ID</c>: deletes at once all that is kept about a server.</summary>
internal static class DeleteServerCommand
{
    public static Command Create(CommandContext context)
    {
        var server = new Option<ulong>("--server") { Description = "The server's id (digits).", Required = true };
        var command = new Command(
            "forget",
            "Delete all that is kept about a Discord server: its schedules, its zone, and the record of what was posted by them."
        )
        {
            server,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var id = result.GetValue(server);
                var isForgotten =
                    id <= long.MaxValue
                    && await host
                        .Services.GetRequiredService<IGuildStore>()
                        .DeleteAsync(new GuildId(id), leftBefore: null, cancellationToken);
                await context.Output.WriteLineAsync(
                    isForgotten
                        ? $"All that was kept about server {id} is deleted."
                        : $"Nothing is kept about server {id}."
                );
                return isForgotten ? 0 : 1;
            }
        );
        return command;
    }
}
