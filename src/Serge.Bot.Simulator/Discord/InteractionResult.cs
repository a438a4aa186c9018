namespace Serge.Bot.Simulator.Discord;

/// <summary>The result of an interaction, as the member sees it. A closed set.</summary>
public abstract record InteractionResult
{
    private InteractionResult() { }

    /// <summary>The client sent nothing, because the input is invalid.</summary>
    /// <param name="Reason">The text that the member sees.</param>
    public sealed record Refused(string Reason) : InteractionResult;

    /// <summary>The bot sent a message.</summary>
    public sealed record Answered(ChannelMessage Message) : InteractionResult;

    /// <summary>The bot edited the message with the button.</summary>
    public sealed record Updated(ChannelMessage Message) : InteractionResult;

    /// <summary>The bot acknowledged the button and changed nothing while it could.</summary>
    public sealed record Acknowledged : InteractionResult;

    /// <summary>The bot suggested values for the option that the member types.</summary>
    public sealed record Suggested(IReadOnlyList<RegisteredChoice> Choices) : InteractionResult;

    /// <summary>The bot opened a form.</summary>
    public sealed record ModalShown(string CustomId, string Title, JsonElement Form) : InteractionResult;

    /// <summary>The bot responded and then deleted the response.</summary>
    public sealed record Deleted : InteractionResult;

    /// <summary>The bot is not connected, or did not respond in time.</summary>
    /// <param name="Reason">The text that the member sees.</param>
    public sealed record DidNotRespond(string Reason) : InteractionResult;
}
