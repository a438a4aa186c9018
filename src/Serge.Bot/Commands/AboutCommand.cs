using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Commands;

/// <summary><c>/about</c>: what the bot is, who answers for it, and what it keeps.</summary>
internal sealed class AboutCommand(LiveCatalogue catalogue, BotSettings settings) : ISlashCommand
{
    public CommandDefinition Definition { get; } = CommandText.Command("about");

    public bool AnswersPrivately(Interaction interaction) => true;

    public ValueTask<Reply> AnswerAsync(Interaction.Command command, Words words, CancellationToken cancellationToken)
    {
        var about = settings.About;
        var current = catalogue.Current;
        List<string> lines =
        [
            words.AboutWhat(words.Quotations(current.Quotes.Count), words.Events(current.Events.Count)),
            words.AboutTry,
            about is { Operator: null, Contact: null }
                ? words.AboutNobody
                : string.Join(' ', new[]
                {
                    about.Operator is { } name ? words.AboutOperator(DiscordMarkdown.Escape(name)) : null,
                    about.Contact is { } contact ? words.AboutContact(DiscordMarkdown.Escape(contact)) : null,
                }.OfType<string>()),
            words.AboutPrivacy,
        ];
        if (about.SourceCode is { } source)
        {
            lines.Add(words.AboutSourceCode($"<{source}>"));
        }

        return new(Replies.ForYou(string.Join('\n', lines)));
    }
}
