namespace Serge.Bot.Commands;

/// <summary>One slash command: what is registered, and how it is answered.</summary>
internal interface ISlashCommand
{
    /// <summary>As members see it.</summary>
    CommandDefinition Definition { get; }

    /// <summary>Answers it.</summary>
    ValueTask<Reply> AnswerAsync(Interaction.Command command, CancellationToken cancellationToken);

    /// <summary>Suggests values for the option being typed, best first.</summary>
    IReadOnlyList<Choice> Complete(Interaction.Completion completion) => [];
}
