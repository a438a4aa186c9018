using Serge.Bot.Rendering;

namespace Serge.Bot.Commands;

/// <summary><c>/quote</c>: a quotation, at random or by topic, words or id.</summary>
internal sealed class QuoteCommand(LiveCatalogue catalogue, Random random) : ISlashCommand
{
    private const int MostSuggestions = 25;

    public CommandDefinition Definition { get; } = new()
    {
        Name = "quote",
        Description = "A quotation of Victor Serge, with its source",
        Options =
        [
            new CommandOption { Name = "topic", Description = "About this", Completes = true, MaxLength = 100 },
            new CommandOption { Name = "search", Description = "With these words", Completes = true, MaxLength = 100 },
            new CommandOption { Name = "id", Description = "This very one", Completes = true, MaxLength = 100 },
        ],
    };

    public ValueTask<Reply> AnswerAsync(Interaction.Command command, CancellationToken cancellationToken) => new(Answer(command));

    public IReadOnlyList<Choice> Complete(Interaction.Completion completion)
    {
        var topic = completion.Options.GetValueOrDefault("topic");
        return completion.Option switch
        {
            "topic" => [.. catalogue.Current.SuggestTopics(completion.Typed, MostSuggestions).Select(known => new Choice(known.Name, known.Name))],
            "search" => [.. catalogue.Current.Suggest(completion.Typed, topic, MostSuggestions).Select(quote => new Choice(quote.Text, quote.QuoteId))],
            "id" => [.. catalogue.Current.Quotes.Where(quote => quote.Id.Contains(completion.Typed.Trim(), StringComparison.OrdinalIgnoreCase))
                .Take(MostSuggestions).Select(quote => new Choice(quote.Id, quote.Id))],
            _ => [],
        };
    }

    private Reply Answer(Interaction.Command command)
    {
        var (id, words, topic) = (command.Options.GetValueOrDefault("id"), command.Options.GetValueOrDefault("search"), command.Options.GetValueOrDefault("topic"));
        if (id is not null)
        {
            return catalogue.Current.FindQuote(id.Trim()) is { } quote
                ? Show(quote)
                : Replies.ForYou($"There is no quotation with the id “{Replies.Typed(id)}”. Start typing in the option and pick one from the list.");
        }

        // A suggestion that was picked from the list arrives as an id; words that were typed out arrive as they are.
        if (words is not null && catalogue.Current.FindQuote(words) is { } picked)
        {
            return Show(picked);
        }

        var known = topic is null ? null : catalogue.Current.Topics.FirstOrDefault(known => string.Equals(known.Name, topic.Trim(), StringComparison.OrdinalIgnoreCase))?.Name;
        if (topic is not null && known is null)
        {
            var near = catalogue.Current.SuggestTopics(topic, 5);
            var some = near.Count > 0 ? near : catalogue.Current.SuggestTopics("", 8);
            return Replies.ForYou($"There is no topic “{Replies.Typed(topic)}”. Some that exist: {string.Join(", ", some.Select(one => one.Name))}.");
        }

        var found = catalogue.Current.Search(words ?? "", known, words is null ? int.MaxValue : 1);
        return found.Count > 0
            ? Show(words is null ? found[random.Next(found.Count)] : found[0])
            : Replies.ForYou($"No quotation has the words “{Replies.Typed(words ?? "")}”{(topic is null ? "" : " in that topic")}. Try fewer words, or a topic.");
    }

    private static Reply Show(Quote quote) => Replies.ForAll($"{QuoteText.Of(quote, Markup.Discord)}\n-# {quote.Id}");
}
