namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge deliveries</c>: every state as a person and as a program reads it.</summary>
public sealed class DeliveriesVerbTests : IDisposable
{
    private readonly CommandHome _home = new();

    public DeliveriesVerbTests() => _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Deliveries_OfEveryState_ListsThemNewestFirst()
    {
        await AddEveryStateAsync();

        (await _home.RunAsync("deliveries")).Is(
            0,
            """
            id        when                          schedule  to         state
            kkkkkkkk  Mon 1 Feb 2027 14:00 +01:00   morning   mastodon   planned
            jjjjjjjj  Mon 1 Feb 2027 13:00 +01:00   morning   mastodon   being sent
            iiiiiiii  Mon 1 Feb 2027 12:00 +01:00   morning   mastodon   being looked for  The answer was lost.
            aaaaaaaa  Mon 1 Feb 2027 11:00 +01:00   morning   discord:7  sent              https://discord.com/channels/1/7/900
            bbbbbbbb  Mon 1 Feb 2027 10:00 +01:00   morning   mastodon   sent              id 42  Corrected.  In place of cccccccc.
            cccccccc  Sun 31 Jan 2027 09:00 +01:00  morning   mastodon   refused           422 Too long and so on
            dddddddd  Sat 30 Jan 2027 09:00 +01:00  morning   mastodon   missed            The bot was not at work.
            eeeeeeee  Fri 29 Jan 2027 09:00 +01:00  morning   mastodon   perhaps there     Nobody can tell.
            ffffffff  Thu 28 Jan 2027 09:00 +01:00  morning   mastodon   called off        Flood guard: enough.
            gggggggg  Wed 27 Jan 2027 09:00 +01:00  morning   mastodon   called off        Nothing to say.
            short     Tue 26 Jan 2027 08:00 UTC     old       discord:8  taken back        Retracted.

            """
        );
    }

    [Fact]
    public async Task Deliveries_ThatFailed_ListsOnlyWhatNeedsAPerson()
    {
        await AddEveryStateAsync();

        // The refused one was sent again, as bbbbbbbb.
        Assert.Equal(["dddddddd", "eeeeeeee", "ffffffff"], Ids(await _home.RunAsync("deliveries", "--failed")));
    }

    [Theory]
    [InlineData("deliveries", "Nothing was posted yet.\n")]
    [InlineData("deliveries --failed", "Nothing has failed.\n")]
    [InlineData("deliveries --json", "[]\n")]
    [InlineData("deliveries --failed --json", "[]\n")]
    public async Task Deliveries_OfAnEmptyLedger_SaysSo(string args, string output) =>
        (await _home.RunAsync(args.Split(' '))).Is(0, output);

    [Theory]
    [InlineData(null, 20)]
    [InlineData("1", 1)]
    [InlineData("21", 21)]
    [InlineData("10000", 25)]
    public async Task Deliveries_WithALimit_ListsSoMany(string? limit, int expected)
    {
        await _home.AddAsync([
            .. Enumerable
                .Range(0, 25)
                .Select(i =>
                    Some.Post($"key-{i:00}", PostState.Refused, occurrence: Some.Noon.AddHours(-i)) with
                    {
                        Schedule = $"s{i}",
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
    public async Task Deliveries_WithALimitOutOfRange_SaysWhatIsAllowed(string limit)
    {
        var result = await _home.RunAsync("deliveries", "--limit", limit);

        Assert.Equal((1, "--limit takes 1 to 10000.\n\n"), (result.ExitCode, result.Error));
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

        (await _home.RunAsync("deliveries", "--json", "--limit", "1")).Is(
            0,
            """
            [
              {
                "id": "aaaaaaaaaaaaaaaaaaaaaaaa",
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
    public async Task Deliveries_OfAServersSchedule_AreInItsZone()
    {
        await _home.WithPlacesAsync(places =>
            places.SetUpAsync(Some.Noon, "Asia/Tokyo", SomePlace.Schedule(name: "evening"))
        );
        await _home.AddAsync(Some.Post(state: PostState.Sent, to: "discord:1") with { Schedule = ScheduleId.OfOperator("guild:100:evening") });

        Assert.Contains(
            "aaaaaaaa  Mon 1 Feb 2027 21:00 +09:00  guild:100:evening  discord:1  sent\n",
            (await _home.RunAsync("deliveries")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Deliveries_OnATerminal_ColoursWhatFailedWhatIsOutAndWhatIsUnderWay()
    {
        await AddEveryStateAsync();
        _home.Terminal = new Terminal(300, HasColours: true);

        var lines = (await _home.RunAsync("deliveries")).Output.Split('\n');

        string[] red = ["refused", "missed", "perhaps there"];
        string[] green = ["sent"];
        string[] yellow = ["planned", "being sent", "being looked for"];
        string[] grey = ["taken back"];
        Assert.Equal((3, 2, 3, 1), (Count(red, "1;91"), Count(green, "32"), Count(yellow, "33"), Count(grey, "90")));

        // A post that the daily limit cancelled has failed; one that was cancelled on purpose has not.
        Assert.Equal((1, 1), (Count(["called off"], "1;91"), Count(["called off"], "90")));

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
            At('i', PostState.Unknown, "2027-02-01 11:00", "The answer was lost."),
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
            At('d', PostState.Missed, "2027-01-30 08:00", "The bot was not at work."),
            At('e', PostState.Unknown, "2027-01-29 08:00", "Nobody can tell.") with
            {
                Lookups = 3,
            },
            At('f', PostState.Cancelled, "2027-01-28 08:00", "Flood guard: enough."),
            At('g', PostState.Cancelled, "2027-01-27 08:00", "Nothing to say."),
            Some.Post("short", PostState.Retracted, "discord:8", Some.At("2027-01-26 08:00")) with
            {
                Schedule = ScheduleId.OfOperator("old"),
                Reason = "Retracted.",
            }
        );
    }
}
