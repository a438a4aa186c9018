namespace Serge.Bot.Commands;

/// <summary><c>/quote</c>: a quotation at random or by topic, words or id, with a button for another one.</summary>
/// <remarks>The button replaces its message with the next quotation, for every member who presses it, so an ephemeral
/// answer stays ephemeral. It contains the cycle, so no quotation is repeated, also after a restart.</remarks>
internal sealed class QuoteSlashCommand(LiveCatalogue catalogue, QuotePictures pictures, Random random) : ISlashCommand
{
    /// <summary>Follows the cycle in the custom id of a button whose quotations have pictures. No cycle contains
    /// it.</summary>
    private const char PictureMark = '+';

    private const int MaxChoices = 25;

    private const int MaxSuggestedTopics = 5;

    /// <summary>The custom id of the button contains the search and the cycle.</summary>
    private const int MaxSearchLength = 60;

    public CommandDefinition Definition { get; } =
        CommandText.CreateCommandOf(
            catalogue.Current.Author,
            "quote",
            CommandText.CreateCompletedOption("quote topic"),
            CommandText.CreateCompletedOption("quote search", MaxSearchLength),
            CommandText.CreateCompletedOption("quote id"),
            CommandText.CreateOption("quote private") with
            {
                Type = CommandOptionType.Boolean,
            },
            CommandText.CreateOption("quote picture") with
            {
                Type = CommandOptionType.Boolean,
            }
        );

    public bool IsEphemeral(Interaction interaction) =>
        interaction switch
        {
            Interaction.Command command => IsPrivate(command),
            Interaction.ButtonPress press => IsUnderPost(press),
            _ => false,
        };

    public bool ReplacesMessage(Interaction.ButtonPress press) => !IsUnderPost(press);

    public ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    ) => new(AnswerAsync(command, strings, cancellationToken));

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Autocomplete completion,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var choices = completion.Option switch
        {
            "topic" => SuggestTopics(completion.Input),
            "search" => SuggestQuotes(completion.Input, completion.Options.GetValueOrDefault("topic")),
            "id" => SuggestIds(completion.Input.Trim()),
            _ => [],
        };
        return new(Replies.LimitChoices(choices));
    }

    public ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings strings,
        CancellationToken cancellationToken
    ) => new(AnswerAsync(press, strings, cancellationToken));

    private async Task<Reply> AnswerAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var current = catalogue.Current;
        if (current.Quotes.Count == 0)
        {
            return Replies.Ephemeral(strings.NoQuotations);
        }

        if (GetOption(command, "id") is { } id)
        {
            if (current.FindQuote(id) is not { } quote)
            {
                return CreateUnknownId(id, strings);
            }

            QuoteFilter all = new(Topic: null, Search: null);
            return await ShowWantedAsync(quote, all, command, strings, cancellationToken);
        }

        var typedTopic = GetOption(command, "topic");
        var topic = FindTopic(typedTopic);
        if (typedTopic is not null && topic is null)
        {
            return CreateUnknownTopic(typedTopic, strings);
        }

        // A suggestion that was picked from the list arrives as an id.
        var search = GetSearch(command);
        if (search is not null && current.FindQuote(search) is { } picked)
        {
            QuoteFilter ofTopic = new(topic, Search: null);
            return await ShowWantedAsync(picked, ofTopic, command, strings, cancellationToken);
        }

        QuoteFilter filter = new(topic, search);
        var pool = filter.Apply(current, strings);
        if (pool.Count == 0)
        {
            var shown = Replies.FormatInput(search ?? "", strings);
            var problem = topic is null ? strings.NothingFound(shown) : strings.NothingFoundInTopic(shown, topic);
            return Replies.Ephemeral(problem);
        }

        var chosen = pool[0];
        if (search is null)
        {
            chosen = pool[random.Next(pool.Count)];
        }

        return await ShowAsync(chosen, pool, filter, command, strings, cancellationToken);
    }

    private async Task<Reply> AnswerAsync(
        Interaction.ButtonPress press,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (IsUnderPost(press))
        {
            return ShowAnother(press.CustomId[PostButtons.AnotherPrefix.Length..], strings);
        }

        var current = catalogue.Current;
        if (
            press.CustomId.Split(':', 4) is not ["quote", var state, var topic, var search]
            || !QuoteCycle.TryParse(state.TrimEnd(PictureMark), out var cycle)
            || QuoteFilter.Parse(current, topic, search) is not { } filter
        )
        {
            return Replies.Ephemeral(strings.UnknownButton);
        }

        var pool = filter.Apply(current, strings);
        if (cycle.Next(pool) is not { } step)
        {
            var problem = strings.NoOther;
            if (pool.Count == 0)
            {
                problem = strings.NothingFitsNow;
            }

            return Replies.Ephemeral(problem);
        }

        var note = "";
        if (step.IsRestart)
        {
            note = $"\n-# {strings.AllWereShown(pool.Count)}";
        }

        var hasPicture = state.EndsWith(PictureMark);
        var message = CreateMessage(step.Quote, step.Cycle, filter, strings, note, hasPicture);
        if (hasPicture)
        {
            message = await pictures.AddAsync(message, step.Quote, strings, cancellationToken);
        }

        return new Reply.Update(message);
    }

    /// <summary>Another quotation than the one of a post, for the member alone. The button of a post works for as long
    /// as the post exists, also when its quotation was retracted.</summary>
    /// <param name="id">The id of the post's quotation. A client can send any text.</param>
    /// <param name="strings">The member's language.</param>
    private Reply ShowAnother(string id, Strings strings)
    {
        QuoteFilter filter = new(Topic: null, Search: null);
        var pool = filter.Apply(catalogue.Current, strings);
        var others = pool.Where(quote => quote.Id != id).ToArray();
        if (others.Length == 0)
        {
            return Replies.Ephemeral(strings.NoOther);
        }

        var chosen = others[random.Next(others.Length)];
        var cycle = StartCycle(chosen, pool);
        var message = CreateMessage(chosen, cycle, filter, strings, note: "", hasPicture: false);
        return new Reply.Message(message, Ephemeral: true);
    }

    private async Task<Reply> ShowWantedAsync(
        Quote quote,
        QuoteFilter filter,
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (!QuoteFilter.Fits(quote, strings))
        {
            return Replies.Ephemeral(strings.TooLong(quote.Id));
        }

        var pool = filter.Apply(catalogue.Current, strings);
        return await ShowAsync(quote, pool, filter, command, strings, cancellationToken);
    }

    /// <summary>Answers with a quotation; with a button if there are others.</summary>
    private async Task<Reply> ShowAsync(
        Quote quote,
        IReadOnlyList<Quote> pool,
        QuoteFilter filter,
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var cycle = StartCycle(quote, pool);
        var hasPicture = IsSet(command, "picture");
        var message = CreateMessage(quote, cycle, filter, strings, note: "", hasPicture);
        if (hasPicture)
        {
            message = await pictures.AddAsync(message, quote, strings, cancellationToken);
        }

        return new Reply.Message(message, IsPrivate(command));
    }

    /// <returns><see langword="null"/> if there is no other quotation to show.</returns>
    private QuoteCycle? StartCycle(Quote quote, IReadOnlyList<Quote> pool)
    {
        if (pool.Count <= 1)
        {
            return null;
        }

        return QuoteCycle.StartWith(quote, random);
    }

    private static DiscordMessage CreateMessage(
        Quote quote,
        QuoteCycle? cycle,
        QuoteFilter filter,
        Strings strings,
        string note,
        bool hasPicture
    )
    {
        List<Button> buttons = [];
        if (cycle is not null)
        {
            var mark = hasPicture ? PictureMark.ToString() : "";
            buttons.Add(new Button(strings.Another, $"quote:{cycle}{mark}:{filter}"));
        }

        buttons.Add(SourceSlashCommand.CreateButton(quote.Id, strings));
        return new DiscordMessage
        {
            Text = QuoteFilter.FormatVariants(quote, strings, note).First(DiscordMessage.Fits),
            Buttons = Replies.LimitButtons(buttons),
        };
    }

    private static bool IsUnderPost(Interaction.ButtonPress press) =>
        press.CustomId.StartsWith(PostButtons.AnotherPrefix, StringComparison.Ordinal);

    private static bool IsPrivate(Interaction.Command command) => IsSet(command, "private");

    private static bool IsSet(Interaction.Command command, string option) =>
        command.Options.GetValueOrDefault(option) == "true";

    private static string? GetOption(Interaction.Command command, string option) =>
        command.Options.GetValueOrDefault(option)?.Trim();

    /// <summary>The search; <see langword="null"/> if it contains only spaces and punctuation.</summary>
    private static string? GetSearch(Interaction.Command command)
    {
        var search = GetOption(command, "search");
        if (search is not null && NormalizedPostText.FromText(search).Length > 0)
        {
            return search;
        }

        return null;
    }

    private string? FindTopic(string? typed)
    {
        var topics = catalogue.Current.Topics.Select(topic => topic.Name);
        return topics.FirstOrDefault(name => string.Equals(name, typed, StringComparison.OrdinalIgnoreCase));
    }

    private Reply CreateUnknownId(string id, Strings strings)
    {
        var problem = strings.NoSuchQuote(Replies.FormatInput(id, strings));
        var known = catalogue.Current.Quotes.Select(quote => quote.Id);
        return Replies.Ephemeral($"{problem} {Replies.SuggestId(id, known, strings)}");
    }

    private Reply CreateUnknownTopic(string typed, Strings strings)
    {
        var current = catalogue.Current;
        var problem = strings.NoSuchTopic(Replies.FormatInput(typed, strings));
        var known = current.Topics.Select(topic => topic.Name);
        if (Spelling.FindNearest(typed, known) is { } near)
        {
            return Replies.Ephemeral($"{problem} {strings.DidYouMean(near)}");
        }

        var suggested = current.SuggestTopics(typed).Select(topic => topic.Name);
        var all = suggested.Union(known, StringComparer.Ordinal);
        var joined = string.Join(", ", all.Take(MaxSuggestedTopics));
        return Replies.Ephemeral($"{problem} {strings.SomeTopics(joined)}");
    }

    private IEnumerable<Choice> SuggestTopics(string typed)
    {
        var topics = catalogue.Current.SuggestTopics(typed, MaxChoices);
        return topics.Select(topic => new Choice(topic.Name, topic.Name));
    }

    private IEnumerable<Choice> SuggestQuotes(string typed, string? topic)
    {
        var quotes = catalogue.Current.SuggestQuotes(typed, topic, MaxChoices);
        return quotes.Select(quote => new Choice(quote.Text, quote.QuoteId));
    }

    private IEnumerable<Choice> SuggestIds(string typed)
    {
        var ids = catalogue.Current.Quotes.Select(quote => quote.Id);
        var matching = ids.Where(id => id.Contains(typed, StringComparison.OrdinalIgnoreCase));
        return matching.Select(id => new Choice(id, id));
    }
}
