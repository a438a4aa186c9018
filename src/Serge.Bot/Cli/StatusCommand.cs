using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge status</c>: whether the bot is at work, what it posted last, and what comes next. It asks the ledger, so it works beside a running bot and without one.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption();
        var command = new Command(
            "status",
            "Say whether the bot is at work, what each destination got last and gets next, and how the quote files are."
        )
        {
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var home = context.GetHome(result);
                var status = await BotStatus.ReadAsync(
                    home,
                    SettingsReader.Read(home).Settings,
                    context.Clocks,
                    cancellationToken
                );
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(status, ListJson.Readable.BotStatus));
                }
                else
                {
                    await ShowAsync(status, context);
                }

                return status.IsWell ? 0 : 1;
            }
        );
        return command;
    }

    private static async Task ShowAsync(BotStatus status, CommandContext context)
    {
        foreach (var (isWell, what, says) in Lines(status))
        {
            ConsoleOutput.WriteDiagnostic(
                context.Output,
                context.Terminal,
                isWell ? new Cell("good", TextStyle.Good) : new Cell("LOOK", TextStyle.Bad),
                what,
                says
            );
        }

        await context.Output.WriteLineAsync();
        var list = new TablePrinter("to", "last post", "by", "next post", "by", "");
        foreach (var one in status.Destinations)
        {
            list.Add(
                one.Destination,
                Time(one.Last?.When) ?? "none yet",
                one.Last?.Schedule,
                Time(one.Next?.When) ?? "none",
                one.Next?.Schedule,
                new Cell(
                    one.IsOff ? "off: no credentials" : one.Last?.Url?.AbsoluteUri ?? "",
                    one.IsOff ? TextStyle.Note : TextStyle.Plain
                )
            );
        }

        await list.WriteAsync(context, "There are no schedules, so nothing is posted of itself.");
    }

    private static IEnumerable<(bool IsWell, string What, string Says)> Lines(BotStatus status)
    {
        yield return status switch
        {
            { Senders.Count: > 0 } => (
                true,
                "bot",
                $"at work: {string.Join(" and ", status.Senders.GroupBy(sender => (sender.Machine, sender.Process), sender => sender.Platform)
                .Select(group => $"{string.Join(" and ", group)} by process {group.Key.Process} on {group.Key.Machine}"))}"
            ),
            { HasPlatform: true } => (
                false,
                "bot",
                "not at work: nobody holds the sender’s lease. serge run starts it; after a crash the next one waits until the lease has ended."
            ),
            _ => (
                false,
                "bot",
                "no platform has credentials, so it cannot be seen here whether it runs. serge doctor says what to set."
            ),
        };
        foreach (var problem in status.Catalogue.Errors)
        {
            yield return (false, "quote files", problem);
        }

        var withdrawn =
            status.Catalogue.Withdrawn.Count == 0
                ? ""
                : $"; withdrawn: {string.Join(", ", status.Catalogue.Withdrawn)}";
        yield return status.Catalogue.Errors.Count > 0
            ? (
                false,
                "quote files",
                "They cannot be served as they are. A bot at work serves what they were before; one that is started now does not begin."
            )
            : (
                true,
                "quote files",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{status.Catalogue.Quotes} quotations, {status.Catalogue.Events} events{withdrawn}"
                )
            );
        yield return (true, "ledger", status.Ledger);
        if (status.Waiting > 0)
        {
            yield return (
                status.Senders.Count > 0,
                "waiting",
                string.Create(CultureInfo.InvariantCulture, $"{status.Waiting} posts are due and not out yet")
            );
        }

        yield return status.Failed == 0
            ? (true, "failures", "none that nobody has seen to")
            : (
                false,
                "failures",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{status.Failed}{(status.Failed == BotStatus.MostCounted ? " or more" : "")} posts failed. serge deliveries --failed lists them, serge retry sends one again."
                )
            );
        if (status.Servers.Schedules > 0)
        {
            yield return (
                true,
                "servers",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{status.Servers.Schedules} schedules of {status.Servers.Count} Discord servers, {status.Servers.Resting} of them at rest{(Time(status.Servers.Next) is { } next ? $"; the next post {next}" : "")}"
                )
            );
        }
    }

    private static string? Time(DateTimeOffset? moment) =>
        moment?.ToString("ddd d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture);
}
