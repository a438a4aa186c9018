namespace Serge.Bot.Commands;

/// <summary><c>/about</c>: what the bot is, who answers for it, what it keeps, and how to get it.</summary>
internal sealed class AboutSlashCommand(LiveCatalogue catalogue, BotSettings settings, IDiscord discord) : ISlashCommand
{
    public CommandDefinition Definition { get; } = CommandText.Command("about");

    public bool IsEphemeral(Interaction interaction) => true;

    public async ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var about = settings.About;
        var current = catalogue.Current;
        List<string> lines =
        [
            words.AboutWhat(words.Quotations(current.Quotes.Count), words.Events(current.Events.Count)),
            words.AboutTry,
            about is { Operator: null, Contact: null } ? words.AboutNobody : string.Join(' ', Operator(about, words)),
            words.AboutPrivacy,
        ];
        if (about.Privacy is { } policy)
        {
            lines.Add(words.AboutPrivacyPolicy(Markup.Discord.Link(policy)));
        }

        if (about.SourceCode is { } source)
        {
            lines.Add(words.AboutSourceCode(Markup.Discord.Link(source)));
        }

        // The client asked for our id when it registered the commands, and keeps it.
        if (await discord.GetApplicationAsync(cancellationToken) is Result<DiscordApplication>.Success({ Id: var id }))
        {
            lines.Add(words.AboutInvite(Markup.Discord.Link(Invite.ToServer(id))));
            lines.Add(words.AboutTakeAlong(Markup.Discord.Link(Invite.ToMember(id))));
        }

        return Replies.Ephemeral(string.Join('\n', lines));
    }

    private static IEnumerable<string> Operator(AboutSettings about, Strings words)
    {
        if (about.Operator is { } name)
        {
            yield return words.AboutOperator(DiscordMarkdown.Escape(name));
        }

        if (about.Contact is { } contact)
        {
            yield return words.AboutContact(DiscordMarkdown.Escape(contact));
        }
    }
}
