using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge quotes</c>: lists quotations.</summary>
internal static class QuotesCommand
{
    /// <summary>What commands print if the quote files have no quotation.</summary>
    public const string NoQuotations = "There are no quotations.";

    public static Command Create(CommandContext context)
    {
        Option<string?> topic = new("--topic")
        {
            Description = "Only quotations about this topic.",
            HelpName = "TOPIC",
        };
        topic.CompleteTopics(context);
        Option<string?> search = new("--search")
        {
            Description = "Only quotations with these words, best match first.",
        };
        var json = TablePrinter.JsonOption(", with the complete text");
        Command command = new("quotes", "List the quotations: id, topics, and the beginning of the text.")
        {
            topic,
            search,
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var words = result.GetValue(search);
                var found = view.SearchUnfiltered(words, result.GetValue(topic));
                if (result.GetValue(json))
                {
                    ListedQuote[] listed = [.. found.Select(quote => Describe(quote, view))];
                    var text = ListJson.Of(listed, ListJson.Readable.IReadOnlyListListedQuote);
                    await context.Output.WriteLineAsync(text);
                    return 0;
                }

                TablePrinter table = new("id", "topics", "text", "") { WrapColumn = 2 };
                foreach (var quote in found)
                {
                    var topics = string.Join(", ", quote.Topics);
                    var withdrawn = Cell.Withdrawn(view.GetWithdrawnSince(quote.Id));
                    table.Add(quote.Id, topics, context.Shorten(quote.Text), withdrawn);
                }

                var whenEmpty = words is null ? NoQuotations : "No quotation contains these words.";
                await table.WriteAsync(context, whenEmpty);
                return 0;
            }
        );
        return command;
    }

    private static ListedQuote Describe(Quote quote, CatalogueView view)
    {
        var withdrawnSince = view.GetWithdrawnSince(quote.Id);
        return new(quote.Id, quote.Text, quote.Topics, quote.Work?.Id, quote.Via?.Id, withdrawnSince);
    }
}

/// <summary>A quotation in JSON.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Word for word.</param>
/// <param name="Topics">What it is about.</param>
/// <param name="Work">Id of the work, if it is known.</param>
/// <param name="Via">Id of the essay that quotes it; missing when it is from the work itself.</param>
/// <param name="WithdrawnSince">Since when it is withdrawn; missing when it is not.</param>
internal sealed record ListedQuote(
    string Id,
    string Text,
    IReadOnlyList<string> Topics,
    string? Work,
    string? Via,
    DateTimeOffset? WithdrawnSince
);
