using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary>Ids of quotations and events that a person typed.</summary>
internal static class ItemLookup
{
    /// <summary>The argument of a command about one quotation or event.</summary>
    public static Argument<string> CreateArgument(CommandContext context)
    {
        Argument<string> id = new("ID")
        {
            Description = "Id of the quotation or event, as in the quote files.",
            HelpName = "ID",
        };
        id.CompleteItems(context);
        return id;
    }

    public static IEnumerable<string> GetIds(QuoteCatalogue catalogue)
    {
        var quotes = catalogue.Quotes.Select(quote => quote.Id);
        var events = catalogue.Events.Select(e => e.Id);
        return quotes.Concat(events);
    }

    /// <summary>The error for an id that the quote files do not contain; it suggests a similar one.</summary>
    public static CommandException CreateNotFound(string item, QuoteCatalogue catalogue)
    {
        var hint = DidYouMean.Hint(item, GetIds(catalogue));
        return new CommandException(
            $"No quotation or event has the id {item}. {hint}serge quotes and serge events list them."
        );
    }

    /// <summary>Checks that the quote files or the ledger contain an id.</summary>
    /// <exception cref="CommandException">They do not; the message suggests a similar id.</exception>
    public static void Require(string item, QuoteCatalogue catalogue, IReadOnlyList<Post> posts)
    {
        if (posts.Count > 0 || catalogue.FindQuote(item) is not null || catalogue.FindEvent(item) is not null)
        {
            return;
        }

        var hint = DidYouMean.Hint(item, GetIds(catalogue));
        var message = $"No quotation or event has the id {item}, and none with it was posted. {hint}";
        throw new CommandException(message.TrimEnd());
    }
}
