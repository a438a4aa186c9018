namespace Serge.Bot.Commands;

/// <summary><c>/topics</c>: what the quotations are about, and how to ask for one.</summary>
internal sealed class TopicsSlashCommand(LiveCatalogue catalogue) : ISlashCommand
{
    public CommandDefinition Definition { get; } = CommandText.Command("topics");

    public bool IsEphemeral(Interaction interaction) => true;

    public ValueTask<Reply> HandleAsync(Interaction.Command command, Strings words, CancellationToken cancellationToken)
    {
        var topics = catalogue.Current.Topics;
        if (topics.Count == 0)
        {
            return new(Replies.Ephemeral(words.NoQuotations));
        }

        var shown = topics.Count;
        while (shown > 1 && !Replies.Fits(Text(topics, shown, words)))
        {
            shown -= Math.Max(1, shown / 10);
        }

        return new(Replies.Ephemeral(Text(topics, shown, words)));
    }

    private static string Text(IReadOnlyList<Topic> topics, int shown, Strings words)
    {
        var list = string.Join(
            ", ",
            topics.Take(shown).Select(topic => $"{DiscordMarkdown.Escape(topic.Name)} ({words.Number(topic.Count)})")
        );
        var more = topics.Count > shown ? $"\n{words.TopicsMore(words.Number(topics.Count - shown))}" : "";
        return $"{words.TopicsHeading}\n{list}{more}\n{words.TopicsHint(topics[0].Name)}";
    }
}
