namespace Serge.Bot.Platforms;

/// <summary>The response to an interaction. A closed set.</summary>
public abstract record Reply
{
    private Reply() { }

    /// <summary>A message under the command.</summary>
    /// <param name="Content">The message.</param>
    /// <param name="Ephemeral">Only the user sees it. After <see cref="Deferred"/> it has no effect, because that reply
    /// has fixed it.</param>
    public sealed record Message(DiscordMessage Content, bool Ephemeral = false) : Reply;

    /// <summary>Replaces the message whose button was pressed.</summary>
    public sealed record Update(DiscordMessage Content) : Reply;

    /// <summary>Shows "thinking"; a <see cref="Message"/> follows within 15 minutes.</summary>
    /// <param name="Ephemeral">Only the user sees the message.</param>
    public sealed record Deferred(bool Ephemeral = false) : Reply;

    /// <summary>Only for a button: its message stays as it is, and within 15 minutes an <see cref="Update"/> replaces
    /// it, or a <see cref="Message"/> is posted beside it.</summary>
    public sealed record DeferredUpdate : Reply;

    /// <summary>Suggestions for an option.</summary>
    /// <param name="Choices">At most 25, best first.</param>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Autocomplete.</remarks>
    public sealed record Suggestions(IReadOnlyList<Choice> Choices) : Reply;
}

/// <summary>A suggestion, or a fixed value of an option.</summary>
/// <param name="Name">The text that the user sees, 1 to 100 characters.</param>
/// <param name="Value">The value that the command receives, 1 to 100 characters.</param>
public sealed record Choice(string Name, string Value);

/// <summary>A Discord message. Its mentions notify no one but <see cref="MentionedRole"/>: clients send
/// <c>allowed_mentions</c> with an empty <c>parse</c>.</summary>
public sealed record DiscordMessage
{
    /// <summary>Markdown, 1 to <see cref="MaxTextLength"/> Unicode code points.</summary>
    public required string Text { get; init; }

    /// <summary>At most five, in one row.</summary>
    public IReadOnlyList<Button> Buttons { get; init; } = [];

    /// <summary>Within <see cref="PictureLimits.Discord"/>; <see langword="null"/> for none. An edit without a picture
    /// removes it.</summary>
    public Picture? Picture { get; init; }

    /// <summary>The only role that the message notifies; the text must contain its mention. Default
    /// <see langword="null"/>: none.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Allowed Mentions Object.</remarks>
    public ulong? MentionedRole { get; init; }

    /// <summary>Whether links in the text have no preview. Default <see langword="true"/>.</summary>
    public bool SuppressEmbeds { get; init; } = true;

    /// <summary>In Unicode code points, not UTF-16 units.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message; the unit: staff in
    /// discord-api-docs#1315.</remarks>
    public const int MaxTextLength = 2000;

    /// <summary>The length of a text as Discord counts it; see <see cref="MaxTextLength"/>.</summary>
    public static int GetLength(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Count();
    }

    /// <summary>Whether a text is not longer than <see cref="MaxTextLength"/>.</summary>
    public static bool Fits(string text) => GetLength(text) <= MaxTextLength;

    /// <summary>The longest idempotency key, in characters.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message, <c>nonce</c>.</remarks>
    public const int MaxKeyLength = 25;
}

/// <summary>A button under a message.</summary>
/// <param name="Label">1 to 80 characters.</param>
/// <param name="CustomId">1 to 100 characters; part of the interaction when the button is pressed.</param>
public sealed record Button(string Label, string CustomId);
