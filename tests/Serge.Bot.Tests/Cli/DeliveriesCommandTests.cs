namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge deliveries</c>: posts in every state, as a table and as JSON.</summary>
public sealed class DeliveriesCommandTests : IDisposable
{
    private readonly CommandHome _home = new();

    public DeliveriesCommandTests() => _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Deliveries_OfEveryState_ListsThemNewestFirst()
    {
        await AddEveryStateAsync();

        (await _home.RunAsync("deliveries")).ShouldBe(
            0,
            """
            id        when                          schedule  to         state
            kkkkkkkk  Mon 1 Feb 2027 14:00 +01:00   morning   mastodon   planned
            jjjjjjjj  Mon 1 Feb 2027 13:00 +01:00   morning   mastodon   sending
            iiiiiiii  Mon 1 Feb 2027 12:00 +01:00   morning   mastodon   unknown, will be looked up  The response was lost.
            aaaaaaaa  Mon 1 Feb 2027 11:00 +01:00   morning   discord:7  sent                        https://discord.com/channels/1/7/900
            bbbbbbbb  Mon 1 Feb 2027 10:00 +01:00   morning   mastodon   sent                        id 42  Corrected.  Retry of cccccccc.
            cccccccc  Sun 31 Jan 2027 09:00 +01:00  morning   mastodon   refused                     422 Too long and so on
            dddddddd  Sat 30 Jan 2027 09:00 +01:00  morning   mastodon   missed                      The bot was not running.
            eeeeeeee  Fri 29 Jan 2027 09:00 +01:00  morning   mastodon   unknown                     The lookup was inconclusive.
            ffffffff  Thu 28 Jan 2027 09:00 +01:00  morning   mastodon   cancelled                   Daily limit reached.
            gggggggg  Wed 27 Jan 2027 09:00 +01:00  morning   mastodon   cancelled                   No content.
            short     Tue 26 Jan 2027 08:00 UTC     old       discord:8  retracted                   Retracted.

            """
        );
    }

    [Fact]
    public async Task Deliveries_Failed_ListsTheFailuresThatWereNotRetried()
    {
        await AddEveryStateAsync();

        // The refused post was sent again as bbbbbbbb.
        Assert.Equal(["dddddddd", "eeeeeeee", "ffffffff"], Ids(await _home.RunAsync("deliveries", "--failed")));
    }

    [Fact]
    public async Task Deliveries_OfADismissedPost_ReportsIt()
    {
        await AddEveryStateAsync();
        Assert.Equal(0, (await _home.RunAsync("dismiss", "dddd")).ExitCode);

        var plain = (await _home.RunAsync("deliveries")).Output.Split('\n');
        var posts = (await _home.JsonAsync("deliveries")).EnumerateArray();
        _home.Terminal = new Terminal(300, HasColours: true);
        var coloured = (await _home.RunAsync("deliveries")).Output.Split('\n');

        var line = Assert.Single(plain, line => line.Contains("Dismissed.", StringComparison.Ordinal));
        Assert.StartsWith("dddddddd ", line, StringComparison.Ordinal);
        Assert.Contains("  missed  ", line, StringComparison.Ordinal);
        Assert.EndsWith("  The bot was not running.  Dismissed.", line, StringComparison.Ordinal);
        Assert.Single(coloured, line => line.Contains("\u001b[90mmissed", StringComparison.Ordinal));
        var dismissed = Assert.Single(posts, post => post.TryGetProperty("dismissed", out _));
        Assert.Equal(new string('d', 24), dismissed.GetProperty("id").GetString());
        Assert.True(dismissed.GetProperty("dismissed").GetBoolean());
    }

    [Theory]
    [InlineData("deliveries", "Nothing was posted yet.\n")]
    [InlineData("deliveries --failed", "There are no failed posts.\n")]
    [InlineData("deliveries --json", "[]\n")]
    [InlineData("deliveries --failed --json", "[]\n")]
    public async Task Deliveries_OfAnEmptyLedger_ReportsIt(string args, string output) =>
        (await _home.RunAsync(args.Split(' '))).ShouldBe(0, output);

    [Theory]
    [InlineData(null, 20)]
    [InlineData("1", 1)]
    [InlineData("21", 21)]
    [InlineData("10000", 25)]
    public async Task Deliveries_WithALimit_ListsAsManyPosts(string? limit, int expected)
    {
        await _home.AddAsync([
            .. Enumerable
                .Range(0, 25)
                .Select(i =>
                    Some.Post($"key-{i:00}", PostState.Refused, occurrence: Some.Noon.AddHours(-i)) with
                    {
                        Schedule = ScheduleId.OfOperator($"s{i}"),
                    }
                ),
        ]);
        string[] limited = limit is null ? [] : ["--limit", limit];

        string[] newest = [.. Enumerable.Range(0, expected).Select(i => $"key-{i:00}")];
        Assert.Equal(newest, Ids(await _home.RunAsync(["deliveries", .. limited])));
        Assert.Equal(newest, Ids(await _home.RunAsync(["deliveries", "--failed", .. limited])));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    public async Task Deliveries_WithALimitOutOfRange_StatesTheRange(string limit)
    {
        var result = await _home.RunAsync("deliveries", "--limit", limit);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(
            $"--limit = \"{limit}\" is invalid. Write a number from 1 to 10000.\n",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(_home.LedgerPath));
    }

    [Fact]
    public async Task Deliveries_AsJson_HasEveryFieldOfAPost()
    {
        await _home.AddAsync(
            Some.Post("cccccccccccccccccccccccc", PostState.Refused, occurrence: Some.At("2027-01-31 08:00")),
            Some.Post("aaaaaaaaaaaaaaaaaaaaaaaa", PostState.Sent, text: "Words.\nMore “words”.") with
            {
                RemoteId = "42",
                Url = new Uri("https://m.example/@serge/42"),
                Reason = "Corrected.",
                RetryOf = "cccccccccccccccccccccccc",
                Items = ["one", "two"],
                Payload = new Payload { Text = "Words.\nMore “words”.", Warning = "war" },
            }
        );

        (await _home.RunAsync("deliveries", "--json", "--limit", "1")).ShouldBe(
            0,
            """
            [
              {
                "id": "aaaaaaaaaaaaaaaaaaaaaaaa",
                "kind": "scheduled",
                "when": "2027-02-01T13:00:00+01:00",
                "schedule": "morning",
                "destination": "mastodon",
                "state": "sent",
                "reason": "Corrected.",
                "remoteId": "42",
                "url": "https://m.example/@serge/42",
                "retryOf": "cccccccccccccccccccccccc",
                "items": [
                  "one",
                  "two"
                ],
                "warning": "war",
                "text": "Words.\nMore “words”."
              }
            ]

            """
        );
    }

    [Fact]
    public async Task Deliveries_OfAScheduleOfAServer_AreInItsTimeZone()
    {
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(Some.Noon, "Asia/Tokyo", SampleGuild.Schedule(name: "evening"))
        );
        await _home.AddAsync(
            Some.Post(state: PostState.Sent, to: "discord:1") with
            {
                Schedule = SampleGuild.Schedule(name: "evening").Id,
            }
        );

        Assert.Contains(
            "aaaaaaaa  Mon 1 Feb 2027 21:00 +09:00  guild:100:evening  discord:1  sent\n",
            (await _home.RunAsync("deliveries")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Deliveries_OfAPostWhoseThreadFailed_ReportsIt()
    {
        var planned = Some.Post(to: "discord:7") with
        {
            Payload = new Payload
            {
                Text = "Words.",
                Thread = "1 February 2027",
                Crosspost = true,
            },
        };
        await _home.PublishAsync(planned, "Missing Permissions");

        var output = (await _home.RunAsync("deliveries")).Output;
        var post = Assert.Single((await _home.JsonAsync("deliveries")).EnumerateArray());

        const string Expected =
            "sent   id 900  Crosspost failed: Missing Permissions  Thread failed: Missing Permissions\n";
        Assert.EndsWith(Expected, output, StringComparison.Ordinal);
        Assert.Equal(
            ["Crosspost failed: Missing Permissions", "Thread failed: Missing Permissions"],
            post.GetProperty("failedFollowUps").EnumerateArray().Select(failed => failed.GetString())
        );
    }

    [Fact]
    public async Task Deliveries_AsJson_HasServerKindAndCancelCause()
    {
        await _home.AddAsync(
            Some.Post("a", PostState.Cancelled, "discord:1") with
            {
                Schedule = SampleGuild.Schedule(name: "evening").Id,
                CancelCause = CancelCause.ScheduleStopped,
            },
            Some.Post("b", PostState.Sent, occurrence: Some.Noon.AddHours(-1)) with
            {
                Kind = PostKind.Manual,
            }
        );

        var posts = await _home.JsonAsync("deliveries");

        Assert.Equal(
            ["evening 100 scheduled cancelled schedule-stopped", "morning - manual sent -"],
            posts
                .EnumerateArray()
                .Select(post =>
                    string.Join(
                        ' ',
                        ((string[])["schedule", "guild", "kind", "state", "cancelCause"]).Select(field =>
                            post.TryGetProperty(field, out var value) ? value.GetString() : "-"
                        )
                    )
                )
        );
    }

    [Fact]
    public async Task Deliveries_OnATerminal_HasAColourPerKindOfState()
    {
        await AddEveryStateAsync();
        _home.Terminal = new Terminal(300, HasColours: true);

        var lines = (await _home.RunAsync("deliveries")).Output.Split('\n');

        string[] red = ["refused", "missed", "unknown\u001b"];
        string[] green = ["sent"];
        string[] yellow = ["planned", "sending", "unknown, will be looked up"];
        string[] grey = ["retracted"];
        Assert.Equal((3, 2, 3, 1), (Count(red, "1;91"), Count(green, "32"), Count(yellow, "33"), Count(grey, "90")));

        // A post that was cancelled by the daily limit has failed; one without content has not.
        Assert.Equal((1, 1), (Count(["cancelled"], "1;91"), Count(["cancelled"], "90")));

        int Count(string[] states, string colour) =>
            states.Sum(state =>
                lines.Count(line => line.Contains($"\u001b[{colour}m{state}", StringComparison.Ordinal))
            );
    }

    private static string[] Ids(CommandResult result) =>
        [
            .. result
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line.Split(' ')[0]),
        ];

    private Task AddEveryStateAsync()
    {
        Post At(char key, PostState state, string occurrence, string? reason = null, string to = "mastodon") =>
            Some.Post(new string(key, 24), state, to, Some.At(occurrence)) with
            {
                Reason = reason,
            };

        return _home.AddAsync(
            At('k', PostState.Planned, "2027-02-01 13:00"),
            At('j', PostState.Sending, "2027-02-01 12:00"),
            At('i', PostState.Unknown, "2027-02-01 11:00", "The response was lost."),
            At('a', PostState.Sent, "2027-02-01 10:00", to: "discord:7") with
            {
                RemoteId = "900",
                Url = new Uri("https://discord.com/channels/1/7/900"),
            },
            At('b', PostState.Sent, "2027-02-01 09:00", "Corrected.") with
            {
                RemoteId = "42",
                RetryOf = new string('c', 24),
            },
            At('c', PostState.Refused, "2027-01-31 08:00", "422 Too long\nand so on"),
            At('d', PostState.Missed, "2027-01-30 08:00", "The bot was not running."),
            At('e', PostState.Unknown, "2027-01-29 08:00", "The lookup was inconclusive.") with
            {
                Lookups = 3,
            },
            At('f', PostState.Cancelled, "2027-01-28 08:00", "Daily limit reached.") with
            {
                CancelCause = CancelCause.DailyLimit,
            },
            At('g', PostState.Cancelled, "2027-01-27 08:00", "No content.") with
            {
                CancelCause = CancelCause.NoContent,
            },
            Some.Post("short", PostState.Retracted, "discord:8", Some.At("2027-01-26 08:00")) with
            {
                Schedule = ScheduleId.OfOperator("old"),
                Reason = "Retracted.",
            }
        );
    }
}
