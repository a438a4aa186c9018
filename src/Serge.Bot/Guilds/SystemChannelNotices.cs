namespace Serge.Bot.Guilds;

/// <summary>Creates notices in the system channel of a server. They are posts in the ledger like any other.</summary>
internal sealed class SystemChannelNotices(IDiscord discord, CommandMentions mentions, Clocks clocks, Random random)
{
    /// <summary>A notice that cannot be posted within a week is dropped.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromDays(7);

    /// <summary>The system channel; <see langword="null"/> if the server has none, or the bot may not post there, or
    /// Discord did not answer.</summary>
    public async Task<ChannelId?> FindChannelAsync(DiscordGuild guild, CancellationToken cancellationToken)
    {
        if (guild.SystemChannel is not { } channel)
        {
            return null;
        }

        var answer = await discord.GetChannelAccessAsync(channel, cancellationToken);
        var mayPost =
            answer is Result<ChannelAccess>.Success(var access)
            && ChannelRequirements.FindMissing(access) == DiscordPermissions.None;
        return mayPost ? channel : null;
    }

    /// <param name="guild">The server.</param>
    /// <param name="topic">Distinguishes notices of the same moment. Begins with a capital letter, which
    /// the name of a schedule cannot contain.</param>
    /// <param name="channel">Where to post it.</param>
    /// <param name="text">The notice.</param>
    public Post Create(GuildId guild, string topic, ChannelId channel, string text)
    {
        var now = clocks.Schedule.GetUtcNow();
        return new Post
        {
            Key = IdempotencyKey.Create(random),
            Schedule = new ScheduleId(GuildSchedule.GetOwner(guild), topic),
            Kind = PostKind.Notice,
            Occurrence = now,
            Destination = Destinations.OfChannel(channel),
            State = PostState.Planned,
            Payload = new Payload { Text = mentions.Format(text) },
            Deadline = now + GracePeriod,
        };
    }
}
