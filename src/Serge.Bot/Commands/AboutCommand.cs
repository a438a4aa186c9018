using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Commands;

/// <summary><c>/about</c>: what the bot is, who answers for it, and what it keeps.</summary>
internal sealed class AboutCommand(LiveCatalogue catalogue, BotSettings settings) : ISlashCommand
{
    public CommandDefinition Definition { get; } = new() { Name = "about", Description = "What this bot is, and who runs it" };

    public ValueTask<Reply> AnswerAsync(Interaction.Command command, CancellationToken cancellationToken)
    {
        var about = settings.About;
        var current = catalogue.Current;
        List<string> lines =
        [
            $"Serge quotes the writer and revolutionary Victor Serge (1890–1947), word for word and always with the source, and tells what happened on this day in his life and times: {current.Quotes.Count} quotations, {current.Events.Count} events.",
            "Try `/quote`, `/quote topic:`, `/on-this-day`.",
            (about.Operator, about.Contact) switch
            {
                (null, null) => "Whoever invited the bot here can say who runs it.",
                ({ } name, null) => $"Run by {DiscordMarkdown.Escape(name)}.",
                (null, { } contact) => $"Contact: {DiscordMarkdown.Escape(contact)}",
                ({ } name, { } contact) => $"Run by {DiscordMarkdown.Escape(name)}. Contact: {DiscordMarkdown.Escape(contact)}",
            },
            "It keeps nothing about members: commands are answered and forgotten.",
        ];
        if (about.SourceCode is not null)
        {
            lines.Add($"Source code: <{about.SourceCode}>");
        }

        return new(Replies.ForYou(string.Join('\n', lines)));
    }
}
