using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge preview ID</c>: shows a quotation or event exactly as it would be posted
/// on each platform.</summary>
internal static class PreviewCommand
{
    public static Command Create(CommandContext context)
    {
        var id = ItemLookup.CreateArgument(context);
        var markdown = PlanCommand.CreateMarkdownOption();
        var json = TablePrinter.JsonOption();
        Command command = new(
            "preview",
            "Show a quotation or event exactly as it would be posted on Mastodon and Discord, with "
                + "its length and the limits."
        )
        {
            id,
            markdown,
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                InstanceLimits limits = new();
                await ServerLimits.LoadAsync(view.Settings, limits, context, cancellationToken);
                ItemPreviewer previewer = new(
                    view.Settings,
                    PostRenderers.Create(view.Settings.MastodonPosts, limits, () => view.Served.Author)
                );
                var preview = Preview(result.GetValue(id)!, view, previewer, context.Clocks.Schedule.GetUtcNow());
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(preview, ListJson.Readable.ItemPreview));
                }
                else
                {
                    await ShowAsync(preview, context, result.GetValue(markdown));
                }

                var isPosted = preview.WithdrawnSince is null && preview.Posts.Any(post => post.Text is not null);
                return CommandLine.GetExitCode(isPosted);
            }
        );
        return command;
    }

    private static ItemPreview Preview(string id, CatalogueView view, ItemPreviewer previewer, DateTimeOffset now)
    {
        var since = view.GetWithdrawnSince(id);
        if (view.Unfiltered.FindQuote(id) is { } quote)
        {
            return previewer.Preview(quote, view.Unfiltered, since);
        }

        if (view.Unfiltered.FindEvent(id) is { } e)
        {
            var others = view.Withdrawn.Keys.Where(other => other != id).ToHashSet(StringComparer.Ordinal);
            var local = TimeZoneInfo.ConvertTime(now, view.Settings.TimeZone);
            var today = DateOnly.FromDateTime(local.DateTime);
            return previewer.Preview(e, view.Unfiltered.Exclude(others), today, since);
        }

        throw ItemLookup.CreateNotFound(id, view.Unfiltered);
    }

    private static async Task ShowAsync(ItemPreview preview, CommandContext context, bool showsMarkdown)
    {
        if (preview.WithdrawnSince is { } since)
        {
            await context.Output.WriteLineAsync($"{CatalogueView.FormatWithdrawal(preview.Id, since)}\n");
        }

        if (preview.Kind == "event")
        {
            await context.Output.WriteLineAsync(DescribeDay(preview.Day));
        }

        foreach (var post in preview.Posts)
        {
            await WriteAsync(FormatHeading(post), FormatBody(post, showsMarkdown), context);
        }

        if (preview.Picture is { } picture)
        {
            await WriteAsync("Picture, for schedules with pictures", picture, context);
        }
    }

    private static async Task WriteAsync(string heading, string body, CommandContext context)
    {
        if (context.Terminal is { } terminal)
        {
            ConsoleOutput.WritePanel(context.Output, terminal, heading, body);
        }
        else
        {
            var indented = ConsoleOutput.Indent(body);
            await context.Output.WriteLineAsync($"{heading}\n  {indented}\n");
        }
    }

    private static string DescribeDay(DateOnly? day)
    {
        if (day is not { } next)
        {
            return "Never posted by a schedule: its date is not known to the day, or its entry says post: false. "
                + "/timeline and /on-this-day show it.";
        }

        var year = next.Year.ToString(CultureInfo.InvariantCulture);
        return $"Posted with the other events of its day, next on {Strings.English.DayOfYear(next)} {year}.\n";
    }

    private static string FormatHeading(PostPreview post)
    {
        var length = post.Length is { } known
            ? Invariant($"{known} of {post.Limit} characters")
            : Invariant($"more than {post.Limit} characters");
        List<string> parts = [$"{post.Platform}: {length}"];
        if (post.Visibility is { } visibility)
        {
            parts.Add(visibility);
        }

        if (post.Language is { } language)
        {
            parts.Add(language);
        }

        if (post.Warning is { } warning)
        {
            parts.Add($"content warning “{warning}”");
        }

        return string.Join(", ", parts);
    }

    private static string FormatBody(PostPreview post, bool showsMarkdown)
    {
        List<string> lines = [.. post.Notes.Select(note => $"Note: {note}")];
        if (post.Text is { } text)
        {
            var isDiscord = post.Platform.StartsWith("Discord", StringComparison.Ordinal);
            lines.Insert(0, isDiscord && !showsMarkdown ? DiscordText.FromMarkdown(text) : text);
        }

        return string.Join('\n', lines);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
