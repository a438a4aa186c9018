using Serge.Bot.Rendering;

namespace Serge.Bot.Commands;

/// <summary><c>/quote</c>: a quotation, at random or by topic, words or id.</summary>
internal sealed class QuoteCommand(LiveCatalogue catalogue, Random random) : ISlashCommand
{
    private const int MostSuggestions = 25;

    public CommandDefinition Definition { get; } = CommandText.Command(
        "quote",
        CommandText.Option("quote topic") with { Completes = true, MaxLength = 100 },
        CommandText.Option("quote search") with { Completes = true, MaxLength = 100 },
        CommandText.Option("quote id") with { Completes = true, MaxLength = 100 });

    public ValueTask<Reply> AnswerAsync(Interaction.Command command, Words words, CancellationToken cancellationToken) => new(Answer(command, words));

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(Interaction.Completion completion, Words words, CancellationToken cancellationToken)
    {
        var topic = completion.Options.GetValueOrDefault("topic");
        IReadOnlyList<Choice> choices = completion.Option switch
        {
            "topic" => [.. catalogue.Current.SuggestTopics(completion.Typed, MostSuggestions).Select(known => new Choice(known.Name, known.Name))],
            "search" => [.. catalogue.Current.Suggest(completion.Typed, topic, MostSuggestions).Select(quote => new Choice(quote.Text, quote.QuoteId))],
            "id" => [.. catalogue.Current.Quotes.Where(quote => quote.Id.Contains(completion.Typed.Trim(), StringComparison.OrdinalIgnoreCase))
                .Take(MostSuggestions).Select(quote => new Choice(quote.Id, quote.Id))],
            _ => [],
        };
        return new(choices);
    }

    private Reply Answer(Interaction.Command command, Words words)
    {
        var (id, search, topic) = (command.Options.GetValueOrDefault("id"), command.Options.GetValueOrDefault("search"), command.Options.GetValueOrDefault("topic"));
        if (id is not null)
        {
            return catalogue.Current.FindQuote(id.Trim()) is { } quote
                ? Show(quote, words)
                : Replies.ForYou(words.NoSuchQuote(Replies.Typed(id, words)));
        }

        // A suggestion that was picked from the list arrives as an id; words that were typed out arrive as they are.
        if (search is not null && catalogue.Current.FindQuote(search) is { } picked)
        {
            return Show(picked, words);
        }

        var known = topic is null ? null : catalogue.Current.Topics.FirstOrDefault(known => string.Equals(known.Name, topic.Trim(), StringComparison.OrdinalIgnoreCase))?.Name;
        if (topic is not null && known is null)
        {
            var near = catalogue.Current.SuggestTopics(topic, 5);
            var some = near.Count > 0 ? near : catalogue.Current.SuggestTopics("", 8);
            return Replies.ForYou(words.NoSuchTopic(Replies.Typed(topic, words), string.Join(", ", some.Select(one => one.Name))));
        }

        var found = catalogue.Current.Search(search ?? "", known, search is null ? int.MaxValue : 1);
        return found.Count > 0
            ? Show(search is null ? found[random.Next(found.Count)] : found[0], words)
            : Replies.ForYou(known is null ? words.NothingFound(Replies.Typed(search ?? "", words)) : words.NothingFoundInTopic(Replies.Typed(search ?? "", words), known));
    }

    private static Reply Show(Quote quote, Words words) => Replies.ForAll($"{QuoteText.Of(quote, Markup.Discord, words)}\n-# {quote.Id}");
}
