namespace Serge.Bot.Commands;

/// <summary>Answers interactions, however they came in: finds the command, asks it, and keeps Discord's time.</summary>
internal sealed partial class InteractionDispatcher(
    IDiscord discord,
    IEnumerable<ISlashCommand> commands,
    Clocks clocks,
    ILogger<InteractionDispatcher> logger
)
{
    /// <summary>A command that is not answered by now says that it is at work. Discord gives up after 3 s, and the way there takes its part.</summary>
    internal static readonly TimeSpan PromiseAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>What takes longer than this will not come to a good end; well within the 15 minutes in which a promise can be kept.</summary>
    internal static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, ISlashCommand> _commands = commands.ToDictionary(
        command => command.Definition.Name,
        StringComparer.Ordinal
    );

    /// <summary>What is to be registered, in the order in which the commands were given.</summary>
    public IReadOnlyList<CommandDefinition> Commands { get; } = [.. commands.Select(command => command.Definition)];

    /// <summary>Answers one interaction.</summary>
    public async Task AnswerAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var words = Strings.For(interaction.Locale);
        var command = CommandOf(interaction);
        using var answering = new AnsweringNote(interaction, command?.Definition.Name, clocks.System);
        var reply = ReplyAsync(interaction, command, words, answering, cancellationToken);
        if (!reply.IsCompleted && interaction is not Interaction.Completion && !await IsInTimeAsync(reply))
        {
            var promised = await discord.RespondAsync(
                interaction,
                new Reply.Deferred(command?.IsEphemeral(interaction) ?? true),
                CancellationToken.None
            );
            if (promised is SendOutcome.Refused(Refusal.AlreadyAnswered, _))
            {
                // By another copy of the bot, which will also keep the promise; here the command only comes to its end.
                await reply;
                answering.Ends(AnsweringNote.Elsewhere);
                return;
            }
        }

        // Not cancelled by a shutdown: a member waits, and the client gives up by itself when it is too late.
        var outcome = await discord.RespondAsync(interaction, await reply, CancellationToken.None);
        answering.Ends(
            outcome switch
            {
                SendOutcome.Sent => AnsweringNote.Answered,
                SendOutcome.Refused(Refusal.AlreadyAnswered, _) => AnsweringNote.Elsewhere,
                _ => AnsweringNote.Unanswered,
            }
        );
        if (outcome is not (SendOutcome.Sent or SendOutcome.Refused(Refusal.AlreadyAnswered, _)))
        {
            LogUnanswered(interaction.Id, outcome);
        }
    }

    private async Task<bool> IsInTimeAsync(Task reply)
    {
        using var done = new CancellationTokenSource();
        var first = await Task.WhenAny(reply, Task.Delay(PromiseAfter, clocks.System, done.Token));
        await done.CancelAsync();
        return first == reply;
    }

    private async Task<Reply> ReplyAsync(
        Interaction interaction,
        ISlashCommand? handler,
        Strings words,
        AnsweringNote answering,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(GiveUpAfter, clocks.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return (interaction, handler) switch
            {
                (Interaction.Command command, { } known) => await known.HandleAsync(command, words, stop.Token),
                (Interaction.ButtonPress press, { } known) => await known.HandleButtonAsync(press, words, stop.Token),
                (Interaction.Completion completion, { } known) => new Reply.Suggestions(
                    await known.CompleteAsync(completion, words, stop.Token)
                ),
                (Interaction.Completion, null) => new Reply.Suggestions([]),
                (Interaction.Command, null) => Replies.Ephemeral(words.CommandIsGone),
                _ => Replies.Ephemeral(words.ButtonIsGone),
            };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A bug in one command is that command's, not the bot's: the member gets a word, the operator the whole story.
            LogBug(e, interaction.Id);
            answering.Fails();
            return interaction is Interaction.Completion
                ? new Reply.Suggestions([])
                : Replies.Ephemeral(patience.IsCancellationRequested ? words.TookTooLong : words.OurMistake);
        }
    }

    private ISlashCommand? CommandOf(Interaction interaction) =>
        interaction switch
        {
            Interaction.Command command => _commands.GetValueOrDefault(command.Name.Split(' ')[0]),
            Interaction.Completion completion => _commands.GetValueOrDefault(completion.Name.Split(' ')[0]),
            Interaction.ButtonPress press => _commands.GetValueOrDefault(press.CustomId.Split(':')[0]),
            _ => null,
        };

    [LoggerMessage(LogLevel.Warning, "Interaction {Id} was not answered: {Outcome}")]
    private partial void LogUnanswered(InteractionId id, SendOutcome outcome);

    [LoggerMessage(LogLevel.Error, "Interaction {Id} ran into a bug")]
    private partial void LogBug(Exception e, InteractionId id);
}
