using Serge.Bot.Platforms;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>Servers with ten channels; each channel has a schedule at nine o'clock UTC, as its admins would set it
/// up.</summary>
internal static class ManyServers
{
    public static async Task<IReadOnlyList<Channel>> AddAsync(
        Stage stage,
        IGuildStore guildStore,
        int count,
        DateTimeOffset now
    )
    {
        List<Channel> channels = [];
        while (channels.Count < count)
        {
            var guild = stage.Discord.AddGuild($"Server {channels.Count / 10}", stage.Member);
            stage.Discord.Install(guild, stage.Application);
            List<Channel> its =
            [
                .. Enumerable
                    .Range(0, Math.Min(10, count - channels.Count))
                    .Select(n => stage.Discord.AddChannel(guild, $"quotations-{n}")),
            ];
            channels.AddRange(its);
            await guildStore.ChangeAsync(
                new GuildId(guild.Id.Value),
                guildSettings => new GuildChange(
                    its.Aggregate(guildSettings, (all, channel) => all.With(Schedule(guild, channel)))
                        .DueAfter(now, TimeZoneInfo.Utc)
                ),
                stage.CancellationToken
            );
        }

        return channels;
    }

    private static GuildSchedule Schedule(Guild guild, Channel channel) =>
        new()
        {
            Guild = new GuildId(guild.Id.Value),
            Name = channel.Name,
            Channel = new ChannelId(channel.Id.Value),
            Time = new TimeOnly(9, 0),
            Days = Weekdays.Daily,
            Content = ScheduleContent.Quote,
            Zone = "Etc/UTC",
        };
}
