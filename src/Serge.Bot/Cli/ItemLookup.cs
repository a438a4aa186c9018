namespace Serge.Bot.Cli;

/// <summary>Ids of quotations and events that somebody typed.</summary>
internal static class ItemLookup
{
    /// <summary>Refuses an id that neither the files nor the ledger know.</summary>
    /// <exception cref="CommandException">There is no such thing; the message says what is like it.</exception>
    public static void Require(string item, QuoteCatalogue catalogue, IReadOnlyList<Post> posts)
    {
        if (posts.Count == 0 && catalogue.FindQuote(item) is null && catalogue.FindEvent(item) is null)
        {
            var known = catalogue.Quotes.Select(quote => quote.Id).Concat(catalogue.Events.Select(e => e.Id));
            throw new CommandException(
                $"There is no quotation or event with the id {item}, and none was ever posted. {DidYouMean.Hint(item, known)}".TrimEnd()
            );
        }
    }
}
