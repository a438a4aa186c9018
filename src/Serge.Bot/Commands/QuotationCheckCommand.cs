namespace Serge.Bot.Commands;

/// <summary>"Is this a quotation?" in the menu of a message: compares the words of the message with the
/// quotations.</summary>
/// <remarks>The answer says only what is known: a quotation that is not in the collection may be authentic.</remarks>
internal sealed class QuotationCheckCommand(LiveCatalogue catalogue) : IMessageCommand
{
    /// <summary>As many as an answer has buttons in one row.</summary>
    private const int MaxShown = 5;

    public CommandDefinition Definition { get; } =
        CommandText.CreateMessageCommand(strings => strings.IsThisAQuotation);

    public bool IsEphemeral(Interaction interaction) => true;

    public ValueTask<Reply> HandleAsync(
        Interaction.MessageCommand command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var text = DiscordPlainText.FromMarkdown(command.Text);
        return new(Answer(text, strings));
    }

    private Reply Answer(string text, Strings strings)
    {
        var current = catalogue.Current;
        if (current.Quotes.Count == 0)
        {
            return Replies.Ephemeral(strings.NoQuotations);
        }

        if (!text.Any(char.IsLetterOrDigit))
        {
            return Replies.Ephemeral(strings.MessageHasNoWords);
        }

        FoundQuoteFormatter formatter = new(current.Author, strings, DiscordMessage.Fits);
        switch (current.FindQuotesIn(text))
        {
            case []:
                return Replies.Ephemeral(formatter.FormatNothingFound(text, current.Quotes.Count));
            case [var only]:
                var button = SourceSlashCommand.CreateButton(only.Quote.Id, strings);
                return Show(formatter.Format(only), [button]);
            case var several:
                return ShowBest(several);
        }

        // As many as fit, but at least one.
        Reply ShowBest(IReadOnlyList<FoundQuote> several)
        {
            var count = Math.Min(several.Count, MaxShown);
            while (count > 1 && !DiscordMessage.Fits(Format(several, count)))
            {
                count--;
            }

            return Show(Format(several, count), [.. several.Take(count).Select(CreateNumberedButton)]);
        }

        string Format(IReadOnlyList<FoundQuote> several, int count) =>
            formatter.Format([.. several.Take(count)], isComplete: count == several.Count);

        Button CreateNumberedButton(FoundQuote found, int index)
        {
            var button = SourceSlashCommand.CreateButton(found.Quote.Id, strings);
            return button with { Label = strings.SourceButton(index + 1) };
        }
    }

    private static Reply.Message Show(string text, IReadOnlyList<Button> buttons)
    {
        DiscordMessage message = new() { Text = text, Buttons = Replies.LimitButtons(buttons) };
        return new Reply.Message(message, Ephemeral: true);
    }
}
