namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge schedules</c>: the schedules of the settings and of servers.</summary>
public sealed class SchedulesCommandTests : IDisposable
{
    private static readonly DateTimeOffset Paused = Some.At("2027-01-20 10:00");

    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Schedules_OfSettingsAndServers_HaveTheNextTimeOrWhyTheyArePaused()
    {
        await SetUpAsync();

        (await _home.RunAsync("schedules")).ShouldBe(
            0,
            """
            schedule   server  to                   content               next
            leap               discord:8            on-this-day           Tue 29 Feb 2028 09:00 +00:00
            morning            mastodon, discord:7  quote                 Tue 2 Feb 2027 09:00 +01:00
            active     100     discord:1            on-this-day-or-quote  Tue 2 Feb 2027 09:00 +09:00
            admin      100     discord:1            quote                 –                             paused since 2027-01-20: by an admin of the server
            deleted    100     discord:1            quote                 –                             paused since 2027-01-20: the channel was deleted
            forbidden  100     discord:1            quote                 –                             paused since 2027-01-20: the bot has no permission to post in the channel
            zone       100     discord:1            quote                 –                             paused since 2027-01-20: this machine does not know its time zone
            left       200     discord:2            quote                 –                             the bot is not in the server since 2027-01-20

            """
        );
    }

    [Fact]
    public async Task Schedules_Paused_ListsThoseThatPostNothing()
    {
        await SetUpAsync();

        Assert.Equal(
            ["100 admin", "100 deleted", "100 forbidden", "100 zone", "200 left"],
            (await _home.JsonAsync("schedules", "--paused"))
                .EnumerateArray()
                .Select(schedule => $"{schedule.GetProperty("guild")} {schedule.GetProperty("name")}")
        );
    }

    [Fact]
    public async Task Schedules_AsJson_HasEveryField()
    {
        await SetUpAsync();

        (await _home.RunAsync("schedules", "--json")).ShouldBe(
            0,
            """
            [
              {
                "name": "leap",
                "to": [
                  "discord:8"
                ],
                "content": "on-this-day",
                "cron": "0 9 29 2 *",
                "timeZone": "UTC",
                "next": "2028-02-29T09:00:00+00:00"
              },
              {
                "name": "morning",
                "to": [
                  "mastodon",
                  "discord:7"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Europe/Brussels",
                "next": "2027-02-02T09:00:00+01:00"
              },
              {
                "name": "active",
                "guild": "100",
                "to": [
                  "discord:1"
                ],
                "content": "on-this-day-or-quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "next": "2027-02-02T09:00:00+09:00"
              },
              {
                "name": "admin",
                "guild": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "paused": "paused since 2027-01-20: by an admin of the server"
              },
              {
                "name": "deleted",
                "guild": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "paused": "paused since 2027-01-20: the channel was deleted"
              },
              {
                "name": "forbidden",
                "guild": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "paused": "paused since 2027-01-20: the bot has no permission to post in the channel"
              },
              {
                "name": "zone",
                "guild": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "paused": "paused since 2027-01-20: this machine does not know its time zone"
              },
              {
                "name": "left",
                "guild": "200",
                "to": [
                  "discord:2"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "UTC",
                "paused": "the bot is not in the server since 2027-01-20"
              }
            ]

            """
        );
    }

    [Fact]
    public async Task Schedules_WithoutSchedules_ReportsIt()
    {
        (await _home.RunAsync("schedules")).ShouldBe(0, "There are no schedules.\n");
        (await _home.RunAsync("schedules", "--paused")).ShouldBe(0, "There are no schedules.\n");
    }

    private async Task SetUpAsync()
    {
        _home.Settings(
            """
            "Schedules": {
              "morning": {
                "Cron": "0 9 * * *", "TimeZone": "Europe/Brussels", "Content": "quote", "To": ["mastodon", "discord:7"]
              },
              "leap": { "Cron": "0 9 29 2 *", "Content": "on-this-day", "To": ["discord:8"] }
            }
            """
        );
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(
                Some.Noon,
                "Asia/Tokyo",
                SampleGuild.Schedule(name: "active", content: ScheduleContent.OnThisDayOrQuote),
                Pause("admin", PauseCause.Admin),
                Pause("forbidden", PauseCause.ChannelForbidden),
                Pause("deleted", PauseCause.ChannelDeleted),
                Pause("zone", PauseCause.UnknownZone)
            )
        );
        await _home.WithGuildsAsync(guilds =>
            guilds.ChangeAsync(
                new GuildId(200),
                guild => new GuildChange(
                    guild.With(SampleGuild.Schedule(guild: 200, name: "left", channel: 2)) with
                    {
                        LeftAt = Paused,
                    }
                ),
                TestContext.Current.CancellationToken
            )
        );
    }

    private static GuildSchedule Pause(string name, PauseCause cause) =>
        SampleGuild.Schedule(name: name) with
        {
            Paused = cause,
            PausedAt = Paused,
        };
}
