namespace Serge.Bot.Commands;

/// <summary><c>/source</c>: where a quotation or an event comes from, and what is uncertain about it. Also the button of that name under a quotation.</summary>
internal sealed class SourceSlashCommand(LiveCatalogue catalogue) : ISlashCommand
{
    public CommandDefinition Definition { get; } =
        CommandText.Command(
            "source",
            CommandText.Option("source id") with
            {
                Required = true,
                Completes = true,
                MaxLength = 100,
            }
        );

    public bool IsEphemeral(Interaction interaction) => interaction is Interaction.ButtonPress;

    public ValueTask<Reply> HandleAsync(Interaction.Command command, Strings words, CancellationToken cancellationToken)
    {
        var id = command.Options.GetValueOrDefault("id", "").Trim();
        return new(Find(id, words) is { } text ? Replies.Public(text) : NotFound(id, words));
    }

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Completion completion,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var current = catalogue.Current;
        var typed = completion.Typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var byId = current
            .Quotes.Where(quote => quote.Id.Contains(completion.Typed.Trim(), StringComparison.OrdinalIgnoreCase))
            .Select(quote => new Choice(quote.Text, quote.Id));
        var quotes = current.Suggest(completion.Typed).Select(quote => new Choice(quote.Text, quote.QuoteId));
        var events = current
            .Events.Select(e => (Choice: new Choice(words.EventLine(words.Date(e.Date), e.Text), e.Id), Event: e))
            .Where(known =>
                typed.All(word =>
                    known.Choice.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
                    || known.Event.Id.Contains(word, StringComparison.OrdinalIgnoreCase)
                )
            )
            .Select(known => known.Choice);
        // With nothing typed yet, of both some.
        return new(
            Replies.Suggestions(
                (typed.Length > 0 ? byId.Concat(quotes) : quotes.Take(12))
                    .Concat(events)
                    .DistinctBy(choice => choice.Value)
            )
        );
    }

    public ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var id = press.CustomId["source:".Length..];
        return new(Find(id, words) is { } text ? Replies.Ephemeral(text) : NotFound(id, words));
    }

    private string? Find(string id, Strings words) =>
        catalogue.Current.FindQuote(id) is { } quote ? SourceFormatter.Of(quote, Markup.Discord, words, Replies.Fits)
        : catalogue.Current.FindEvent(id) is { } known ? SourceFormatter.Of(known, Markup.Discord, words, Replies.Fits)
        : null;

    private Reply NotFound(string id, Strings words)
    {
        var known = catalogue
            .Current.Quotes.Select(quote => quote.Id)
            .Concat(catalogue.Current.Events.Select(e => e.Id));
        return Replies.Ephemeral(
            $"{words.NoSuchItem(Replies.Typed(id, words))} {Replies.NearOrList(id, known, words)}"
        );
    }
}
