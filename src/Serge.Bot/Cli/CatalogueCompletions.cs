using System.CommandLine;
using System.CommandLine.Completions;

namespace Serge.Bot.Cli;

/// <summary>Completes ids and topics from the quote files. Without readable files nothing is completed.</summary>
internal static class CatalogueCompletions
{
    /// <summary>Completes the ids of quotations and events.</summary>
    public static void CompleteItems(this Argument<string> argument, CommandContext context)
    {
        argument.CompletionSources.Add(Complete(context, ItemLookup.GetIds));
    }

    /// <summary>Completes the ids of quotations.</summary>
    public static void CompleteQuotes(this Option<string?> option, CommandContext context)
    {
        option.CompletionSources.Add(Complete(context, static catalogue => catalogue.Quotes.Select(quote => quote.Id)));
    }

    /// <summary>Completes the topics.</summary>
    public static void CompleteTopics(this Option<string?> option, CommandContext context)
    {
        option.CompletionSources.Add(
            Complete(context, static catalogue => catalogue.Topics.Select(topic => topic.Name))
        );
    }

    private static Func<CompletionContext, IEnumerable<CompletionItem>> Complete(
        CommandContext context,
        Func<QuoteCatalogue, IEnumerable<string>> getWords
    ) =>
        completion =>
        {
            var catalogue = TryRead(context, completion.ParseResult);
            var words = catalogue is null ? [] : getWords(catalogue);
            var start = completion.WordToComplete;
            var matching = words.Where(word => word.StartsWith(start, StringComparison.OrdinalIgnoreCase));
            return matching.Select(word => new CompletionItem(word));
        };

    private static QuoteCatalogue? TryRead(CommandContext context, ParseResult result)
    {
        try
        {
            var home = context.GetHome(result);
            return CatalogueReader.Read(HomeDirectory.GetQuotes(home)).Catalogue;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }
}
