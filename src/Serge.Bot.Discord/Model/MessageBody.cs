namespace Serge.Bot.Discord.Model;

/// <summary>A message to send: to a channel, as an edit, or as the response to an interaction.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Create Message.</remarks>
internal sealed record MessageBody
{
    private const int SuppressEmbeds = 1 << 2;
    private const int EphemeralFlag = 1 << 6;

    public string? Content { get; init; }

    /// <summary>At most 25 characters.</summary>
    public string? Nonce { get; init; }

    /// <summary>A second message with the same nonce within a few minutes returns the first one.</summary>
    public bool? EnforceNonce { get; init; }

    /// <summary>Always set: without it every mention in the text notifies its users.</summary>
    public AllowedMentionsModel? AllowedMentions { get; init; }

    public int? Flags { get; init; }

    public ActionRowModel[]? Components { get; init; }

    /// <summary>The uploaded files. In an edit it replaces the files of the message; without it they stay.</summary>
    public AttachmentModel[]? Attachments { get; init; }

    /// <summary>Suggestions for an option; the other fields are empty then.</summary>
    public ChoiceModel[]? Choices { get; init; }

    public static MessageBody From(DiscordMessage message, bool ephemeral = false)
    {
        return new()
        {
            Content = message.Text,
            AllowedMentions = AllowedMentionsModel.From(message.MentionedRole),
            Flags = GetFlags(message.SuppressEmbeds, ephemeral),
            Components = CreateComponents(message.Buttons),
            Attachments = message.Picture is null ? null : CreateAttachments(message.Picture),
        };
    }

    /// <summary>The message in place of an earlier one, whose picture does not stay.</summary>
    public static MessageBody FromEdit(DiscordMessage message)
    {
        var body = From(message);
        return body with { Attachments = body.Attachments ?? [] };
    }

    /// <summary>The "thinking" message.</summary>
    public static MessageBody ForDeferral(bool ephemeral) =>
        new() { Flags = GetFlags(suppressEmbeds: false, ephemeral) };

    public static MessageBody ForSuggestions(IEnumerable<Choice> choices) =>
        new() { Choices = [.. choices.Select(choice => ChoiceModel.From(choice))] };

    private static ActionRowModel[] CreateComponents(IReadOnlyList<Button> buttons)
    {
        if (buttons.Count == 0)
        {
            return [];
        }

        var models = buttons.Select(button => new ButtonModel(button.Label, button.CustomId));
        return [new ActionRowModel([.. models])];
    }

    private static AttachmentModel[] CreateAttachments(Picture picture) =>
        [new AttachmentModel(picture.FileName, picture.Description)];

    private static int GetFlags(bool suppressEmbeds, bool ephemeral)
    {
        var flags = suppressEmbeds ? SuppressEmbeds : 0;
        if (ephemeral)
        {
            flags |= EphemeralFlag;
        }

        return flags;
    }
}

/// <summary>The kinds of mentions that notify their users, and the roles that are notified.</summary>
internal sealed record AllowedMentionsModel(string[] Parse, ulong[]? Roles)
{
    public static AllowedMentionsModel From(ulong? role) => new([], role is { } id ? [id] : null);
}

/// <summary>A thread to open.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <remarks>Source: Discord docs, Resources/Channel, Start Thread from Message.</remarks>
internal sealed record ThreadBody(string Name)
{
    /// <summary>Minutes without a message until the thread is closed: a day. It opens again with the next message.
    /// Discord allows 60, 1440, 4320 and 10080.</summary>
    public int AutoArchiveDuration { get; } = 1440;

    /// <summary>The first message of a post in a forum.</summary>
    public MessageBody? Message { get; init; }
}

/// <summary>The file in the part <c>files[0]</c> of the same request.</summary>
/// <param name="Filename">As in that part.</param>
/// <param name="Description">For those who do not see it; at most 1,024 characters.</param>
/// <remarks>Source: Discord docs, Reference, Uploading Files.</remarks>
internal sealed record AttachmentModel(string Filename, string Description)
{
    public int Id { get; }
}

/// <summary>A row of buttons.</summary>
internal sealed record ActionRowModel(ButtonModel[] Components)
{
    public int Type { get; } = 1;
}

/// <summary>A grey button.</summary>
internal sealed record ButtonModel(string Label, string CustomId)
{
    public int Type { get; } = 2;

    public int Style { get; } = 2;
}

/// <summary>The first response to an interaction; for the type see <see cref="CallbackType"/>.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Response.</remarks>
/// <param name="Type">What the response does.</param>
/// <param name="Data">Its message; <see langword="null"/> for a deferred update.</param>
internal sealed record InteractionCallback(int Type, MessageBody? Data);

/// <summary>The types of first responses.</summary>
internal static class CallbackType
{
    public const int Message = 4;
    public const int DeferredMessage = 5;
    public const int DeferredUpdate = 6;
    public const int UpdateMessage = 7;
    public const int Suggestions = 8;
}
