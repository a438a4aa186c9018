using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge events</c>: lists the events, oldest first.</summary>
internal static class EventsCommand
{
    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption(", with the complete text");
        Command command = new(
            "events",
            "List the events, oldest first: date, id, certainty of the date, and the beginning of the text."
        )
        {
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                Event[] events = [.. view.Unfiltered.Events.OrderBy(e => e.Date.Earliest)];
                if (result.GetValue(json))
                {
                    ListedEvent[] listed = [.. events.Select(e => Describe(e, view))];
                    var text = ListJson.Of(listed, ListJson.Readable.IReadOnlyListListedEvent);
                    await context.Output.WriteLineAsync(text);
                    return 0;
                }

                TablePrinter table = new("date", "id", "status", "text", "") { WrapColumn = 3 };
                foreach (var e in events)
                {
                    var style = e.Status == EventStatus.Sure ? TextStyle.Plain : TextStyle.Note;
                    Cell status = new(GetStatus(e), style);
                    var withdrawn = Cell.Withdrawn(view.GetWithdrawnSince(e.Id));
                    table.Add(e.Date.ToString(), e.Id, status, context.Shorten(e.Text), withdrawn);
                }

                await table.WriteAsync(context, "There are no events.");
                return 0;
            }
        );
        return command;
    }

    private static ListedEvent Describe(Event e, CatalogueView view)
    {
        var date = e.Date.ToString();
        var withdrawnSince = view.GetWithdrawnSince(e.Id);
        return new(e.Id, date, e.Text, GetStatus(e), withdrawnSince);
    }

    private static string GetStatus(Event e) => e.Status.ToString().ToLowerInvariant();
}

/// <summary>An event in JSON.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Date">EDTF, as in the file.</param>
/// <param name="Text">What happened.</param>
/// <param name="Status"><c>sure</c>, <c>likely</c> or <c>disputed</c>.</param>
/// <param name="WithdrawnSince">Since when it is withdrawn; missing when it is not.</param>
internal sealed record ListedEvent(string Id, string Date, string Text, string Status, DateTimeOffset? WithdrawnSince);
