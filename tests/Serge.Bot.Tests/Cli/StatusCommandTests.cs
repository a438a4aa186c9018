using System.Text.Json;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge status</c>: the state of the bot, read only from the ledger and the files.</summary>
public sealed class StatusCommandTests : IDisposable
{
    private readonly CommandHome _home = new();

    public StatusCommandTests() => _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Status_OfARunningBot_IsOk()
    {
        await HoldLeaseAsync();
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, occurrence: Some.At("2027-02-01 08:00")) with
            {
                Url = new Uri("https://m.example/@serge/42"),
            }
        );

        (await _home.RunAsync("status")).ShouldBe(
            0,
            """
            ok     bot             running: discord and mastodon by process 12 on host
            ok     quote files     3 quotations, 3 events
            ok     ledger          HOME/serge.db
            ok     failures        none

            to         last post                    by       next post                    by
            mastodon   Mon 1 Feb 2027 09:00 +01:00  morning  Tue 2 Feb 2027 09:00 +01:00  morning  https://m.example/@serge/42
            discord:7  none yet                              Tue 2 Feb 2027 09:00 +01:00  morning

            """
        );
    }

    [Fact]
    public async Task Status_OfTwoWorkers_NamesBoth()
    {
        await HoldLeaseAsync();
        _home.Settings(Section.Morning, Section.Mastodon);
        await ChangeHolderAsync("mastodon", "other/9/x");
        _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

        Assert.Contains(
            "running: discord by process 12 on host, mastodon by process 9 on other\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_WithOnePlatform_NamesIt()
    {
        _home.Settings(Section.Mastodon);
        await HoldLeaseAsync();

        (await _home.RunAsync("status")).ShouldBe(
            0,
            """
            ok     bot             running: mastodon by process 12 on host
            ok     quote files     3 quotations, 3 events
            ok     ledger          HOME/serge.db
            ok     failures        none

            There are no schedules, so nothing is posted automatically.

            """
        );
    }

    [Fact]
    public async Task Status_WithEveryProblem_StatesWhatToDo()
    {
        _home.Write("quotes.yaml", "- id: broken\n");
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(Some.Noon, "Asia/Tokyo", SampleGuild.Schedule(name: "evening", time: "20:00"))
        );
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", occurrence: Some.Noon.AddHours(-1)),
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Refused, occurrence: Some.Noon.AddHours(-2)),
            Some.Post("cccccccccccccccccccccccc", PostState.Missed, "discord:7", Some.Noon.AddHours(-3)),
            Some.Post("dddddddddddddddddddddddd", occurrence: Some.Noon.AddHours(1))
        );

        (await _home.RunAsync("status")).ShouldBe(
            1,
            """
            ERROR  bot             not running: no worker holds the sender’s lease. Start it with serge run. After a crash a new worker sends when the lease has expired.
            ERROR  quote files     HOME/quotes/quotes.yaml:1:3: error: The list 'topics' is missing or empty. Write 'topics: [revolution]' with at least one item.
            ERROR  quote files     HOME/quotes/quotes.yaml:1:3: error: The key 'text' is missing. Add the line 'text: …'.
            ERROR  quote files     HOME/quotes/quotes.yaml:1:3: error: The quote names neither an essay nor a work. Add the line 'via: …' with the essay that prints it, or 'work: …' with the work it is from.
            ERROR  quote files     The files have errors. A running bot serves the last valid version; a new one does not start.
            ok     ledger          HOME/serge.db
            ERROR  waiting         1 post due and not sent yet
            ERROR  delivery        1 post to mastodon not sent, since Mon 1 Feb 2027 11:00 +00:00.
            ERROR  failures        2 posts failed. serge deliveries --failed lists them, serge retry sends one again, serge dismiss removes one from the list.
            ok     servers         1 schedule of 1 Discord server, 0 paused; next post Tue 2 Feb 2027 20:00 +09:00

            to         last post  by  next post                    by
            mastodon   none yet       Tue 2 Feb 2027 09:00 +01:00  morning
            discord:7  none yet       Tue 2 Feb 2027 09:00 +01:00  morning

            """
        );
    }

    [Fact]
    public async Task Status_WithoutCredentials_NamesTheCommandThatShowsWhatToSet()
    {
        _home.Settings();

        (await _home.RunAsync("status")).ShouldBe(
            1,
            """
            ERROR  bot             no platform has credentials, so it is unknown whether it runs. serge doctor shows what to set.
            ok     quote files     3 quotations, 3 events
            ok     ledger          HOME/serge.db
            ok     failures        none

            There are no schedules, so nothing is posted automatically.

            """
        );
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)] // a failed post
    [InlineData(false, true, false)] // invalid files
    public async Task Status_OfARunningBot_FailsIfSomethingFailed(bool hasFailed, bool isInvalid, bool isOk)
    {
        await HoldLeaseAsync();
        if (hasFailed)
        {
            await _home.AddAsync(Some.Post(state: PostState.Missed));
        }

        if (isInvalid)
        {
            _home.Write("quotes.yaml", "- id: broken\n");
        }

        Assert.Equal(isOk ? 0 : 1, (await _home.RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task Status_WithAnExpiredLease_IsAnError()
    {
        await HoldLeaseAsync();
        _home.SystemClock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains(
            "ERROR  bot             not running: no worker holds the sender’s lease. Start it with serge run. After a crash a new worker sends when the lease has expired.\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Section.Mastodon)]
    [InlineData(Section.Discord)]
    public async Task Status_OfAStoppedBotWithOnePlatform_StatesHowToStartIt(string platform)
    {
        _home.Settings(platform);

        Assert.StartsWith(
            "ERROR  bot             not running: no worker holds the sender’s lease. Start it with serge run.",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_WithWithdrawnItems_NamesThemInOrder()
    {
        await HoldLeaseAsync();
        await _home.WithdrawAsync("within-us");
        await _home.WithdrawAsync("birth");

        Assert.Contains(
            "ok     quote files     3 quotations, 3 events; withdrawn: birth, within-us\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>Each row: the state of a post that was due a minute ago, after an attempt failed.</summary>
    [Theory]
    [InlineData(PostState.Planned)] // waits for its next attempt
    [InlineData(PostState.Unknown)] // waits for a lookup
    public async Task Status_WithAPostThatDoesNotGoOut_NamesTheReasonAndHasExitCode1(PostState state)
    {
        await HoldLeaseAsync();
        await _home.AddAsync(
            Some.Post(state: state) with
            {
                NotBefore = Some.Noon.AddDays(1),
                Attempts = 1,
                Reason = "The server does not accept the access token (HTTP 401).",
            }
        );

        var result = await _home.RunAsync("status");

        Assert.Contains("waiting         1 post due and not sent yet\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("ERROR  delivery        1 post to mastodon not sent", result.Output, StringComparison.Ordinal);
        Assert.Contains("access token (HTTP 401)", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Status_WithPostsDueWhileTheBotRuns_IsOk()
    {
        await HoldLeaseAsync();
        await _home.AddAsync(Some.Post());

        var result = await _home.RunAsync("status");

        Assert.Contains(
            "ok     waiting         1 post due and not sent yet\n",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Status_WithAThousandFailures_StatesThatThereMayBeMore()
    {
        await HoldLeaseAsync();
        await _home.AddAsync([
            .. Enumerable
                .Range(0, 1001)
                .Select(i => Some.Post($"k{i}", PostState.Missed, occurrence: Some.Noon.AddMinutes(-i))),
        ]);

        Assert.Contains(
            "ERROR  failures        1000 or more posts failed. serge deliveries --failed lists them, serge retry sends one again, serge dismiss removes one from the list.\n",
            (await _home.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Status_AsJson_HasEveryField()
    {
        await HoldLeaseAsync();
        _home.Settings(Section.Morning, Section.Mastodon);
        await _home.WithdrawAsync("within-us");
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(Some.Noon, "Asia/Tokyo", SampleGuild.Schedule(name: "evening", time: "20:00"))
        );
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, occurrence: Some.At("2027-02-01 08:00")) with
            {
                Url = new Uri("https://m.example/@serge/42"),
            },
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Refused, occurrence: Some.Noon.AddHours(-2)),
            Some.Post("cccccccccccccccccccccccc", occurrence: Some.Noon)
        );

        (await _home.RunAsync("status", "--json")).ShouldBe(
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
              "guilds": {
                "count": 1,
                "schedules": 1,
                "paused": 0,
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
              "delays": [],
              "failed": 1,
              "ledger": "HOME/serge.db"
            }

            """
        );
    }

    [Fact]
    public async Task Status_WithInvalidQuoteFiles_AsJson_CountsNothingAndListsTheErrors()
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
    public async Task Status_OfADestinationOfEarlierSettings_ShowsItsLastPost()
    {
        await HoldLeaseAsync();
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, "discord:8", Some.At("2027-01-31 08:00")),
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Sent, "discord:9", Some.At("2027-01-31 08:00")) with
            {
                Schedule = new ScheduleId(GuildSchedule.GetOwner(new GuildId(100)), "evening"),
            }
        );

        var lines = (await _home.RunAsync("status")).Output.Split('\n');

        Assert.Contains("discord:8  Sun 31 Jan 2027 09:00 +01:00  morning  none", lines);
        Assert.DoesNotContain(lines, line => line.Contains("discord:9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_OfADestinationWhoseLastPostIsOfAServer_ShowsItInUtc()
    {
        await _home.AddAsync(
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, "discord:7", Some.At("2027-02-01 08:00")) with
            {
                Schedule = new ScheduleId(GuildSchedule.GetOwner(new GuildId(100)), "evening"),
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
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(
                Some.Noon,
                "Asia/Tokyo",
                SampleGuild.Schedule(name: "evening", time: "23:00"),
                SampleGuild.Schedule(name: "morning", time: "09:00"),
                SampleGuild.Schedule(name: "paused", time: "22:00") with
                {
                    Paused = PauseCause.Admin,
                    PausedAt = Some.Noon,
                }
            )
        );
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(Some.Noon, "Etc/UTC", SampleGuild.Schedule(guild: 200, name: "evening", time: "20:00"))
        );

        Assert.Contains(
            "ok     servers         4 schedules of 2 Discord servers, 1 paused; next post Mon 1 Feb 2027 23:00 +09:00",
            (await _home.RunAsync("status")).Output.Split('\n')
        );
    }

    [Fact]
    public async Task Status_OfServersWithPausedSchedulesOnly_NamesNoNextPost()
    {
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(
                Some.Noon,
                "Asia/Tokyo",
                SampleGuild.Schedule(name: "paused") with
                {
                    Paused = PauseCause.Admin,
                    PausedAt = Some.Noon,
                }
            )
        );

        Assert.Contains(
            "ok     servers         1 schedule of 1 Discord server, 1 paused",
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
    public async Task Status_OnATerminal_HasColouredStates()
    {
        _home.Terminal = new Terminal(200, HasColours: true);

        var output = (await _home.RunAsync("status")).Output;

        Assert.Contains("\u001b[1;91mERROR\u001b[0m", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[32mok\u001b[0m", output, StringComparison.Ordinal);
    }

    private Task HoldLeaseAsync() => _home.HoldLeaseAsync("host/12/abc", _home.SystemClock.GetUtcNow().AddSeconds(15));

    /// <summary>Changes the holder of the lease of one platform, as after a takeover.</summary>
    private async Task ChangeHolderAsync(string platform, string owner)
    {
        await using var database = await _home.OpenDatabaseAsync();
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
