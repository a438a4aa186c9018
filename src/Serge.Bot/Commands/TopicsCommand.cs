using Serge.Bot.Rendering;

namespace Serge.Bot.Commands;

/// <summary><c>/topics</c>: what the quotations are about, and how to ask for one.</summary>
internal sealed class TopicsCommand(LiveCatalogue catalogue) : ISlashCommand
{
    public CommandDefinition Definition { get; } = CommandText.Command("topics");

    public bool AnswersPrivately(Interaction interaction) => true;

    public ValueTask<Reply> AnswerAsync(Interaction.Command command, Words words, CancellationToken cancellationToken)
    {
        var topics = catalogue.Current.Topics;
        if (topics.Count == 0)
        {
            return new(Replies.ForYou(words.NoQuotations));
        }

        var shown = topics.Count;
        while (shown > 1 && !Replies.Fits(Text(topics, shown, words)))
        {
            shown -= Math.Max(1, shown / 10);
        }

        return new(Replies.ForYou(Text(topics, shown, words)));
    }

    private static string Text(IReadOnlyList<Topic> topics, int shown, Words words)
    {
        var list = string.Join(
            ", ",
            topics.Take(shown).Select(topic => $"{DiscordMarkdown.Escape(topic.Name)} ({words.Number(topic.Count)})")
        );
        var more = topics.Count > shown ? $"\n{words.TopicsMore(words.Number(topics.Count - shown))}" : "";
        return $"{words.TopicsHeading}\n{list}{more}\n{words.TopicsHint(topics[0].Name)}";
    }
}
