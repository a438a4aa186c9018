namespace Serge.Bot.Discord.Model;

/// <summary>A message that is sent: to a channel, as an edit, or as the answer to an interaction.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Create Message.</remarks>
internal sealed record MessageBody
{
    private const int SuppressEmbeds = 1 << 2;
    private const int EphemeralFlag = 1 << 6;

    public string? Content { get; init; }

    /// <summary>At most 25 characters.</summary>
    public string? Nonce { get; init; }

    /// <summary>A second message with the same nonce, a few minutes long, yields the first one.</summary>
    public bool? EnforceNonce { get; init; }

    /// <summary>Always there: left out, everything in the text that looks like a mention would ping.</summary>
    public AllowedMentions? AllowedMentions { get; init; }

    public int? Flags { get; init; }

    public ActionRow[]? Components { get; init; }

    /// <summary>Instead of all the rest: suggestions for an option, as an answer to a keystroke.</summary>
    public ChoiceModel[]? Choices { get; init; }

    /// <summary>The wire form of a message.</summary>
    public static MessageBody From(DiscordMessage message, bool ephemeral = false) =>
        new()
        {
            Content = message.Text,
            AllowedMentions = new AllowedMentions([]),
            Flags = (message.SuppressEmbeds ? SuppressEmbeds : 0) | (ephemeral ? EphemeralFlag : 0),
            Components =
                message.Buttons.Count == 0
                    ? []
                    :
                    [
                        new ActionRow([
                            .. message.Buttons.Select(button => new ButtonModel(button.Label, button.CustomId)),
                        ]),
                    ],
        };

    /// <summary>"Thinking": nothing but who will see the answer.</summary>
    public static MessageBody Promise(bool ephemeral) => new() { Flags = ephemeral ? EphemeralFlag : 0 };

    /// <summary>Suggestions, and nothing else.</summary>
    public static MessageBody Suggest(IEnumerable<Choice> choices) =>
        new() { Choices = [.. choices.Select(choice => ChoiceModel.From(choice))] };
}

/// <summary>Which mentions ping.</summary>
internal sealed record AllowedMentions(string[] Parse);

/// <summary>A row of buttons.</summary>
internal sealed record ActionRow(ButtonModel[] Components)
{
    public int Type { get; } = 1;
}

/// <summary>A grey button that comes back as an interaction.</summary>
internal sealed record ButtonModel(string Label, string CustomId)
{
    public int Type { get; } = 2;

    public int Style { get; } = 2;
}

/// <summary>The first answer to an interaction.</summary>
/// <param name="Type">See <see cref="CallbackType"/>.</param>
/// <param name="Data">What it says.</param>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Response.</remarks>
internal sealed record InteractionCallback(int Type, MessageBody Data);

/// <summary>The kinds of first answers.</summary>
internal static class CallbackType
{
    public const int Message = 4;
    public const int DeferredMessage = 5;
    public const int UpdateMessage = 7;
    public const int Suggestions = 8;
}
