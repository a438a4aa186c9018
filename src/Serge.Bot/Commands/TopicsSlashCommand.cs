namespace Serge.Bot.Commands;

/// <summary><c>/topics</c>: the topics of the quotations, and how to ask for one.</summary>
internal sealed class TopicsSlashCommand(LiveCatalogue catalogue) : ISlashCommand
{
    public CommandDefinition Definition { get; } = CommandText.CreateCommand("topics");

    public bool IsEphemeral(Interaction interaction) => true;

    public ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var topics = catalogue.Current.Topics;
        if (topics.Count == 0)
        {
            return new(Replies.Ephemeral(strings.NoQuotations));
        }

        var count = topics.Count;
        var text = Format(topics, count, strings);
        while (count > 1 && !DiscordMessage.Fits(text))
        {
            count -= Math.Max(1, count / 10);
            text = Format(topics, count, strings);
        }

        return new(Replies.Ephemeral(text));
    }

    private static string Format(IReadOnlyList<Topic> topics, int count, Strings strings)
    {
        var shown = topics.Take(count).Select(topic => Format(topic, strings));
        List<string> lines = [strings.TopicsHeading, string.Join(", ", shown)];
        var rest = topics.Count - count;
        if (rest > 0)
        {
            lines.Add(strings.TopicsMore(rest));
        }

        lines.Add(strings.TopicsHint(topics[0].Name));
        return string.Join('\n', lines);
    }

    private static string Format(Topic topic, Strings strings)
    {
        var name = DiscordMarkdown.Escape(topic.Name);
        return $"{name} ({strings.Number(topic.Count)})";
    }
}
