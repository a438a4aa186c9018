namespace Serge.Bot.Commands;

/// <summary>One slash command: what is registered, and how it and its buttons are answered.</summary>
internal interface ISlashCommand
{
    /// <summary>As members see it; built with <see cref="CommandText"/>.</summary>
    CommandDefinition Definition { get; }

    /// <summary>Whether only the member who asked will see the answer. It matters when the answer takes long: then Discord wants to know beforehand.</summary>
    bool IsEphemeral(Interaction interaction) => false;

    /// <summary>Answers it.</summary>
    /// <param name="command">What was asked; its name includes the subcommand.</param>
    /// <param name="words">The member's language.</param>
    /// <param name="cancellationToken">The bot stops, or it took a minute.</param>
    ValueTask<Reply> HandleAsync(Interaction.Command command, Strings words, CancellationToken cancellationToken);

    /// <summary>Suggests values for the option being typed, best first, at most 25.</summary>
    ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Completion completion,
        Strings words,
        CancellationToken cancellationToken
    ) => new([]);

    /// <summary>Answers a press on one of its buttons: those whose custom id begins with its name and a colon, such as <c>quote:…</c>.</summary>
    /// <remarks>The custom id comes back from the member's client and may be of any age or make: it is read like any other input.</remarks>
    ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings words,
        CancellationToken cancellationToken
    ) => new(Replies.Ephemeral(words.ButtonIsGone));
}
