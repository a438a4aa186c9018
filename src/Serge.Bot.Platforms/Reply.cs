namespace Serge.Bot.Platforms;

/// <summary>What an interaction is answered with. A closed set.</summary>
public abstract record Reply
{
    private Reply() { }

    /// <summary>A message under the command.</summary>
    /// <param name="Content">What to say.</param>
    /// <param name="Ephemeral">Only the member who asked sees it. Fixed by the first reply: after <see cref="Deferred"/> it has no effect.</param>
    public sealed record Message(DiscordMessage Content, bool Ephemeral = false) : Reply;

    /// <summary>Replaces the message whose button was pressed.</summary>
    /// <param name="Content">What it says now.</param>
    public sealed record Update(DiscordMessage Content) : Reply;

    /// <summary>"Thinking": the answer follows within 15 minutes as a <see cref="Message"/>.</summary>
    /// <param name="Ephemeral">Only the member who asked will see it.</param>
    public sealed record Deferred(bool Ephemeral = false) : Reply;

    /// <summary>Suggestions for an option, at most 25.</summary>
    /// <param name="Choices">Best first.</param>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Autocomplete.</remarks>
    public sealed record Suggestions(IReadOnlyList<Choice> Choices) : Reply;
}

/// <summary>One suggestion, or one of an option's fixed values.</summary>
/// <param name="Name">What the member sees, 1 to 100 characters.</param>
/// <param name="Value">What the command receives, 1 to 100 characters.</param>
public sealed record Choice(string Name, string Value);

/// <summary>A Discord message. No mention in it ever pings: clients send <c>allowed_mentions: {"parse":[]}</c>.</summary>
public sealed record DiscordMessage
{
    /// <summary>Markdown, 1 to 2,000 Unicode code points.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message; the unit: staff in discord-api-docs#1315.</remarks>
    public required string Text { get; init; }

    /// <summary>At most five, in one row.</summary>
    public IReadOnlyList<Button> Buttons { get; init; } = [];

    /// <summary>Links in the text get no preview. Default <see langword="true"/>: a preview would push the words aside.</summary>
    public bool SuppressEmbeds { get; init; } = true;
}

/// <summary>A button under a message.</summary>
/// <param name="Label">1 to 80 characters.</param>
/// <param name="CustomId">1 to 100 characters; comes back when the button is pressed.</param>
public sealed record Button(string Label, string CustomId);
