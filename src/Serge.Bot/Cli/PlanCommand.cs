using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge plan --days N</c>: shows exactly what will be posted, where and when.</summary>
internal sealed class PlanCommand(
    BotSettings settings,
    PlanBuilder builder,
    LiveCatalogue catalogue,
    PublishTargets targets,
    PostRenderers renderers,
    ServerLimits limits,
    CommandContext context
)
{
    private const int MaxDays = 400;

    public static Command Create(CommandContext context)
    {
        var days = NumberOption.Create("--days", defaultValue: 30, MaxDays, "Number of days");
        Option<bool> brief = new("--brief") { Description = "One line per post: time, destination, content, length." };
        var json = TablePrinter.JsonOption();
        Command command = new(
            "plan",
            "Show what will be posted: the exact text for each destination, and its length with the limit there."
        )
        {
            days,
            brief,
            json,
        };
        command.SetAction(
            (result, cancellationToken) =>
            {
                PlanFormat format = new(result.GetValue(json), result.GetValue(brief));
                return context.RunAsync<PlanCommand>(
                    result,
                    (plan, stop) => plan.RunAsync(TimeSpan.FromDays(result.GetValue(days)), format, stop),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(TimeSpan period, PlanFormat format, CancellationToken cancellationToken)
    {
        await limits.LoadAsync(cancellationToken);
        var plan = await builder.BuildAsync(period, cancellationToken);
        await WriteRemarksAsync();
        if (format.IsJson)
        {
            await context.Output.WriteLineAsync(ListJson.Of(plan, ListJson.Readable.IReadOnlyListPlanEntry));
        }
        else if (plan.Count == 0)
        {
            await context.Output.WriteLineAsync("Nothing is planned: no schedule is due in these days.");
        }
        else if (format.IsBrief)
        {
            CreateBriefTable(plan).WriteTo(context.Output, context.Terminal);
        }
        else if (context.Terminal is null)
        {
            await context.Output.WriteLineAsync(string.Join("\n\n", plan.Select(FormatText)));
        }
        else
        {
            CreateTable(plan).WriteTo(context.Output, context.Terminal);
        }

        return 0;
    }

    /// <summary>Writes what will not be posted: to disabled platforms, and quotations that are too long.</summary>
    private async Task WriteRemarksAsync()
    {
        foreach (var destination in settings.Schedules.SelectMany(schedule => schedule.To).Distinct())
        {
            if (!targets.IsEnabled(destination))
            {
                var platform = Destinations.GetPlatformName(destination);
                await context.Error.WriteLineAsync(
                    $"Nothing is posted to {destination}: {platform} has no credentials."
                );
            }

            foreach (var (quote, length) in renderers.Get(destination).FindTooLong(catalogue.Current))
            {
                await context.Error.WriteLineAsync(
                    $"{quote.Id} is too long for {destination} ({length.Length} of {length.Limit} characters) and is "
                        + "never chosen there."
                );
            }
        }
    }

    private static TablePrinter CreateBriefTable(IReadOnlyList<PlanEntry> plan)
    {
        TablePrinter table = new("when", "schedule", "to", "length", "content");
        foreach (var entry in plan)
        {
            var when = PostTimes.Format(entry.Local);
            table.Add(when, entry.Schedule, entry.Destination, FormatLength(entry), FormatItems(entry));
        }

        return table;
    }

    private static Cell FormatItems(PlanEntry entry)
    {
        if (entry.Text is null)
        {
            return new Cell($"nothing: {entry.Reason}", TextStyle.Quiet);
        }

        return new Cell(string.Join(' ', entry.Items));
    }

    private static TablePrinter CreateTable(IReadOnlyList<PlanEntry> plan)
    {
        TablePrinter table = new("when and where", "content") { HasLines = true, WrapColumn = 1 };
        foreach (var entry in plan)
        {
            var head =
                $"{PostTimes.Format(entry.Local)}\n{entry.Schedule}\n→ {entry.Destination}\n{FormatLength(entry)}";
            var lines = entry.Notes.Select(note => $"Note: {note}").Prepend(FormatContent(entry));
            Cell content = new(string.Join('\n', lines), FormatItems(entry).Style);
            table.Add(head.TrimEnd(), content);
        }

        return table;
    }

    private static string FormatText(PlanEntry entry)
    {
        var head = $"{PostTimes.Format(entry.Local)}  {entry.Schedule} → {entry.Destination}";
        if (entry.Length is not null)
        {
            head += $"  ({FormatLength(entry)})";
        }

        var content = FormatContent(entry).Replace("\n", "\n  ", StringComparison.Ordinal);
        var notes = entry.Notes.Select(note => $"\n  Note: {note}");
        return $"{head}\n  {content}{string.Concat(notes)}";
    }

    private static string FormatContent(PlanEntry entry)
    {
        if (entry.Text is null)
        {
            return $"nothing: {entry.Reason}";
        }

        if (entry.Warning is null)
        {
            return entry.Text;
        }

        return $"[content warning: {entry.Warning}]\n{entry.Text}";
    }

    private static string FormatLength(PlanEntry entry) =>
        entry.Length is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{entry.Length} of {entry.Limit}");

    private sealed record PlanFormat(bool IsJson, bool IsBrief);
}
