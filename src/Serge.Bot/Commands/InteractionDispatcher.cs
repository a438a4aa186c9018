namespace Serge.Bot.Commands;

/// <summary>Answers interactions: finds the command, invokes it, and keeps Discord's time limits.</summary>
internal sealed partial class InteractionDispatcher(
    IDiscord discord,
    IEnumerable<IApplicationCommand> commands,
    CommandMentions mentions,
    Clocks clocks,
    ILogger<InteractionDispatcher> logger
)
{
    /// <summary>A command without an answer by now is deferred: Discord waits 3 s, and requests to it take
    /// time.</summary>
    internal static readonly TimeSpan DeferAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>A command is cancelled after this time. Discord accepts the answer to a deferred one for 15
    /// min.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>By type and name: a slash command may have the name of a message command.</summary>
    private readonly Dictionary<(CommandType, string), IApplicationCommand> _commands = commands.ToDictionary(command =>
        (command.Definition.Type, command.Definition.Name)
    );

    /// <summary>The definitions to register.</summary>
    public IReadOnlyList<CommandDefinition> Commands { get; } = [.. commands.Select(command => command.Definition)];

    /// <summary>Sets the ids of the registered commands, so that answers can mention them.</summary>
    public void SetCommandIds(IReadOnlyDictionary<string, ulong> ids) => mentions.SetIds(Commands, ids);

    /// <summary>Answers one interaction.</summary>
    public async Task HandleAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var command = FindCommand(interaction);
        using InteractionMeasurement measurement = new(interaction, command?.Definition.Name, clocks.System);
        var reply = GetReplyAsync(interaction, command, measurement, cancellationToken);
        if (await NeedsDeferralAsync(interaction, reply) && !await DeferAsync(interaction, command))
        {
            // Another worker has deferred it and will answer.
            await reply;
            measurement.Complete(InteractionMeasurement.Elsewhere);
            return;
        }

        // Not cancelled by a shutdown: a member waits, and the client has a timeout of its own.
        var outcome = await discord.RespondAsync(interaction, await reply, CancellationToken.None);
        switch (outcome)
        {
            case SendOutcome.Sent:
                measurement.Complete(InteractionMeasurement.Answered);
                break;
            case SendOutcome.Refused(Refusal.AlreadyAnswered, _):
                measurement.Complete(InteractionMeasurement.Elsewhere);
                break;
            default:
                measurement.Complete(InteractionMeasurement.Unanswered);
                LogUnanswered(interaction.Id, outcome);
                break;
        }
    }

    private IApplicationCommand? FindCommand(Interaction interaction)
    {
        var key = interaction switch
        {
            Interaction.Command command => (CommandType.Slash, command.Name.Split(' ')[0]),
            Interaction.MessageCommand command => (CommandType.Message, command.Name),
            Interaction.Autocomplete completion => (CommandType.Slash, completion.Name.Split(' ')[0]),
            Interaction.ButtonPress press => (CommandType.Slash, press.CustomId.Split(':')[0]),
            _ => default,
        };
        return _commands.GetValueOrDefault(key);
    }

    private async Task<bool> NeedsDeferralAsync(Interaction interaction, Task reply)
    {
        if (reply.IsCompleted || interaction is Interaction.Autocomplete)
        {
            return false;
        }

        using CancellationTokenSource done = new();
        var first = await Task.WhenAny(reply, Task.Delay(DeferAfter, clocks.System, done.Token));
        await done.CancelAsync();
        return first != reply;
    }

    /// <returns>False if another worker has answered the interaction.</returns>
    private async Task<bool> DeferAsync(Interaction interaction, IApplicationCommand? command)
    {
        var deferral = CreateDeferral(interaction, command);
        var outcome = await discord.RespondAsync(interaction, deferral, CancellationToken.None);
        return outcome is not SendOutcome.Refused(Refusal.AlreadyAnswered, _);
    }

    private static Reply CreateDeferral(Interaction interaction, IApplicationCommand? command)
    {
        if (
            interaction is Interaction.ButtonPress press
            && command is ISlashCommand slash
            && slash.ReplacesMessage(press)
        )
        {
            return new Reply.DeferredUpdate();
        }

        return new Reply.Deferred(command?.IsEphemeral(interaction) ?? true);
    }

    private async Task<Reply> GetReplyAsync(
        Interaction interaction,
        IApplicationCommand? command,
        InteractionMeasurement measurement,
        CancellationToken cancellationToken
    )
    {
        var strings = Strings.For(interaction.Locale);
        using CancellationTokenSource timeout = new(Timeout, clocks.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return MentionCommands(await InvokeAsync(interaction, command, strings, stop.Token));
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            // An exception in one command must not stop the bot.
            measurement.MarkFailed();
            if (timeout.IsCancellationRequested)
            {
                LogTimedOut(e, interaction.Id, Timeout.TotalSeconds);
                return CreateFailure(interaction, strings.TookTooLong);
            }

            LogFailed(e, interaction.Id);
            return CreateFailure(interaction, strings.InternalError);
        }
    }

    private static async ValueTask<Reply> InvokeAsync(
        Interaction interaction,
        IApplicationCommand? command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        switch (interaction, command)
        {
            case (Interaction.Command given, ISlashCommand slash):
                return await slash.HandleAsync(given, strings, cancellationToken);
            case (Interaction.Autocomplete completion, ISlashCommand slash):
                return new Reply.Suggestions(await slash.CompleteAsync(completion, strings, cancellationToken));
            case (Interaction.ButtonPress press, ISlashCommand slash):
                return await slash.HandleButtonAsync(press, strings, cancellationToken);
            case (Interaction.MessageCommand given, IMessageCommand ofMessage):
                return await ofMessage.HandleAsync(given, strings, cancellationToken);
            case (Interaction.Command or Interaction.MessageCommand, _):
                return Replies.Ephemeral(strings.UnknownCommand);
            default:
                return CreateFailure(interaction, strings.UnknownButton);
        }
    }

    private Reply MentionCommands(Reply reply) =>
        reply switch
        {
            Reply.Message message => message with { Content = MentionCommands(message.Content) },
            Reply.Update update => update with { Content = MentionCommands(update.Content) },
            _ => reply,
        };

    private DiscordMessage MentionCommands(DiscordMessage message) =>
        message with
        {
            Text = mentions.Format(message.Text),
        };

    private static Reply CreateFailure(Interaction interaction, string text)
    {
        if (interaction is Interaction.Autocomplete)
        {
            return new Reply.Suggestions([]);
        }

        return Replies.Ephemeral(text);
    }

    [LoggerMessage(LogLevel.Warning, "Interaction {Id} was not answered: {Outcome}")]
    private partial void LogUnanswered(InteractionId id, SendOutcome outcome);

    [LoggerMessage(LogLevel.Error, "Handling interaction {Id} failed with an unhandled exception")]
    private partial void LogFailed(Exception e, InteractionId id);

    [LoggerMessage(LogLevel.Error, "Handling interaction {Id} failed: timeout after {Seconds} s")]
    private partial void LogTimedOut(Exception e, InteractionId id, double seconds);
}
