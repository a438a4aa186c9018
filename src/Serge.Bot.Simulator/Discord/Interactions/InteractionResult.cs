using System.Text.Json;

namespace Serge.Bot.Simulator.Discord.Interactions;

/// <summary>What a member sees come of a command, a keystroke or a press. A closed set.</summary>
public abstract record InteractionResult
{
    private InteractionResult() { }

    /// <summary>The client sent nothing, for what was typed cannot be sent.</summary>
    /// <param name="Reason">What the member is told.</param>
    public sealed record Refused(string Reason) : InteractionResult;

    /// <summary>The bot said something; only the member sees it if <see cref="Message.IsEphemeral"/> is set.</summary>
    public sealed record Answered(Message Message) : InteractionResult;

    /// <summary>The message with the button was changed.</summary>
    public sealed record Updated(Message Message) : InteractionResult;

    /// <summary>The press was taken note of, and nothing changed.</summary>
    public sealed record Acknowledged : InteractionResult;

    /// <summary>Suggestions for what is being typed.</summary>
    public sealed record Suggested(IReadOnlyList<RegisteredChoice> Choices) : InteractionResult;

    /// <summary>The bot asks with a form.</summary>
    public sealed record ModalShown(string CustomId, string Title, JsonElement Form) : InteractionResult;

    /// <summary>The bot answered and then deleted the answer.</summary>
    public sealed record Deleted : InteractionResult;

    /// <summary>The bot is not there, or did not answer in time.</summary>
    /// <param name="Reason">What the member is told.</param>
    public sealed record DidNotRespond(string Reason) : InteractionResult;
}
