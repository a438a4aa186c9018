using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge quote</c>: prints a quotation.</summary>
internal static class QuoteCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string?> topic = new("--topic")
        {
            Description = "Only quotations about this topic.",
            HelpName = "TOPIC",
        };
        topic.CompleteTopics(context);
        Option<string?> search = new("--search") { Description = "The quotation that matches these words best." };
        Option<string?> id = new("--id")
        {
            Description = "The quotation with this id, withdrawn or not.",
            HelpName = "ID",
        };
        id.CompleteQuotes(context);
        Command command = new("quote", "Print a quotation with its source.") { topic, search, id };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var quote =
                    Find(view, result.GetValue(id))
                    ?? Choose(view, result.GetValue(search), result.GetValue(topic), context.Dependencies.Random);
                var text = QuoteFormatter.Format(quote, Markup.Plain, Strings.English);
                await context.Output.WriteLineAsync($"{text}\n[{quote.Id}]");
                if (view.GetWithdrawnSince(quote.Id) is { } since)
                {
                    await context.Output.WriteLineAsync(CatalogueView.FormatWithdrawal(quote.Id, since));
                }

                return 0;
            }
        );
        return command;
    }

    /// <returns><see langword="null"/> without an id.</returns>
    private static Quote? Find(CatalogueView view, string? id)
    {
        if (id is null)
        {
            return null;
        }

        if (view.Unfiltered.FindQuote(id) is { } quote)
        {
            return quote;
        }

        var hint = DidYouMean.Hint(id, view.Unfiltered.Quotes.Select(known => known.Id));
        throw new CommandException($"No quotation has the id {id}. {hint}".TrimEnd());
    }

    /// <summary>Chooses the best match, or without words a random quotation.</summary>
    private static Quote Choose(CatalogueView view, string? search, string? topic, Random random)
    {
        var limit = search is null ? int.MaxValue : 1;
        var found = view.SearchServed(search, topic, limit);
        if (found.Count > 0)
        {
            return found[random.Next(found.Count)];
        }

        if (view.SearchUnfiltered(search, topic).Count > 0)
        {
            throw new CommandException("All matching quotations are withdrawn. serge quotes lists them.");
        }

        if (search is null)
        {
            throw new CommandException(QuotesCommand.NoQuotations);
        }

        throw new CommandException($"No quotation contains {search}. Try fewer words.");
    }
}
