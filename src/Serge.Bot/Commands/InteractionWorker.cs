using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Commands;

/// <summary>Listens to Discord, keeps the commands registered, and hands each interaction to its command.</summary>
internal sealed partial class InteractionWorker(
    IDiscord discord, IEnumerable<ISlashCommand> commands, Clocks clocks, Surrender surrender, ILogger<InteractionWorker> logger) : BackgroundService
{
    /// <summary>More than this many answers at a time would not be given within Discord's 3 s anyway.</summary>
    private const int MostAtOnce = 64;

    private static readonly TimeSpan RegisterAgainAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, ISlashCommand> _commands = commands.ToDictionary(command => command.Definition.Name, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var turns = new SemaphoreSlim(MostAtOnce);
        HashSet<Task> running = [];
        Task? registration = null;
        try
        {
            await foreach (var happened in discord.ReadAsync(stoppingToken))
            {
                running.RemoveWhere(task => task.IsCompleted);
                switch (happened)
                {
                    case DiscordEvent.Ready ready:
                        LogReady(ready.UserName, ready.Guilds.Count);
                        registration ??= RegisterAsync(stoppingToken);

                        break;
                    case DiscordEvent.Resumed:
                        LogResumed();
                        break;
                    case DiscordEvent.Disconnected lost:
                        LogDisconnected(lost.Reason);
                        break;
                    case DiscordEvent.Interacted interacted:
                        await turns.WaitAsync(stoppingToken);
                        running.Add(AnswerAsync(interacted.Interaction, turns, stoppingToken));
                        break;
                    case DiscordEvent.Stopped stopped:
                        LogStopped(stopped.Cause == StopCause.BadToken ? "Discord:Token is not accepted" : "Discord will not give us a session", stopped.Reason);
                        surrender.DiscordIsLost();
                        break;
                    case DiscordEvent.GuildJoined or DiscordEvent.GuildLeft or DiscordEvent.ChannelDeleted:
                        // Schedules are the operator's own; their posts are refused by Discord and reported there.
                        break;
                }
            }
        }
        finally
        {
            await Task.WhenAll(running.Append(registration ?? Task.CompletedTask));
        }
    }

    /// <summary>Answers one interaction.</summary>
    internal async Task AnswerAsync(Interaction interaction, SemaphoreSlim? turns, CancellationToken cancellationToken)
    {
        try
        {
            // Not cancelled by a shutdown: a member waits, and the client gives up within Discord's 3 s by itself.
            var outcome = await discord.RespondAsync(interaction, await ReplyAsync(interaction, cancellationToken), CancellationToken.None);
            if (outcome is not (SendOutcome.Sent or SendOutcome.Refused(Refusal.AlreadyAnswered, _)))
            {
                LogUnanswered(interaction.Id, outcome);
            }
        }
        finally
        {
            turns?.Release();
        }
    }

    private async Task<Reply> ReplyAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        try
        {
            return interaction switch
            {
                Interaction.Command command when CommandOf(command.Name) is { } handler => await handler.AnswerAsync(command, cancellationToken),
                Interaction.Completion completion => new Reply.Suggestions(CommandOf(completion.Name)?.Complete(completion) ?? []),
                Interaction.Command => Replies.ForYou("This command is no longer there. Discord shows the new list in a moment."),
                _ => Replies.ForYou("This button is no longer in use."),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug in one command is that command's, not the bot's: the member gets a word, the operator the whole story.
            LogBug(e, interaction.Id);
            return interaction is Interaction.Completion ? new Reply.Suggestions([]) : Replies.ForYou("Something went wrong here, and it was not your fault. The operator’s log says what.");
        }
    }

    private ISlashCommand? CommandOf(string name) => _commands.GetValueOrDefault(name.Split(' ')[0]);

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        CommandDefinition[] definitions = [.. _commands.Values.Select(command => command.Definition)];
        while (true)
        {
            switch (await discord.RegisterCommandsAsync(definitions, cancellationToken))
            {
                case Answer<Registration>.Got(var registration):
                    LogRegistered(registration.Count, registration.Changed ? "registered anew" : "unchanged");
                    return;
                case Answer<Registration>.Refused(_, var reason):
                    LogNotRegistered(reason);
                    return;
                case Answer<Registration>.Unauthorized(var reason):
                    LogNotRegistered(reason);
                    return;
                case Answer<Registration>.Unavailable(var reason):
                    LogNotYetRegistered(reason);
                    await Task.Delay(RegisterAgainAfter, clocks.Wire, cancellationToken);
                    break;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Discord is ready: connected as {Name}; servers: {Guilds}")]
    private partial void LogReady(string name, int guilds);

    [LoggerMessage(LogLevel.Information, "The connection to Discord goes on where it broke off")]
    private partial void LogResumed();

    [LoggerMessage(LogLevel.Warning, "The connection to Discord is lost and made anew: {Reason}")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(LogLevel.Critical, "{What}, so the bot stays away from Discord until it is mended and started again: {Reason}")]
    private partial void LogStopped(string what, string reason);

    [LoggerMessage(LogLevel.Information, "{Count} slash commands, {What}")]
    private partial void LogRegistered(int count, string what);

    [LoggerMessage(LogLevel.Error, "Discord refuses the slash commands, so members see the old ones: {Reason}")]
    private partial void LogNotRegistered(string reason);

    [LoggerMessage(LogLevel.Warning, "The slash commands could not be registered yet and are tried again: {Reason}")]
    private partial void LogNotYetRegistered(string reason);

    [LoggerMessage(LogLevel.Warning, "Interaction {Id} was not answered: {Outcome}")]
    private partial void LogUnanswered(InteractionId id, SendOutcome outcome);

    [LoggerMessage(LogLevel.Error, "Interaction {Id} ran into a bug")]
    private partial void LogBug(Exception e, InteractionId id);
}
