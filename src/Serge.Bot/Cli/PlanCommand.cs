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
        Option<bool> empty = new("--empty") { Description = "Also show when a schedule is due and posts nothing." };
        var markdown = CreateMarkdownOption();
        var json = TablePrinter.JsonOption();
        Command command = new(
            "plan",
            "Show what will be posted: the exact text for each destination, and its length with the limit there."
        )
        {
            days,
            brief,
            empty,
            markdown,
            json,
        };
        command.SetAction(
            (result, cancellationToken) =>
            {
                PlanFormat format = new()
                {
                    IsJson = result.GetValue(json),
                    IsBrief = result.GetValue(brief),
                    HasEmpty = result.GetValue(empty),
                    HasMarkdown = result.GetValue(markdown),
                };
                var period = TimeSpan.FromDays(result.GetValue(days));
                return context.RunAsync<PlanCommand>(
                    result,
                    (plan, stop) => plan.RunAsync(period, format, stop),
                    cancellationToken
                );
            }
        );
        return command;
    }

    /// <summary>The option that shows messages for Discord as they are sent.</summary>
    public static Option<bool> CreateMarkdownOption() =>
        new("--markdown") { Description = "Show messages for Discord as they are sent: with their Markdown." };

    private async Task<int> RunAsync(TimeSpan period, PlanFormat format, CancellationToken cancellationToken)
    {
        await limits.LoadAsync(cancellationToken);
        var all = await builder.BuildAsync(period, cancellationToken);
        PlanEntry[] plan = [.. all.Where(entry => format.HasEmpty || entry.Text is not null)];
        await WriteRemarksAsync();
        if (format.IsJson)
        {
            var json = ListJson.Of(plan, ListJson.Readable.IReadOnlyListPlanEntry);
            await context.Output.WriteLineAsync(json);
        }
        else if (plan.Length == 0)
        {
            await context.Output.WriteLineAsync("Nothing is planned: no schedule posts anything in these days.");
        }
        else if (format.IsBrief)
        {
            CreateBriefTable(plan).WriteTo(context.Output, context.Terminal);
        }
        else if (context.Terminal is null)
        {
            var texts = plan.Select(entry => FormatText(entry, format));
            await context.Output.WriteLineAsync(string.Join("\n\n", texts));
        }
        else
        {
            CreateTable(plan, format).WriteTo(context.Output, context.Terminal);
        }

        return 0;
    }

    /// <summary>Writes what will not be posted: to disabled platforms, and items that are too long.</summary>
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

            foreach (var e in renderers.Get(destination).FindNeverPosted(catalogue.Current))
            {
                await context.Error.WriteLineAsync(
                    $"{e.Id} is too long for {destination}, alone or with the other events of its day, and is never "
                        + "posted there."
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

    private static TablePrinter CreateTable(IReadOnlyList<PlanEntry> plan, PlanFormat format)
    {
        TablePrinter table = new("when and where", "content") { HasLines = true, WrapColumn = 1 };
        foreach (var entry in plan)
        {
            var time = PostTimes.Format(entry.Local);
            var head = $"{time}\n{entry.Schedule}\n→ {entry.Destination}\n{FormatLength(entry)}";
            List<string> lines = [FormatContent(entry, format)];
            lines.AddRange(entry.Notes.Select(note => $"Note: {note}"));
            Cell content = new(string.Join('\n', lines), FormatItems(entry).Style);
            table.Add(head.TrimEnd(), content);
        }

        return table;
    }

    private static string FormatText(PlanEntry entry, PlanFormat format)
    {
        var time = PostTimes.Format(entry.Local);
        var head = $"{time}  {entry.Schedule} → {entry.Destination}";
        if (entry.Length is not null)
        {
            head += $"  ({FormatLength(entry)})";
        }

        var content = ConsoleOutput.Indent(FormatContent(entry, format));
        var text = $"{head}\n  {content}";
        foreach (var note in entry.Notes)
        {
            text += $"\n  Note: {note}";
        }

        return text;
    }

    private static string FormatContent(PlanEntry entry, PlanFormat format)
    {
        if (entry.Text is null)
        {
            return $"nothing: {entry.Reason}";
        }

        var text = entry.Text;
        if (entry.IsDiscord && !format.HasMarkdown)
        {
            text = DiscordText.FromMarkdown(text);
        }

        // Discord has no content warnings: the text itself has them.
        if (entry.Warning is null || entry.IsDiscord)
        {
            return text;
        }

        return $"[content warning: {entry.Warning}]\n{text}";
    }

    private static string FormatLength(PlanEntry entry)
    {
        if (entry.Length is null)
        {
            return "";
        }

        var length = string.Create(CultureInfo.InvariantCulture, $"{entry.Length} of {entry.Limit}");
        if (entry.Visibility is null)
        {
            return length;
        }

        return $"{length}, {entry.Visibility}";
    }

    private sealed record PlanFormat
    {
        public bool IsJson { get; init; }

        public bool IsBrief { get; init; }

        /// <summary>Whether it shows when a schedule is due and posts nothing.</summary>
        public bool HasEmpty { get; init; }

        /// <summary>Whether it shows messages for Discord as they are sent.</summary>
        public bool HasMarkdown { get; init; }
    }
}
