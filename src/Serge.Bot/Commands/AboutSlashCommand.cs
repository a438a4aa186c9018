namespace Serge.Bot.Commands;

/// <summary><c>/about</c>: what the bot is, who runs it, what it stores, and how to add it.</summary>
internal sealed class AboutSlashCommand(LiveCatalogue catalogue, BotSettings settings, IDiscord discord) : ISlashCommand
{
    /// <summary>The commands that the answer describes, in this order: all but this one.</summary>
    internal static readonly string[] Described =
    [
        "quote",
        "today",
        "on-this-day",
        "timeline",
        "topics",
        "source",
        "schedule",
    ];

    public CommandDefinition Definition { get; } = CommandText.CreateCommand("about");

    public bool IsEphemeral(Interaction interaction) => true;

    public async ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var about = settings.About;
        List<string> lines =
        [
            FormatContents(catalogue.Current, strings),
            .. Described.Select(name => FormatCommand(name, catalogue.Current.Author, strings)),
            strings.AboutMessageCommand(strings.InQuotes(strings.IsThisAQuotation)),
            strings.AboutSetup,
            FormatOperator(about, strings),
            strings.AboutPrivacy,
        ];
        if (about.Privacy is { } policy)
        {
            var link = Markup.Discord.Link(policy);
            lines.Add(strings.AboutPrivacyPolicy(link));
        }

        if (about.SourceCode is { } source)
        {
            var link = Markup.Discord.Link(source);
            lines.Add(strings.AboutSourceCode(link));
        }

        var result = await discord.GetApplicationAsync(cancellationToken);
        if (result is Result<DiscordApplication>.Success(var application))
        {
            var permissions = Invite.GetNeeded(settings.Schedules);
            var toServer = Markup.Discord.Link(Invite.ToServer(application.Id, permissions));
            lines.Add(strings.AboutInvite(toServer));
            var toMember = Markup.Discord.Link(Invite.ToMember(application.Id));
            lines.Add(strings.AboutUserInstall(toMember));
        }

        return Replies.Ephemeral(string.Join('\n', lines));
    }

    private static string FormatContents(QuoteCatalogue current, Strings strings)
    {
        var author = DiscordMarkdown.Escape(strings.AuthorIs(current.Author));
        var quotations = strings.Quotations(current.Quotes.Count);
        var events = strings.Events(current.Events.Count);
        return strings.AboutWhat(author, quotations, events);
    }

    private static string FormatCommand(string name, Author author, Strings strings) =>
        $"- `/{strings.CommandName(name)}` – {strings.CommandDescription(name, author)}";

    private static string FormatOperator(AboutSettings about, Strings strings)
    {
        List<string> sentences = [];
        if (about.Operator is { } name)
        {
            var escaped = DiscordMarkdown.Escape(name);
            sentences.Add(strings.AboutOperator(escaped));
        }

        if (about.Contact is { } contact)
        {
            var escaped = DiscordMarkdown.Escape(contact);
            sentences.Add(strings.AboutContact(escaped));
        }

        if (sentences.Count == 0)
        {
            return strings.AboutNobody;
        }

        return string.Join(' ', sentences);
    }
}
