using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge preview ID</c>: a quotation or an event exactly as it would be posted on either platform.</summary>
internal static class PreviewCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The id of the quotation or event, as in the files." };
        var json = TablePrinter.JsonOption();
        var command = new Command(
            "preview",
            "Show a quotation or an event exactly as it would be posted on Mastodon and on Discord, with its length against the limits."
        )
        {
            id,
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var limits = new InstanceLimits();
                _ = await ServerLimits.NameAsync(view.Settings, limits, context, cancellationToken);
                var preview = Find(
                    result.GetValue(id)!,
                    view,
                    new PostRenderer(view.Settings, limits),
                    context.Clocks.Schedule.GetUtcNow()
                );
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(preview, ListJson.Readable.ItemPreview));
                }
                else
                {
                    await ShowAsync(preview, context);
                }

                return preview.Posts.Any(post => post.Text is not null) && preview.WithdrawnSince is null ? 0 : 1;
            }
        );
        return command;
    }

    private static ItemPreview Find(string id, CatalogueView view, PostRenderer renderer, DateTimeOffset now)
    {
        var since = view.SinceOf(id);
        if (view.Whole.FindQuote(id) is { } quote)
        {
            return ItemPreview.Of(quote, renderer, view.Settings, since);
        }

        if (view.Whole.FindEvent(id) is { } e)
        {
            var others = view.Withdrawn.Keys.Where(other => other != id).ToHashSet(StringComparer.Ordinal);
            return ItemPreview.Of(
                e,
                view.Whole.Without(others),
                renderer,
                view.Settings,
                DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, view.Settings.TimeZone).DateTime),
                since
            );
        }

        throw new CommandException(
            $"No quotation or event has the id {id}. {DidYouMean.Hint(id, view.Whole.Quotes.Select(one => one.Id).Concat(view.Whole.Events.Select(one => one.Id)))}serge quotes and serge events list them."
        );
    }

    private static async Task ShowAsync(ItemPreview preview, CommandContext context)
    {
        if (preview.WithdrawnSince is { } since)
        {
            await context.Output.WriteLineAsync($"{CatalogueView.Remark(preview.Id, since)}\n");
        }

        if (preview.Kind == "event")
        {
            await context.Output.WriteLineAsync(
                preview.Day is { } day
                    ? $"Posted with the other events of its day, next on {Strings.English.DayOfYear(day)} {day.Year.ToString(CultureInfo.InvariantCulture)}.\n"
                    : "Never posted of itself: its date is not known to the day. Members find it with /timeline, and near other days."
            );
        }

        foreach (var post in preview.Posts)
        {
            var heading = string.Join(
                ", ",
                new[]
                {
                    $"{post.Platform}: {(post.Length is { } length ? string.Create(CultureInfo.InvariantCulture, $"{length} of {post.Limit} characters") : string.Create(CultureInfo.InvariantCulture, $"more than {post.Limit} characters"))}",
                    post.Visibility,
                    post.Language,
                    post.Warning is null ? null : $"content warning “{post.Warning}”",
                }.OfType<string>()
            );
            var body = string.Join(
                '\n',
                [.. new[] { post.Text }.OfType<string>(), .. post.Notes.Select(note => $"Note: {note}")]
            );
            if (context.Terminal is { } terminal)
            {
                ConsoleOutput.WritePanel(context.Output, terminal, heading, body);
            }
            else
            {
                await context.Output.WriteLineAsync(
                    $"{heading}\n  {body.Replace("\n", "\n  ", StringComparison.Ordinal)}\n"
                );
            }
        }
    }
}
