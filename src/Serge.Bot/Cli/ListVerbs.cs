using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge quotes</c>: all quotations, or those about something, one line each.</summary>
internal static class QuotesCommand
{
    public static Command Create(CommandContext context)
    {
        var topic = new Option<string?>("--topic") { Description = "About this." };
        var search = new Option<string?>("--search") { Description = "With these words, best first." };
        var json = TablePrinter.JsonOption(", with the whole text");
        var command = new Command("quotes", "List the quotations: id, topics, and how they begin.")
        {
            topic,
            search,
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var found = view.Find(result.GetValue(search), result.GetValue(topic));
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(
                        ListJson.Of(
                            [.. found.Select(quote => ListedQuote.Of(quote, view.SinceOf(quote.Id)))],
                            ListJson.Readable.IReadOnlyListListedQuote
                        )
                    );
                    return 0;
                }

                var list = new TablePrinter("id", "topics", "words", "") { WrapColumn = 2 };
                foreach (var quote in found)
                {
                    list.Add(
                        quote.Id,
                        string.Join(", ", quote.Topics),
                        context.Shown(quote.Text),
                        Withdrawal.Cell(view.SinceOf(quote.Id))
                    );
                }

                await list.WriteAsync(context, "No quotation has these words.");
                return 0;
            }
        );
        return command;
    }
}

/// <summary><c>serge topics</c>: what the quotations are about.</summary>
internal static class TopicsCommand
{
    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption();
        var command = new Command("topics", "List the topics, and how many quotations have each.") { json };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var topics = (await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken))
                    .Served
                    .Topics;
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(topics, ListJson.Readable.IReadOnlyListTopic));
                    return 0;
                }

                var list = new TablePrinter("topic", "quotations");
                foreach (var topic in topics)
                {
                    list.Add(topic.Name, topic.Count.ToString(CultureInfo.InvariantCulture));
                }

                await list.WriteAsync(context, "There is no quotation.");
                return 0;
            }
        );
        return command;
    }
}

/// <summary><c>serge events</c>: all events, oldest first, one line each.</summary>
internal static class EventsCommand
{
    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption(", with the whole text");
        var command = new Command(
            "events",
            "List the events, oldest first: date, id, how certain the date is, and how they begin."
        )
        {
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var events = view.Whole.Events.OrderBy(e => e.Date.Earliest).ToArray();
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(
                        ListJson.Of(
                            [.. events.Select(e => ListedEvent.Of(e, view.SinceOf(e.Id)))],
                            ListJson.Readable.IReadOnlyListListedEvent
                        )
                    );
                    return 0;
                }

                var list = new TablePrinter("date", "id", "status", "words", "") { WrapColumn = 3 };
                foreach (var e in events)
                {
                    list.Add(
                        e.Date.ToString(),
                        e.Id,
                        new Cell(ListedEvent.StatusOf(e), e.Status == EventStatus.Sure ? TextStyle.Plain : TextStyle.Note),
                        context.Shown(e.Text),
                        Withdrawal.Cell(view.SinceOf(e.Id))
                    );
                }

                await list.WriteAsync(context, "There is no event.");
                return 0;
            }
        );
        return command;
    }
}

/// <summary>How a listing says that an item is withdrawn.</summary>
internal static class Withdrawal
{
    public static Cell Cell(DateTimeOffset? since) =>
        since is { } moment
            ? new Cell(FormattableString.Invariant($"withdrawn since {moment:yyyy-MM-dd}"), TextStyle.Bad)
            : "";
}

/// <summary>A quotation for other programs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Word for word.</param>
/// <param name="Topics">What it is about.</param>
/// <param name="Work">The id of the work of Serge's, where the essay says so.</param>
/// <param name="Via">The id of the essay that quotes it.</param>
/// <param name="WithdrawnSince">Since when it is withdrawn; missing when it is not.</param>
internal sealed record ListedQuote(
    string Id,
    string Text,
    IReadOnlyList<string> Topics,
    string? Work,
    string Via,
    DateTimeOffset? WithdrawnSince
)
{
    public static ListedQuote Of(Quote quote, DateTimeOffset? withdrawnSince) =>
        new(quote.Id, quote.Text, quote.Topics, quote.Work?.Id, quote.Via.Id, withdrawnSince);
}

/// <summary>An event for other programs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Date">EDTF, as in the file.</param>
/// <param name="Text">What happened.</param>
/// <param name="Status"><c>sure</c>, <c>likely</c> or <c>disputed</c>.</param>
/// <param name="WithdrawnSince">Since when it is withdrawn; missing when it is not.</param>
internal sealed record ListedEvent(string Id, string Date, string Text, string Status, DateTimeOffset? WithdrawnSince)
{
    public static ListedEvent Of(Event e, DateTimeOffset? withdrawnSince) =>
        new(e.Id, e.Date.ToString(), e.Text, StatusOf(e), withdrawnSince);

    public static string StatusOf(Event e) => e.Status.ToString().ToLowerInvariant();
}
