namespace Serge.Bot.Commands;

/// <summary>A command that is registered with Discord.</summary>
internal interface IApplicationCommand
{
    /// <summary>Created with <see cref="CommandText"/>.</summary>
    CommandDefinition Definition { get; }

    /// <summary>Whether only the member sees the answer. Discord must know it before the answer if that takes
    /// long.</summary>
    bool IsEphemeral(Interaction interaction) => false;
}

/// <summary>A command of the menu "Apps" of a message.</summary>
internal interface IMessageCommand : IApplicationCommand
{
    /// <param name="command">The command with the text of the message.</param>
    /// <param name="strings">The member's language.</param>
    /// <param name="cancellationToken">Cancelled when the bot stops or the command times out.</param>
    ValueTask<Reply> HandleAsync(
        Interaction.MessageCommand command,
        Strings strings,
        CancellationToken cancellationToken
    );
}

/// <summary>A slash command: its definition, and the answers to it and to its buttons.</summary>
/// <remarks>To add one: its class, its line in <see cref="CommandServices"/>, its names, descriptions and texts in
/// <c>Strings.resx</c> and <c>Strings.fr.resx</c>, and the approved list of commands in the tests.</remarks>
internal interface ISlashCommand : IApplicationCommand
{
    /// <param name="command">The command with its options; the name includes the subcommand.</param>
    /// <param name="strings">The member's language.</param>
    /// <param name="cancellationToken">Cancelled when the bot stops or the command times out.</param>
    ValueTask<Reply> HandleAsync(Interaction.Command command, Strings strings, CancellationToken cancellationToken);

    /// <summary>Suggests values for the option being typed, best first, at most 25.</summary>
    ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Autocomplete completion,
        Strings strings,
        CancellationToken cancellationToken
    ) => new([]);

    /// <summary>Handles a button whose custom id begins with the command's name and a colon, such as
    /// <c>quote:…</c>.</summary>
    /// <remarks>A client can send any custom id, also an old one, so it is untrusted input.</remarks>
    ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings strings,
        CancellationToken cancellationToken
    ) => new(Replies.Ephemeral(strings.UnknownButton));

    /// <summary>Whether the answer to a button replaces its message. Discord must know it before the answer if that
    /// takes long: it would show another message until then.</summary>
    bool ReplacesMessage(Interaction.ButtonPress press) => false;
}
