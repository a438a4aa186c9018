namespace Serge.Bot.Guilds;

/// <summary>Wants to know where the bot is: which servers it is in, joins and leaves, and which channels are deleted.</summary>
internal interface IGuildEventHandler
{
    /// <summary>Told of each <see cref="DiscordEvent.Ready"/>, <see cref="DiscordEvent.GuildJoined"/>, <see cref="DiscordEvent.GuildLeft"/> and
    /// <see cref="DiscordEvent.ChannelDeleted"/>, one after the other and in order.</summary>
    /// <param name="happened">One of those.</param>
    /// <param name="cancellationToken">The bot stops.</param>
    Task HandleAsync(DiscordEvent happened, CancellationToken cancellationToken);
}
