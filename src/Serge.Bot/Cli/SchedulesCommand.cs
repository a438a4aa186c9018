using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge schedules</c>: lists the schedules of the settings and of Discord servers.</summary>
internal sealed class SchedulesCommand(BotSettings settings, IGuildStore guilds, CommandContext context)
{
    public static Command Create(CommandContext context)
    {
        Option<bool> paused = new("--paused")
        {
            Description = "Only schedules that post nothing: paused ones, and those of servers that removed the bot.",
        };
        var json = TablePrinter.JsonOption();
        Command command = new(
            "schedules",
            "List all schedules, those of the settings and those of Discord servers, with the next "
                + "time or why they are paused."
        )
        {
            paused,
            json,
        };
        command.SetAction(
            (result, cancellationToken) =>
                context.RunAsync<SchedulesCommand>(
                    result,
                    (schedules, stop) => schedules.RunAsync(result.GetValue(paused), result.GetValue(json), stop),
                    cancellationToken
                )
        );
        return command;
    }

    private async Task<int> RunAsync(bool onlyPaused, bool isJson, CancellationToken cancellationToken)
    {
        var all = ListedSchedule.List(
            settings,
            await guilds.ListAsync(cancellationToken),
            context.Clocks.Schedule.GetUtcNow()
        );
        ListedSchedule[] wanted = [.. all.Where(schedule => !onlyPaused || schedule.PostsNothing)];
        if (isJson)
        {
            await context.Output.WriteLineAsync(ListJson.Of(wanted, ListJson.Readable.IReadOnlyListListedSchedule));
            return 0;
        }

        TablePrinter table = new("schedule", "server", "to", "content", "next", "");
        foreach (var schedule in wanted)
        {
            table.Add(
                schedule.Name,
                schedule.Guild ?? "",
                string.Join(", ", schedule.To),
                schedule.Content,
                FormatNext(schedule),
                new Cell(schedule.Paused ?? "", TextStyle.Note)
            );
        }

        await table.WriteAsync(context, "There are no schedules.");
        return 0;
    }

    private static string FormatNext(ListedSchedule schedule)
    {
        if (schedule.Next is { } next)
        {
            return PostTimes.Format(next);
        }

        return schedule.Paused is null ? "never again" : "–";
    }
}
