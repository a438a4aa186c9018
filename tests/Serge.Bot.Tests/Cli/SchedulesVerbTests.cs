namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge schedules</c> and <c>serge forget</c>.</summary>
public sealed class SchedulesVerbTests : IDisposable
{
    private static readonly DateTimeOffset Paused = Some.At("2027-01-20 10:00");

    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Schedules_OfSettingsAndServers_SaysWhenOrWhyNot()
    {
        await SetUpAsync();

        (await _home.RunAsync("schedules")).Is(
            0,
            """
            schedule           to                   content               next
            leap               discord:8            on-this-day           Tue 29 Feb 2028 09:00 +00:00
            morning            mastodon, discord:7  quote                 Tue 2 Feb 2027 09:00 +01:00
            guild:100:admin    discord:1            quote                 –                             paused since 2027-01-20: by an admin of the server
            guild:100:closed   discord:1            quote                 –                             paused since 2027-01-20: the channel is closed to the bot
            guild:100:deleted  discord:1            quote                 –                             paused since 2027-01-20: the channel was deleted
            guild:100:open     discord:1            on-this-day-or-quote  Tue 2 Feb 2027 09:00 +09:00
            guild:100:zone     discord:1            quote                 –                             paused since 2027-01-20: its time zone is unknown here
            guild:200:left     discord:2            quote                 –                             rests: the bot is not in the server since 2027-01-20

            """
        );
    }

    [Fact]
    public async Task Schedules_ThatArePaused_ListsOnlyThose()
    {
        await SetUpAsync();

        Assert.Equal(
            ["guild:100:admin", "guild:100:closed", "guild:100:deleted", "guild:100:zone", "guild:200:left"],
            (await _home.JsonAsync("schedules", "--paused"))
                .EnumerateArray()
                .Select(one => one.GetProperty("name").GetString())
        );
    }

    [Fact]
    public async Task Schedules_AsJson_HasEveryField()
    {
        await SetUpAsync();

        (await _home.RunAsync("schedules", "--json")).Is(
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
                "name": "guild:100:admin",
                "server": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "rests": "paused since 2027-01-20: by an admin of the server"
              },
              {
                "name": "guild:100:closed",
                "server": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "rests": "paused since 2027-01-20: the channel is closed to the bot"
              },
              {
                "name": "guild:100:deleted",
                "server": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "rests": "paused since 2027-01-20: the channel was deleted"
              },
              {
                "name": "guild:100:open",
                "server": "100",
                "to": [
                  "discord:1"
                ],
                "content": "on-this-day-or-quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "next": "2027-02-02T09:00:00+09:00"
              },
              {
                "name": "guild:100:zone",
                "server": "100",
                "to": [
                  "discord:1"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "Asia/Tokyo",
                "rests": "paused since 2027-01-20: its time zone is unknown here"
              },
              {
                "name": "guild:200:left",
                "server": "200",
                "to": [
                  "discord:2"
                ],
                "content": "quote",
                "cron": "0 9 * * *",
                "timeZone": "UTC",
                "rests": "rests: the bot is not in the server since 2027-01-20"
              }
            ]

            """
        );
    }

    [Fact]
    public async Task Schedules_WhenThereIsNone_SaysSo()
    {
        (await _home.RunAsync("schedules")).Is(0, "There are none.\n");
        (await _home.RunAsync("schedules", "--paused")).Is(0, "There are none.\n");
    }

    [Fact]
    public async Task Forget_AServer_DeletesItsSchedulesAndPosts()
    {
        await SetUpAsync();
        await _home.AddAsync(
            Some.Post("a", PostState.Sent, "discord:1") with
            {
                Schedule = ScheduleId.OfOperator("guild:100:open"),
            },
            Some.Post("b", PostState.Sent, "discord:2") with
            {
                Schedule = ScheduleId.OfOperator("guild:200:left"),
            }
        );

        (await _home.RunAsync("forget", "--server", "100")).Is(0, "All that was kept about server 100 is deleted.\n");

        Assert.Equal("b", Assert.Single(await _home.PostsAsync()).Key);
        Assert.Equal(
            [new GuildId(200)],
            await _home.WithPlacesAsync(async places =>
                (await places.ListAsync(TestContext.Current.CancellationToken)).Select(place => place.Guild).ToList()
            )
        );
    }

    [Fact]
    public async Task Forget_AServerWithTheGreatestId_DeletesIt()
    {
        const ulong greatest = long.MaxValue;
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(Some.Noon, zone: null, SomePlace.Schedule(guild: greatest))
        );

        (await _home.RunAsync("forget", "--server", "9223372036854775807")).Is(
            0,
            "All that was kept about server 9223372036854775807 is deleted.\n"
        );
    }

    [Theory]
    [InlineData("300")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")] // more than the database can hold
    public async Task Forget_AServerThatIsNotKnown_SaysSo(string id)
    {
        await SetUpAsync();

        (await _home.RunAsync("forget", "--server", id)).Is(1, $"Nothing is kept about server {id}.\n");
    }

    [Theory]
    [InlineData("--server")]
    [InlineData("--server readers")]
    [InlineData("")]
    public async Task Forget_WithoutAnId_DeletesNothing(string args)
    {
        await SetUpAsync();

        var result = await _home.RunAsync(["forget", .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--server", result.Error, StringComparison.Ordinal);
        Assert.Equal(8, (await _home.JsonAsync("schedules")).GetArrayLength());
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
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(
                Some.Noon,
                "Asia/Tokyo",
                SomePlace.Schedule(name: "open", content: ScheduleContent.OnThisDayOrQuote),
                Pause("admin", PauseCause.Admin),
                Pause("closed", PauseCause.ChannelForbidden),
                Pause("deleted", PauseCause.ChannelDeleted),
                Pause("zone", PauseCause.UnknownZone)
            )
        );
        await _home.WithPlacesAsync(places =>
            places.ChangeAsync(
                new GuildId(200),
                place => new GuildChange(
                    place.With(SomePlace.Schedule(guild: 200, name: "left", channel: 2)) with
                    {
                        LeftAt = Paused,
                    }
                ),
                TestContext.Current.CancellationToken
            )
        );
    }

    private static GuildSchedule Pause(string name, PauseCause cause) =>
        SomePlace.Schedule(name: name) with
        {
            Paused = cause,
            PausedAt = Paused,
        };
}
