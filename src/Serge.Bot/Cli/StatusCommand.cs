using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge status</c>: shows whether the bot runs, what was posted last, and what comes next.</summary>
/// <remarks>It reads the ledger, so it works beside a running bot and without one.</remarks>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption();
        Command command = new(
            "status",
            "Show whether the bot runs, the last and the next post of each destination, and the state "
                + "of the quote files."
        )
        {
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var home = context.GetHome(result);
                var settings = SettingsReader.Read(home).Settings;
                var status = await BotStatus.ReadAsync(home, settings, context.Clocks, cancellationToken);
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(status, ListJson.Readable.BotStatus));
                }
                else
                {
                    await ShowAsync(status, context);
                }

                return CommandLine.GetExitCode(status.IsHealthy);
            }
        );
        return command;
    }

    private static async Task ShowAsync(BotStatus status, CommandContext context)
    {
        foreach (var finding in GetFindings(status))
        {
            finding.WriteTo(context.Output, context.Terminal);
        }

        await context.Output.WriteLineAsync();
        TablePrinter table = new("to", "last post", "by", "next post", "by", "");
        foreach (var destination in status.Destinations)
        {
            table.Add(
                destination.Destination,
                FormatTime(destination.Last, "none yet"),
                destination.Last?.Schedule,
                FormatTime(destination.Next, "none"),
                destination.Next?.Schedule,
                GetRemark(destination)
            );
        }

        await table.WriteAsync(context, "There are no schedules, so nothing is posted automatically.");
    }

    private static Cell GetRemark(DestinationStatus destination)
    {
        if (destination.IsOff)
        {
            return new Cell("off: no credentials", TextStyle.Note);
        }

        return new Cell(destination.Last?.Url?.AbsoluteUri ?? "");
    }

    private static IEnumerable<DoctorFinding> GetFindings(BotStatus status)
    {
        yield return DescribeSenders(status);
        foreach (var problem in status.Catalogue.Errors)
        {
            yield return DoctorFinding.Error("quote files", problem);
        }

        yield return DescribeCatalogue(status.Catalogue);
        yield return DoctorFinding.Ok("ledger", status.Ledger);
        if (status.Waiting > 0)
        {
            var state = status.Senders.Count > 0 ? DiagnosticStatus.Ok : DiagnosticStatus.Error;
            var message = $"{Plural.Of(status.Waiting, "post")} due and not sent yet";
            yield return new DoctorFinding(state, "waiting", message);
        }

        foreach (var delay in status.Delays)
        {
            var posts = Plural.Of(delay.Posts, "post");
            var message =
                $"{posts} to {delay.Platform} not sent, since {PostTimes.Format(delay.Since)}. {delay.Reason}";
            yield return DoctorFinding.Error("delivery", message.TrimEnd());
        }

        yield return DescribeFailures(status.Failed);
        if (status.Guilds.Schedules > 0)
        {
            yield return DescribeGuilds(status.Guilds);
        }
    }

    private static DoctorFinding DescribeSenders(BotStatus status)
    {
        if (status.Senders.Count > 0)
        {
            var processes = status.Senders.GroupBy(sender => $"process {sender.Process} on {sender.Machine}");
            var parts = processes.Select(process => $"{GetPlatforms(process)} by {process.Key}");
            return DoctorFinding.Ok("bot", $"running: {string.Join(", ", parts)}");
        }

        if (!status.HasPlatform)
        {
            return DoctorFinding.Error(
                "bot",
                "no platform has credentials, so it is unknown whether it runs. serge doctor shows what to set."
            );
        }

        return DoctorFinding.Error(
            "bot",
            "not running: no worker holds the sender’s lease. Start it with serge run. After a crash a new worker "
                + "sends when the lease has expired."
        );
    }

    private static string GetPlatforms(IEnumerable<Sender> senders) =>
        string.Join(" and ", senders.Select(sender => sender.Platform));

    private static DoctorFinding DescribeCatalogue(CatalogueStatus catalogue)
    {
        if (catalogue.Errors.Count > 0)
        {
            return DoctorFinding.Error(
                "quote files",
                "The files have errors. A running bot serves the last valid version; a new one does not start."
            );
        }

        var message = Plural.OfCatalogue(catalogue.Quotes, catalogue.Events);
        if (catalogue.Withdrawn.Count > 0)
        {
            message += $"; withdrawn: {string.Join(", ", catalogue.Withdrawn)}";
        }

        return DoctorFinding.Ok("quote files", message);
    }

    private static DoctorFinding DescribeFailures(int failed)
    {
        if (failed == 0)
        {
            return DoctorFinding.Ok("failures", "none");
        }

        var count = failed == DeliveryReport.MaxCount ? $"{failed} or more posts" : Plural.Of(failed, "post");
        return DoctorFinding.Error(
            "failures",
            $"{count} failed. serge deliveries --failed lists them, serge retry sends one again, serge dismiss removes "
                + "one from the list."
        );
    }

    private static DoctorFinding DescribeGuilds(GuildStatus guilds)
    {
        var schedules = Plural.Of(guilds.Schedules, "schedule");
        var count = Plural.Of(guilds.Count, "Discord server");
        var message = $"{schedules} of {count}, {guilds.Paused} paused";
        if (guilds.Next is { } next)
        {
            message += $"; next post {PostTimes.Format(next)}";
        }

        return DoctorFinding.Ok("servers", message);
    }

    private static string FormatTime(PostMoment? post, string whenNone) =>
        post is null ? whenNone : PostTimes.Format(post.When);
}
