using System.Text.Json;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge status</c>: how the bot is, from the ledger and the files alone.</summary>
public sealed class StatusVerbTests : IDisposable
{
    private readonly CommandHome _home = new();

    public StatusVerbTests() => _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Status_OfARunningBot_IsWell()
    {
        await RunningAsync();
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, occurrence: Some.At("2027-02-01 08:00")) with
            {
                Url = new Uri("https://m.example/@serge/42"),
            }
        );

        (await _home.RunAsync("status")).Is(
            0,
            """
            good   bot             at work: discord and mastodon by process 12 on host
            good   quote files     3 quotations, 3 events
            good   ledger          HOME/serge.db
            good   failures        none that nobody has seen to

            to         last post                    by       next post                    by
            mastodon   Mon 1 Feb 2027 09:00 +01:00  morning  Tue 2 Feb 2027 09:00 +01:00  morning  https://m.example/@serge/42
            discord:7  none yet                              Tue 2 Feb 2027 09:00 +01:00  morning

            """
        );
    }

    [Fact]
    public async Task Status_OfTwoWorkers_NamesBoth()
    {
        await RunningAsync();
        _home.Settings(Section.Morning, Section.Mastodon);
        await HoldAsync("mastodon", "other/9/x");
        _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

        Assert.Contains(
            "at work: discord by process 12 on host and mastodon by process 9 on other\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_OfABotWithOnePlatform_NamesIt()
    {
        _home.Settings(Section.Mastodon);
        await RunningAsync();

        (await _home.RunAsync("status")).Is(
            0,
            """
            good   bot             at work: mastodon by process 12 on host
            good   quote files     3 quotations, 3 events
            good   ledger          HOME/serge.db
            good   failures        none that nobody has seen to

            There are no schedules, so nothing is posted of itself.

            """
        );
    }

    [Fact]
    public async Task Status_WithEverythingWrong_SaysWhatToDo()
    {
        _home.Write("quotes.yaml", "- id: broken\n");
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(Some.Noon, "Asia/Tokyo", SomePlace.Schedule(name: "evening", time: "20:00"))
        );
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", occurrence: Some.Noon.AddHours(-1)),
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Refused, occurrence: Some.Noon.AddHours(-2)),
            Some.Post("cccccccccccccccccccccccc", PostState.Missed, "discord:7", Some.Noon.AddHours(-3)),
            Some.Post("dddddddddddddddddddddddd", occurrence: Some.Noon.AddHours(1))
        );

        (await _home.RunAsync("status")).Is(
            1,
            """
            LOOK   bot             not at work: nobody holds the sender’s lease. serge run starts it; after a crash the next one waits until the lease has ended.
            LOOK   quote files     HOME/quotes/quotes.yaml:1:3: error: 'topics' names nothing. Write 'topics: [revolution]' with at least one.
            LOOK   quote files     HOME/quotes/quotes.yaml:1:3: error: The key 'text' is missing. Add it below the id: 'text: …'.
            LOOK   quote files     HOME/quotes/quotes.yaml:1:3: error: The key 'via' is missing. Add it below the id: 'via: …'.
            LOOK   quote files     They cannot be served as they are. A bot at work serves what they were before; one that is started now does not begin.
            good   ledger          HOME/serge.db
            LOOK   waiting         1 posts are due and not out yet
            LOOK   failures        2 posts failed. serge deliveries --failed lists them, serge retry sends one again.
            good   servers         1 schedules of 1 Discord servers, 0 of them at rest; the next post Tue 2 Feb 2027 20:00 +09:00

            to         last post  by  next post                    by
            mastodon   none yet       Tue 2 Feb 2027 09:00 +01:00  morning
            discord:7  none yet       Tue 2 Feb 2027 09:00 +01:00  morning

            """
        );
    }

    [Fact]
    public async Task Status_BeforeAnythingIsSetUp_SaysWhatToSet()
    {
        _home.Settings();

        (await _home.RunAsync("status")).Is(
            1,
            """
            LOOK   bot             no platform has credentials, so it cannot be seen here whether it runs. serge doctor says what to set.
            good   quote files     3 quotations, 3 events
            good   ledger          HOME/serge.db
            good   failures        none that nobody has seen to

            There are no schedules, so nothing is posted of itself.

            """
        );
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)] // a failed post
    [InlineData(false, true, false)] // broken files
    public async Task Status_WithARunningBot_IsWellUnlessSomethingFailed(bool hasFailed, bool isBroken, bool isWell)
    {
        await RunningAsync();
        if (hasFailed)
        {
            await _home.AddAsync(Some.Post(state: PostState.Missed));
        }

        if (isBroken)
        {
            _home.Write("quotes.yaml", "- id: broken\n");
        }

        Assert.Equal(isWell ? 0 : 1, (await _home.RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task Status_WithALeaseThatHasEnded_IsNotWell()
    {
        await RunningAsync();
        _home.Wire.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains(
            "LOOK   bot             not at work: nobody holds the sender’s lease. serge run starts it; after a crash the next one waits until the lease has ended.\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Section.Mastodon)]
    [InlineData(Section.Discord)]
    public async Task Status_OfABotWithOnePlatformThatDoesNotRun_SaysHowToStartIt(string platform)
    {
        _home.Settings(platform);

        Assert.StartsWith(
            "LOOK   bot             not at work: nobody holds the sender’s lease. serge run starts it;",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_WithWithdrawnItems_NamesThemInOrder()
    {
        await RunningAsync();
        await _home.WithdrawAsync("within-us");
        await _home.WithdrawAsync("birth");

        Assert.Contains(
            "good   quote files     3 quotations, 3 events; withdrawn: birth, within-us\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_WithPostsDueWhileTheBotRuns_IsWell()
    {
        await RunningAsync();
        await _home.AddAsync(Some.Post());

        var result = await _home.RunAsync("status");

        Assert.Contains(
            "good   waiting         1 posts are due and not out yet\n",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Status_WithAThousandFailures_SaysThatThereMayBeMore()
    {
        await RunningAsync();
        await _home.AddAsync([
            .. Enumerable
                .Range(0, 1001)
                .Select(i => Some.Post($"k{i}", PostState.Missed, occurrence: Some.Noon.AddMinutes(-i))),
        ]);

        Assert.Contains(
            "LOOK   failures        1000 or more posts failed. serge deliveries --failed lists them, serge retry sends one again.\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_AsJson_HasEveryField()
    {
        await RunningAsync();
        _home.Settings(Section.Morning, Section.Mastodon);
        await _home.WithdrawAsync("within-us");
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(Some.Noon, "Asia/Tokyo", SomePlace.Schedule(name: "evening", time: "20:00"))
        );
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, occurrence: Some.At("2027-02-01 08:00")) with
            {
                Url = new Uri("https://m.example/@serge/42"),
            },
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Refused, occurrence: Some.Noon.AddHours(-2)),
            Some.Post("cccccccccccccccccccccccc", occurrence: Some.Noon)
        );

        (await _home.RunAsync("status", "--json")).Is(
            1,
            """
            {
              "senders": [
                {
                  "platform": "mastodon",
                  "machine": "host",
                  "process": "12",
                  "until": "2030-01-01T00:00:15+00:00"
                }
              ],
              "destinations": [
                {
                  "destination": "mastodon",
                  "off": false,
                  "last": {
                    "when": "2027-02-01T09:00:00+01:00",
                    "schedule": "morning",
                    "url": "https://m.example/@serge/42"
                  },
                  "next": {
                    "when": "2027-02-02T09:00:00+01:00",
                    "schedule": "morning"
                  }
                },
                {
                  "destination": "discord:7",
                  "off": true,
                  "next": {
                    "when": "2027-02-02T09:00:00+01:00",
                    "schedule": "morning"
                  }
                }
              ],
              "servers": {
                "count": 1,
                "schedules": 1,
                "resting": 0,
                "next": "2027-02-02T20:00:00+09:00"
              },
              "catalogue": {
                "quotes": 3,
                "events": 3,
                "withdrawn": [
                  "within-us"
                ],
                "errors": []
              },
              "waiting": 1,
              "failed": 1,
              "ledger": "HOME/serge.db"
            }

            """
        );
    }

    [Fact]
    public async Task Status_WithBrokenQuoteFiles_AsJson_CountsNothingAndListsTheErrors()
    {
        _home.Write(
            "quotes.yaml",
            TestCatalogue.Quotes
                + """
                - id: within-us-too
                  text: "Totalitarianism is within us!"
                  via: cunningham
                  topics: [power]
                - id: broken
                  text: "Words."
                  via: nobody
                  topics: [power]

                """
        );

        using var json = JsonDocument.Parse((await _home.RunAsync("status", "--json")).Output);
        var catalogue = json.RootElement.GetProperty("catalogue");

        Assert.Equal((0, 0), (catalogue.GetProperty("quotes").GetInt32(), catalogue.GetProperty("events").GetInt32()));
        Assert.Contains(
            "There is no source 'nobody'.",
            Assert.Single(catalogue.GetProperty("errors").EnumerateArray()).GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_OfADestinationOfAnEarlierSetting_ShowsItsLastPost()
    {
        await RunningAsync();
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, "discord:8", Some.At("2027-01-31 08:00")),
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Sent, "discord:9", Some.At("2027-01-31 08:00")) with
            {
                Schedule = ScheduleId.OfOperator("guild:100:evening"),
            }
        );

        var lines = (await _home.RunAsync("status")).Output.Split('\n');

        Assert.Contains("discord:8  Sun 31 Jan 2027 09:00 +01:00  morning  none", lines);
        Assert.DoesNotContain(lines, line => line.Contains("discord:9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_OfADestinationWhoseLastPostIsAServers_ShowsItInUtc()
    {
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, "discord:7", Some.At("2027-02-01 08:00")) with
            {
                Schedule = ScheduleId.OfOperator("guild:100:evening"),
            }
        );

        Assert.Contains(
            "discord:7  Mon 1 Feb 2027 08:00 +00:00  guild:100:evening  Tue 2 Feb 2027 09:00 +01:00  morning",
            (await _home.RunAsync("status")).Output.Split('\n')
        );
    }

    [Fact]
    public async Task Status_OfSeveralServers_CountsThemAndNamesTheNextPost()
    {
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(
                Some.Noon,
                "Asia/Tokyo",
                SomePlace.Schedule(name: "evening", time: "23:00"),
                SomePlace.Schedule(name: "morning", time: "09:00"),
                SomePlace.Schedule(name: "paused", time: "22:00") with
                {
                    Paused = PauseCause.Admin,
                    PausedAt = Some.Noon,
                }
            )
        );
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(Some.Noon, "Etc/UTC", SomePlace.Schedule(guild: 200, name: "evening", time: "20:00"))
        );

        Assert.Contains(
            "good   servers         4 schedules of 2 Discord servers, 1 of them at rest; the next post Mon 1 Feb 2027 23:00 +09:00",
            (await _home.RunAsync("status")).Output.Split('\n')
        );
    }

    [Fact]
    public async Task Status_OfServersWhoseSchedulesAllRest_NamesNoNextPost()
    {
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(
                Some.Noon,
                "Asia/Tokyo",
                SomePlace.Schedule(name: "paused") with
                {
                    Paused = PauseCause.Admin,
                    PausedAt = Some.Noon,
                }
            )
        );

        Assert.Contains(
            "good   servers         1 schedules of 1 Discord servers, 1 of them at rest",
            (await _home.RunAsync("status")).Output.Split('\n')
        );
    }

    [Fact]
    public async Task Status_OfASharedDestination_ShowsTheScheduleThatIsDueFirst()
    {
        _home.Settings(
            """
            "Schedules": {
              "a": { "Cron": "0 15 * * *", "Content": "quote", "To": ["mastodon"] },
              "b": { "Cron": "0 13 * * *", "Content": "quote", "To": ["mastodon"] },
              "c": { "Cron": "0 14 * * *", "Content": "quote", "To": ["mastodon", "discord:7"] }
            }
            """
        );

        var lines = (await _home.RunAsync("status")).Output.Split('\n');

        Assert.Contains("mastodon   none yet       Mon 1 Feb 2027 13:00 +00:00  b   off: no credentials", lines);
        Assert.Contains("discord:7  none yet       Mon 1 Feb 2027 14:00 +00:00  c   off: no credentials", lines);
    }

    [Fact]
    public async Task Status_OnATerminal_ColoursWhatIsWrong()
    {
        _home.Terminal = new Terminal(200, HasColours: true);

        var output = (await _home.RunAsync("status")).Output;

        Assert.Contains("\u001b[1;91mLOOK\u001b[0m", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[32mgood\u001b[0m", output, StringComparison.Ordinal);
    }

    private Task RunningAsync() => _home.HoldLeaseAsync("host/12/abc", _home.Wire.GetUtcNow().AddSeconds(15));

    /// <summary>Replaces the holder of the lease of one platform, as after a takeover.</summary>
    private async Task HoldAsync(string platform, string owner)
    {
        await using var database = await Storage.Database.OpenAsync(
            _home.LedgerPath,
            TestContext.Current.CancellationToken
        );
        await database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    "UPDATE senders SET owner = @owner WHERE name LIKE @platform || ':%'",
                    TestContext.Current.CancellationToken,
                    ("@owner", owner),
                    ("@platform", platform)
                ),
            TestContext.Current.CancellationToken
        );
    }
}
