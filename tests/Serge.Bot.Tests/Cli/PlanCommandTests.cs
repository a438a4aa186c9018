namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge plan</c>: the exact upcoming posts, and which occurrences have no post.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private const string TwoSchedules = """
        "Schedules": {
          "days": { "Cron": "0 8 1,2 2 *", "Content": "on-this-day", "To": ["discord:7"] },
          "morning": {
            "Cron": "0 9 * * *", "TimeZone": "Europe/Brussels", "Content": "on-this-day-or-quote", "To": ["mastodon"]
          }
        }
        """;

    private readonly CommandHome _home = new("2027-01-31 12:00");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Plan_WithoutSchedules_StatesThatNothingIsPlanned()
    {
        (await _home.RunAsync("plan")).ShouldBe(0, "Nothing is planned: no schedule posts anything in these days.\n");
        (await _home.RunAsync("plan", "--json")).ShouldBe(0, "[]\n");
    }

    [Fact]
    public async Task Plan_OfTwoDays_ShowsTextWarningLengthAndReason()
    {
        _home.Settings(TwoSchedules, Section.Mastodon, Section.Discord);
        WriteQuoteWithWarning();

        (await _home.RunAsync("plan", "--days", "2")).ShouldBe(
            0,
            """
            Mon 1 Feb 2027 08:00 +00:00  days → discord:7  (157 of 2000)
              On this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.
              Source: Cunningham, “The End Commands the Means”

            Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  (180 of 500, unlisted)
              On this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.

              Source: Cunningham, “The End Commands the Means”

              #VictorSerge #OnThisDay

            Tue 2 Feb 2027 09:00 +01:00  morning → mastodon  (182 of 500, unlisted)
              [content warning: dictatorship]
              “Totalitarianism is within us.”

              — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

              #VictorSerge

            """
        );
    }

    [Fact]
    public async Task Plan_Brief_IsOneLinePerPost()
    {
        _home.Settings(TwoSchedules, Section.Mastodon, Section.Discord);

        (await _home.RunAsync("plan", "--days", "2", "--brief")).ShouldBe(
            0,
            """
            when                         schedule  to         length                content
            Mon 1 Feb 2027 08:00 +00:00  days      discord:7  157 of 2000           testament
            Mon 1 Feb 2027 09:00 +01:00  morning   mastodon   180 of 500, unlisted  testament
            Tue 2 Feb 2027 09:00 +01:00  morning   mastodon   191 of 500, unlisted  leave-a-party

            """
        );
    }

    [Fact]
    public async Task Plan_AsJson_HasEveryFieldOfAPost()
    {
        _home.Settings(TwoSchedules, Section.Mastodon, Section.Discord);
        WriteQuoteWithWarning();

        (await _home.RunAsync("plan", "--days", "2", "--json")).ShouldBe(
            0,
            """
            [
              {
                "local": "2027-02-01T08:00:00+00:00",
                "schedule": "days",
                "destination": "discord:7",
                "items": [
                  "testament"
                ],
                "text": "On this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.\n-# Source: Cunningham, “The End Commands the Means”",
                "length": 157,
                "limit": 2000,
                "notes": []
              },
              {
                "local": "2027-02-01T09:00:00+01:00",
                "schedule": "morning",
                "destination": "mastodon",
                "items": [
                  "testament"
                ],
                "visibility": "unlisted",
                "text": "On this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.\n\nSource: Cunningham, “The End Commands the Means”\n\n#VictorSerge #OnThisDay",
                "length": 180,
                "limit": 500,
                "notes": []
              },
              {
                "local": "2027-02-02T09:00:00+01:00",
                "schedule": "morning",
                "destination": "mastodon",
                "items": [
                  "within-us"
                ],
                "warning": "dictatorship",
                "visibility": "unlisted",
                "text": "“Totalitarianism is within us.”\n\n— Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”\n\n#VictorSerge",
                "length": 182,
                "limit": 500,
                "notes": []
              }
            ]

            """
        );
    }

    [Fact]
    public async Task Plan_OnATerminal_DrawsATable()
    {
        _home.Settings(TwoSchedules, Section.Mastodon, Section.Discord);
        WriteQuoteWithWarning();
        _home.Terminal = new Terminal(90, HasColours: false);

        (await _home.RunAsync("plan", "--days", "2")).ShouldBe(
            0,
            """
            ╭─────────────────────────────┬──────────────────────────────────────────────────────────╮
            │ when and where              │ content                                                  │
            ├─────────────────────────────┼──────────────────────────────────────────────────────────┤
            │ Mon 1 Feb 2027 08:00 +00:00 │ On this day, 1 February 1933: In Moscow Serge dated the  │
            │ days                        │ letter that called the Soviet Union totalitarian.        │
            │ → discord:7                 │ Source: Cunningham, “The End Commands the Means”         │
            │ 157 of 2000                 │                                                          │
            ├─────────────────────────────┼──────────────────────────────────────────────────────────┤
            │ Mon 1 Feb 2027 09:00 +01:00 │ On this day, 1 February 1933: In Moscow Serge dated the  │
            │ morning                     │ letter that called the Soviet Union totalitarian.        │
            │ → mastodon                  │                                                          │
            │ 180 of 500, unlisted        │ Source: Cunningham, “The End Commands the Means”         │
            │                             │                                                          │
            │                             │ #VictorSerge #OnThisDay                                  │
            ├─────────────────────────────┼──────────────────────────────────────────────────────────┤
            │ Tue 2 Feb 2027 09:00 +01:00 │ [content warning: dictatorship]                          │
            │ morning                     │ “Totalitarianism is within us.”                          │
            │ → mastodon                  │                                                          │
            │ 182 of 500, unlisted        │ — Victor Serge, quoted by Guy Patrick Cunningham in “The │
            │                             │ End Commands the Means: Victor Serge’s Memoirs of a      │
            │                             │ Revolutionary”                                           │
            │                             │                                                          │
            │                             │ #VictorSerge                                             │
            ╰─────────────────────────────┴──────────────────────────────────────────────────────────╯

            """
        );
    }

    [Fact]
    public async Task Plan_ForDisabledPlatforms_ReportsItOncePerDestination()
    {
        _home.Settings(Section.Morning);

        Assert.Equal(
            """
            Nothing is posted to mastodon: Mastodon has no credentials.
            Nothing is posted to discord:7: Discord has no credentials.

            """,
            (await _home.RunAsync("plan", "--days", "3")).Error
        );
    }

    [Theory]
    [InlineData("mastodon", 5, "Mastodon:PostsPerDay")]
    [InlineData("discord:7", 24, "Discord:PostsPerDay")]
    public async Task Plan_ForADisabledPlatform_ShowsTextsUpToTheDefaultDailyLimit(string to, int limit, string setting)
    {
        _home.ScheduleClock.SetUtcNow(Some.At("2027-02-01 00:00"));
        _home.Settings(
            $$""" "Schedules": { "often": { "Cron": "*/30 * * * *", "Content": "quote", "To": ["{{to}}"] } } """
        );

        var plan = await _home.JsonAsync("plan", "--days", "1", "--empty");

        var ofTheDay = plan.EnumerateArray().Where(post => post.GetProperty("local").GetDateTimeOffset().Day == 1);
        Assert.Equal(limit, ofTheDay.Count(post => post.TryGetProperty("text", out _)));
        Assert.Equal(
            $"Daily limit reached: {to} already has {limit} posts on 2027-02-01. Reduce the schedules, or change {setting}.",
            ofTheDay.Last().GetProperty("reason").GetString()
        );
    }

    [Fact]
    public async Task Plan_OnAServerWithALowerLimit_NamesWhatIsNeverChosen()
    {
        _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);
        _home.Mastodon.Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = 110 };

        var error = (await _home.RunAsync("plan", "--days", "1")).Error;

        Assert.StartsWith(
            "end-commands-means is too long for mastodon (159 of 110 characters) and is never chosen there.\n"
                + "testament is too long for mastodon, alone or with the other events of its day, and is never posted there.\n",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Plan_WhenTheServerDoesNotReturnItsLimits_ReportsIt()
    {
        _home.Settings(Section.Mastodon);
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");

        Assert.Equal(
            "The Mastodon server did not return its limits; the default of 500 characters is assumed.\n",
            (await _home.RunAsync("plan")).Error
        );
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("1", 1)]
    [InlineData("400", 400)]
    public async Task Plan_ForANumberOfDays_EndsAfterThem(string? days, int posts)
    {
        _home.Settings(Section.Morning);

        var plan = await _home.JsonAsync(["plan", .. days is null ? [] : (string[])["--days", days]]);

        Assert.Equal(2 * posts, plan.GetArrayLength());
        Assert.Equal(
            Some.At("2027-01-31 08:00").AddDays(posts).Date,
            plan[(2 * posts) - 1].GetProperty("local").GetDateTimeOffset().Date
        );
    }

    [Theory]
    [InlineData("0")]
    [InlineData("401")]
    public async Task Plan_ForDaysOutOfRange_StatesTheRange(string days)
    {
        var result = await _home.RunAsync("plan", "--days", days);

        result.ShouldBe(
            2,
            "",
            $"--days = \"{days}\" is invalid. Write a number from 1 to 400.\nserge plan --help shows what is allowed.\n"
        );
    }

    [Fact]
    public async Task Plan_WithAPlannedPost_ShowsThatPost()
    {
        _home.Settings(Section.Morning);
        await _home.AddAsync(
            Some.Post(occurrence: Some.At("2027-02-01 08:00"), text: "Planned words.") with
            {
                Items = ["within-us"],
            }
        );

        Assert.Equal(
            "Planned words.",
            (await _home.JsonAsync("plan", "--days", "1"))[0].GetProperty("text").GetString()
        );
        Assert.Single(await _home.PostsAsync());
    }

    [Fact]
    public async Task Plan_WithSchedulesOfServers_ShowsThemInOrder()
    {
        _home.Settings(Section.Morning, Section.Discord, Section.Mastodon);
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(
                _home.ScheduleClock.GetUtcNow(),
                "Asia/Tokyo",
                SampleGuild.Schedule(name: "evening", channel: 7, time: "20:00"),
                SampleGuild.Schedule(name: "elsewhere", channel: 8, time: "20:00"),
                SampleGuild.Schedule(name: "paused", channel: 7, time: "20:00") with
                {
                    Paused = PauseCause.Admin,
                    PausedAt = Some.Noon,
                }
            )
        );

        var plan = await _home.JsonAsync("plan", "--days", "1");

        Assert.Equal(
            [
                "morning mastodon 2027-02-01T09:00:00+01:00",
                "morning discord:7 2027-02-01T09:00:00+01:00",
                "guild:100:elsewhere discord:8 2027-02-01T20:00:00+09:00",
                "guild:100:evening discord:7 2027-02-01T20:00:00+09:00",
            ],
            plan.EnumerateArray()
                .Select(one =>
                    $"{one.GetProperty("schedule")} {one.GetProperty("destination")} {one.GetProperty("local")}"
                )
        );

        // Both use the history of the channel.
        Assert.NotEqual(plan[1].GetProperty("items")[0].GetString(), plan[2].GetProperty("items")[0].GetString());
    }

    private void WriteQuoteWithWarning() =>
        _home.Write(
            "quotes.yaml",
            """
            - id: within-us
              text: "Totalitarianism is within us."
              via: cunningham
              topics: [power]
              warning: dictatorship

            """
        );
}
