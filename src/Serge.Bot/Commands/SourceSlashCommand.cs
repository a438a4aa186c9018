namespace Serge.Bot.Commands;

/// <summary><c>/source</c>, and the button with that name: the source of a quotation or an event, and what is
/// uncertain.</summary>
internal sealed class SourceSlashCommand(LiveCatalogue catalogue, BotSettings settings) : ISlashCommand
{
    /// <summary>Before anything is typed: leaves room for events among the 25 choices.</summary>
    private const int MaxInitialQuotes = 12;

    private readonly PageLinks _links = new(settings.Site.Address);

    public CommandDefinition Definition { get; } =
        CommandText.CreateCommand("source", CommandText.CreateCompletedOption("source id") with { Required = true });

    /// <summary>The button that opens the source of a quotation.</summary>
    public static Button CreateButton(string id, Strings strings) => new(strings.Source, PostButtons.SourcePrefix + id);

    public bool IsEphemeral(Interaction interaction) => interaction is Interaction.ButtonPress;

    public ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var id = command.Options.GetValueOrDefault("id", "").Trim();
        if (Find(id, strings) is { } text)
        {
            return new(Replies.Public(text));
        }

        return new(CreateNotFound(id, strings));
    }

    public ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (!press.CustomId.StartsWith(PostButtons.SourcePrefix, StringComparison.Ordinal))
        {
            return new(Replies.Ephemeral(strings.UnknownButton));
        }

        var id = press.CustomId[PostButtons.SourcePrefix.Length..];
        var text = Find(id, strings) ?? strings.SourceIsGone;
        return new(Replies.Ephemeral(text));
    }

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Autocomplete completion,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var current = catalogue.Current;
        var typed = completion.Input.Trim();
        var quotes = current.SuggestQuotes(completion.Input).Select(quote => new Choice(quote.Text, quote.QuoteId));
        if (typed.Length == 0)
        {
            quotes = quotes.Take(MaxInitialQuotes);
        }
        else
        {
            var byId = current.Quotes.Where(quote => Contains(quote.Id, typed));
            quotes = byId.Select(quote => new Choice(quote.Text, quote.Id)).Concat(quotes);
        }

        var choices = quotes.Concat(SuggestEvents(typed, strings)).DistinctBy(choice => choice.Value);
        return new(Replies.LimitChoices(choices));
    }

    /// <summary>The events whose id or text contains every typed word.</summary>
    private IEnumerable<Choice> SuggestEvents(string typed, Strings strings)
    {
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var e in catalogue.Current.Events)
        {
            var name = strings.EventLine(strings.Date(e.Date), e.Text);
            if (words.All(word => Contains(name, word) || Contains(e.Id, word)))
            {
                yield return new Choice(name, e.Id);
            }
        }
    }

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private string? Find(string id, Strings strings)
    {
        if (catalogue.Current.FindQuote(id) is { } quote)
        {
            var ofQuote = SourceFormatter.Format(quote, Markup.Discord, strings, DiscordMessage.Fits);
            return AddLink(ofQuote, _links.FindPage(quote), strings);
        }

        var known = catalogue.Current.FindEvent(id);
        if (known is null)
        {
            return null;
        }

        var ofEvent = SourceFormatter.Format(known, Markup.Discord, strings, DiscordMessage.Fits);
        return AddLink(ofEvent, _links.FindPage(known), strings);
    }

    /// <summary>Adds the page on the site, if there is one and the answer has room for it.</summary>
    private static string AddLink(string text, Uri? page, Strings strings)
    {
        if (page is null)
        {
            return text;
        }

        var link = Markup.Discord.Link(page);
        var linked = $"{text}\n{strings.PageOnTheSite(link)}";
        return DiscordMessage.Fits(linked) ? linked : text;
    }

    private Reply CreateNotFound(string id, Strings strings)
    {
        var current = catalogue.Current;
        var quotes = current.Quotes.Select(quote => quote.Id);
        var events = current.Events.Select(e => e.Id);
        var shown = Replies.FormatInput(id, strings);
        var problem = strings.NoSuchItem(shown);
        var suggestion = Replies.SuggestId(id, quotes.Concat(events), strings);
        return Replies.Ephemeral($"{problem} {suggestion}");
    }
}
