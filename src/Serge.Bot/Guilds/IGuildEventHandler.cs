namespace Serge.Bot.Guilds;

/// <summary>Handles events of the Discord gateway that concern servers.</summary>
internal interface IGuildEventHandler
{
    /// <summary>Returns without waiting for the network.</summary>
    Task HandleAsync(DiscordEvent discordEvent, CancellationToken cancellationToken);
}
