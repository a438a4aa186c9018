using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Commands;

/// <summary><c>/quote</c>: a quotation, at random or by topic, words or id, and a button for another one.</summary>
/// <remarks>The button turns its message into the next quotation, whoever presses it: the channel stays quiet, a private answer stays private, and
/// as the walk is written in the button nothing comes twice, however often and after however many restarts it is pressed.</remarks>
internal sealed class QuoteSlashCommand(LiveCatalogue catalogue, Random chance) : ISlashCommand
{
    private const int MostSuggestions = 25;

    /// <summary>So that the words fit into a button's custom id, with the rest of its state.</summary>
    private const int LongestSearch = 60;

    /// <summary>Up to this length a quotation fits into a message whatever has to be escaped in it; a longer one has to be tried.</summary>
    private const int CertainlyFits = 700;

    public CommandDefinition Definition { get; } =
        CommandText.Command(
            "quote",
            CommandText.Option("quote topic") with
            {
                Completes = true,
                MaxLength = 100,
            },
            CommandText.Option("quote search") with
            {
                Completes = true,
                MaxLength = LongestSearch,
            },
            CommandText.Option("quote id") with
            {
                Completes = true,
                MaxLength = 100,
            },
            CommandText.Option("quote private") with
            {
                Type = CommandOptionType.Boolean,
            }
        );

    public bool IsEphemeral(Interaction interaction) =>
        interaction is Interaction.Command command && IsPrivate(command);

    public ValueTask<Reply> HandleAsync(Interaction.Command command, Strings words, CancellationToken cancellationToken)
    {
        var current = catalogue.Current;
        if (current.Quotes.Count == 0)
        {
            return new(Replies.Ephemeral(words.NoQuotations));
        }

        var (id, search, typedTopic) = (Typed(command, "id"), Typed(command, "search"), Typed(command, "topic"));
        if (id is not null && current.FindQuote(id) is null)
        {
            return new(
                Replies.Ephemeral(
                    $"{words.NoSuchQuote(Replies.Typed(id, words))} {Replies.NearOrList(id, current.Quotes.Select(quote => quote.Id), words)}"
                )
            );
        }

        var topic = typedTopic is null
            ? null
            : current
                .Topics.FirstOrDefault(known =>
                    string.Equals(known.Name, typedTopic, StringComparison.OrdinalIgnoreCase)
                )
                ?.Name;
        if (id is null && typedTopic is not null && topic is null)
        {
            var some = current
                .SuggestTopics(typedTopic)
                .Concat(current.Topics)
                .Select(known => known.Name)
                .Distinct(StringComparer.Ordinal)
                .Take(5);
            var instead = Spelling.Nearest(typedTopic, current.Topics.Select(known => known.Name)) is { } near
                ? words.DidYouMean(near)
                : words.SomeTopics(string.Join(", ", some));
            return new(Replies.Ephemeral($"{words.NoSuchTopic(Replies.Typed(typedTopic, words))} {instead}"));
        }

        // A suggestion that was picked from the list arrives as an id; words that were typed out arrive as they are.
        var wanted = current.FindQuote(id ?? search ?? "");
        if (wanted is not null && !Fits(wanted, words))
        {
            return new(Replies.Ephemeral(words.TooLong(wanted.Id)));
        }

        var filter = wanted is null ? new QuoteFilter(topic, search) : new QuoteFilter(id is null ? topic : null, null);
        var pool = filter.Of(current, words);
        if (wanted is null && pool.Count == 0)
        {
            var typed = Replies.Typed(search ?? "", words);
            return new(
                Replies.Ephemeral(topic is null ? words.NothingFound(typed) : words.NothingFoundInTopic(typed, topic))
            );
        }

        var quote = wanted ?? (search is null ? pool[chance.Next(pool.Count)] : pool[0]);
        return new(
            new Reply.Message(
                Show(quote, pool.Count > 1 ? QuoteCycle.BeginWith(quote, chance) : null, filter, words),
                IsPrivate(command)
            )
        );
    }

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Completion completion,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var topic = completion.Options.GetValueOrDefault("topic");
        IEnumerable<Choice> choices = completion.Option switch
        {
            "topic" => catalogue
                .Current.SuggestTopics(completion.Typed, MostSuggestions)
                .Select(known => new Choice(known.Name, known.Name)),
            "search" => catalogue
                .Current.Suggest(completion.Typed, topic, MostSuggestions)
                .Select(quote => new Choice(quote.Text, quote.QuoteId)),
            "id" => catalogue
                .Current.Quotes.Where(quote =>
                    quote.Id.Contains(completion.Typed.Trim(), StringComparison.OrdinalIgnoreCase)
                )
                .Select(quote => new Choice(quote.Id, quote.Id)),
            _ => [],
        };
        return new(Replies.Suggestions(choices));
    }

    public ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        if (
            press.CustomId.Split(':', 4) is not ["quote", var walk, var topic, var search]
            || !QuoteCycle.TryParse(walk, out var round)
            || QuoteFilter.Read(catalogue.Current, topic, search) is not { } filter
        )
        {
            return new(Replies.Ephemeral(words.ButtonIsGone));
        }

        var pool = filter.Of(catalogue.Current, words);
        if (round.Next(pool) is not var (quote, next, anew))
        {
            return new(Replies.Ephemeral(pool.Count == 0 ? words.NoneAnyMore : words.NoOther));
        }

        var remark = anew ? $"\n-# {words.AllShown(words.Number(pool.Count))}" : "";
        return new(new Reply.Update(Show(quote, next, filter, words, remark)));
    }

    /// <summary>A quotation with its buttons.</summary>
    /// <param name="quote">Which.</param>
    /// <param name="round">The walk as it is now; <see langword="null"/> when there is no other quotation to go to.</param>
    /// <param name="filter">Where the walk goes on.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="remark">What stands below it, with its line break.</param>
    private static DiscordMessage Show(
        Quote quote,
        QuoteCycle? round,
        QuoteFilter filter,
        Strings words,
        string remark = ""
    )
    {
        Button[] another = round is null ? [] : [new Button(words.Another, $"quote:{round}:{filter}")];
        return new DiscordMessage
        {
            Text = QuoteFormatter
                .GetVariants(quote, Markup.Discord, words)
                .Select(text => $"{text}\n-# {quote.Id}{remark}")
                .First(Replies.Fits),
            Buttons = Replies.WithinLimits([.. another, new Button(words.Source, $"source:{quote.Id}")]),
        };
    }

    private static bool Fits(Quote quote, Strings words) =>
        quote.Text.Length <= CertainlyFits
        || QuoteFormatter
            .GetVariants(quote, Markup.Discord, words)
            .Any(text => Replies.Fits($"{text}\n-# {quote.Id}\n{new string('.', 100)}"));

    private static bool IsPrivate(Interaction.Command command) =>
        command.Options.GetValueOrDefault("private") == "true";

    /// <summary>What was typed; nothing but spaces and signs is nothing.</summary>
    private static string? Typed(Interaction.Command command, string option) =>
        command.Options.GetValueOrDefault(option)?.Trim() is { } typed
        && (option != "search" || NormalizedPostText.FromText(typed).Length > 0)
            ? typed
            : null;

    /// <summary>Which quotations are wanted.</summary>
    /// <param name="Topic">With this topic.</param>
    /// <param name="Search">With these words.</param>
    private sealed record QuoteFilter(string? Topic, string? Search)
    {
        /// <summary>Those of the catalogue that can be shown, best first.</summary>
        public IReadOnlyList<Quote> Of(QuoteCatalogue catalogue, Strings words) =>
            [.. catalogue.Search(Search ?? "", Topic, int.MaxValue).Where(quote => Fits(quote, words))];

        /// <summary>Reads what <see cref="ToString"/> wrote; <see langword="null"/> when there is no such topic any more.</summary>
        public static QuoteFilter? Read(QuoteCatalogue catalogue, string topic, string search)
        {
            var known =
                topic.Length == 0 ? null : catalogue.Topics.FirstOrDefault(known => Mark(known.Name) == topic)?.Name;
            return topic.Length > 0 && known is null ? null : new QuoteFilter(known, search);
        }

        /// <summary>A mark of the topic, for its name may be long, and the words as they are.</summary>
        public override string ToString() => $"{(Topic is null ? "" : Mark(Topic))}:{Search}";

        /// <summary>Six characters; among a thousand topics two have the same with a chance of 1 in 8,000.</summary>
        private static string Mark(string topic) =>
            Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(topic)).AsSpan(0, 4));
    }
}
