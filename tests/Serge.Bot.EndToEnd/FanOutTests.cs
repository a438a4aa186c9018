using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Places;
using Serge.Bot.Platforms;
using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Discord;

namespace Serge.Bot.EndToEnd;

/// <summary>Many servers want their post at nine: all get it, as fast as Discord allows and no faster.</summary>
[Collection(Alone.Name)]
public sealed class FanOutTests
{
    private readonly StandingCalendar _calendar = new(Stage.At("2027-02-01 08:59"));

    [Fact]
    public Task FiveHundredChannels_AtOneMinute_AreServedAtDiscordsPace() => FanOutAsync(500);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task TenThousandChannels_AtOneMinute_AreServedAtDiscordsPaceAndInFlatMemory() => FanOutAsync(10_000);

    private async Task FanOutAsync(int count)
    {
        await using var stage = await Stage.OpenAsync(TimeSpan.FromSeconds(60 + (count / 40)));
        await using var worker = await stage.StartWorkerAsync(_calendar);
        var channels = await SetUpAsync(stage, worker.Services.GetRequiredService<IPlaces>(), count);
        using var watch = stage.World.Watch();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = before;

        _calendar.MoveTo(Stage.At("2027-02-01 09:00"));
        List<DateTimeOffset> arrivals = [];
        while (arrivals.Count < count)
        {
            switch (await watch.NextAsync<SimulatorEvent>(cancellationToken: stage.Patience))
            {
                case SimulatorEvent.MessageCreated(var message):
                    arrivals.Add(message.Timestamp);
                    most =
                        arrivals.Count % 1000 == 0
                            ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true))
                            : most;
                    break;
                case SimulatorEvent.RequestServed served:
                    Assert.NotEqual(429, served.StatusCode);
                    break;
            }
        }

        var took = arrivals[^1] - arrivals[0];
        var shortest = TimeSpan.FromSeconds((count - 1) / 50.0);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} posts took {took}, {took / shortest:P1} of the shortest time; {(most - before) / 1024.0 / 1024:0.0} MiB more in use at most"
        );
        Assert.All(channels, channel => Assert.Single(stage.Discord.Messages(channel)));
        // The second is for a machine that does other things too.
        Assert.InRange(took, shortest * 0.99, (shortest * 1.05) + TimeSpan.FromSeconds(1));
    }

    /// <summary>Servers of ten channels, each with its own schedule, as their admins would have set them up.</summary>
    private async Task<IReadOnlyList<Channel>> SetUpAsync(Stage stage, IPlaces places, int count)
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
            await places.ChangeAsync(
                new GuildId(guild.Id.Value),
                place => new PlaceChange(
                    its.Aggregate(place, (all, channel) => all.With(Schedule(guild, channel)))
                        .DueAfter(_calendar.GetUtcNow(), TimeZoneInfo.Utc)
                ),
                stage.Patience
            );
        }

        return channels;
    }

    private static PlaceSchedule Schedule(Guild guild, Channel channel) =>
        new()
        {
            Guild = new GuildId(guild.Id.Value),
            Name = channel.Name,
            Channel = new ChannelId(channel.Id.Value),
            Time = new TimeOnly(9, 0),
            Days = Weekdays.Daily,
            Content = Schedules.ScheduleContent.Quote,
            Zone = "Etc/UTC",
        };
}
