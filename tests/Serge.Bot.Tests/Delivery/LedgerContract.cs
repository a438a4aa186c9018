namespace Serge.Bot.Tests.Delivery;

/// <summary>The guarantees of every ledger, with any kind of database.</summary>
public abstract class LedgerContract(TestDatabase store) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Some.Noon;
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private Database? _database;

    private protected ILedger Ledger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await store.OpenAsync();
        Ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync()
    {
        // Skipped tests have no database.
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Plan_ThenReopen_HasPostAndMark()
    {
        var post = Some.Post(text: "“Totalitarianism is within us.”\n— Victor Serge");
        await Ledger.PlanAsync("morning", new ScheduleMark("0 9 * * * Etc/UTC", Now.AddDays(1)), [post], Stop);

        await ReopenAsync();

        Assert.Equivalent(post, Assert.Single(await Ledger.GetRecentAsync(10, Stop)), strict: true);
        Assert.Equal(
            new ScheduleMark("0 9 * * * Etc/UTC", Now.AddDays(1)),
            (await Ledger.GetMarksAsync(Stop))["morning"]
        );
    }

    [Fact]
    public async Task Plan_OfAnOccurrenceThatIsThere_ChangesNothing()
    {
        await PlanAsync(Some.Post("first"));

        var added = await PlanAsync(Some.Post("second"));

        Assert.Empty(added);
        Assert.Equal("first", Assert.Single(await Ledger.GetRecentAsync(10, Stop)).Key);
    }

    [Fact]
    public async Task Plan_OfAMissedOccurrence_ReplacesIt()
    {
        await PlanAsync(Transitions.MarkMissed(Some.Post("missed") with { Payload = null, Items = [] }));

        await PlanAsync(Some.Post("again"));

        var post = Assert.Single(await Ledger.GetRecentAsync(10, Stop));
        Assert.Equal(("again", PostState.Planned, "Words."), (post.Key, post.State, post.Payload!.Text));
    }

    /// <summary>The clock was ahead when the occurrence was recorded. Its event was added later.</summary>
    [Fact]
    public async Task Plan_OfAnOccurrenceWithoutContent_ReplacesItWhenThereIsContent()
    {
        var empty = Some.Post("empty") with { Payload = null, Items = [] };
        await PlanAsync(Transitions.MarkCancelled(empty, CancelCause.NoContent, "why"));

        await PlanAsync(Transitions.MarkMissed(Some.Post("missed")));
        Assert.Equal("empty", Assert.Single(await Ledger.GetRecentAsync(10, Stop)).Key);
        await PlanAsync(Some.Post("again"));

        var post = Assert.Single(await Ledger.GetRecentAsync(10, Stop));
        Assert.Equal(("again", PostState.Planned, null), (post.Key, post.State, post.CancelCause));
    }

    [Fact]
    public async Task Plan_OfAMissedOccurrenceThatWasTried_ChangesNothing()
    {
        await PlanAsync(Transitions.MarkMissed(Some.Post("tried") with { Attempts = 1 }));

        Assert.Empty(await PlanAsync(Some.Post("again")));
    }

    [Theory]
    [InlineData(nameof(PostState.Planned), true)]
    [InlineData(nameof(PostState.Unknown), true)]
    [InlineData(nameof(PostState.Sending), false)]
    [InlineData(nameof(PostState.Sent), false)]
    [InlineData(nameof(PostState.Refused), false)]
    [InlineData(nameof(PostState.Missed), false)]
    [InlineData(nameof(PostState.Cancelled), false)]
    public async Task Due_OnlyWhatIsStillToBeDone(string state, bool isDue)
    {
        await PlanAsync(Some.Post(state: Enum.Parse<PostState>(state)));

        Assert.Equal(isDue, (await Ledger.GetDueAsync(Now, Now, 10, Stop)).Count == 1);
    }

    /// <summary>Each row: milliseconds from now to occurrence, wait and end of the lease, and whether the post may be
    /// claimed.</summary>
    [Theory]
    [InlineData(0, 0, null, true)]
    [InlineData(1, 0, null, false)]
    [InlineData(0, 1, null, false)]
    [InlineData(0, 0, 0, true)]
    [InlineData(0, 0, 1, false)]
    public async Task Due_OnlyWhatBothClocksAllow(int occurrence, int notBefore, int? lease, bool isDue)
    {
        await PlanAsync(
            Some.Post(occurrence: Now.AddMilliseconds(occurrence)) with
            {
                NotBefore = Now.AddDays(1).AddMilliseconds(notBefore),
                LeaseUntil = lease is { } left ? Now.AddDays(1).AddMilliseconds(left) : null,
            }
        );

        Assert.Equal(isDue, (await Ledger.GetDueAsync(Now, Now.AddDays(1), 10, Stop)).Count == 1);
    }

    /// <summary>Each row: state, flag, wait and end of the lease in milliseconds from now, and whether the post is due
    /// for a lookup.</summary>
    [Theory]
    [InlineData(nameof(PostState.Sent), true, 0, null, true)]
    [InlineData(nameof(PostState.Sent), true, 0, 0, true)]
    [InlineData(nameof(PostState.Sent), true, 1, null, false)]
    [InlineData(nameof(PostState.Sent), true, 0, 1, false)]
    [InlineData(nameof(PostState.Sent), false, 0, null, false)]
    [InlineData(nameof(PostState.Planned), true, 0, null, false)]
    public async Task CopyChecks_OnlySentPostsThatWereSentAgain(
        string state,
        bool isPending,
        int notBefore,
        int? lease,
        bool isDue
    )
    {
        await PlanAsync(
            Some.Post(state: Enum.Parse<PostState>(state)) with
            {
                CopyCheckPending = isPending,
                NotBefore = Now.AddMilliseconds(notBefore),
                LeaseUntil = lease is { } left ? Now.AddMilliseconds(left) : null,
            }
        );

        Assert.Equal(isDue, (await Ledger.GetCopyChecksAsync(Now, 10, Stop)).Count == 1);
    }

    [Fact]
    public async Task LastSent_IsTheNewestSentPostOfEachPlatform()
    {
        Post[] posts =
        [
            Sent("a", "mastodon", hour: 1),
            Sent("b", "mastodon", hour: 2) with
            {
                Kind = PostKind.Manual,
            },
            Sent("c", "discord:1", hour: 4),
            Sent("d", "discord:2", hour: 3),
            Sent("e", "discord:2", hour: 5) with
            {
                State = PostState.Planned,
            },
            Sent("f", "webhook", hour: 6) with
            {
                Kind = PostKind.Alert,
            },
            Sent("g", "mastodon", hour: 7) with
            {
                Kind = PostKind.Notice,
            },
        ];
        foreach (var post in posts)
        {
            await PlanAsync(post);
        }

        var last = await new OperatorLedger(_database!).GetLastSentByPlatformAsync(Stop);

        Assert.Equal(["discord", "mastodon"], last.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((Now.AddHours(4), Now.AddHours(2)), (last["discord"], last["mastodon"]));

        static Post Sent(string key, string to, int hour) =>
            Some.Post(key, PostState.Sent, to) with
            {
                Occurrence = Now.AddHours(hour),
            };
    }

    [Fact]
    public async Task Lists_GoByTimeAndThenByKey_AndAreAsLongAsWanted()
    {
        await PlanInKeyOrderAgainstTimeAsync(PostState.Planned);

        Assert.Equal("d b c a", Keys(await Ledger.GetDueAsync(Now, Now, 10, Stop)));
        Assert.Equal("d b", Keys(await Ledger.GetDueAsync(Now, Now, 2, Stop)));
        Assert.Equal("a b c d", Keys(await Ledger.GetRecentAsync(10, Stop)));
        Assert.Equal("a b c", Keys(await Ledger.GetRecentAsync(3, Stop)));
        Assert.Equal(
            "d b c a",
            Keys(await Ledger.GetPostsAsync(Destinations.Mastodon, Now.AddHours(-1), Now.AddHours(1), Stop))
        );
        Assert.Equal(
            [
                ["of-d"],
                ["of-b"],
                ["of-c"],
                ["of-a"],
            ],
            await Ledger.GetUsedItemsAsync(Destinations.Mastodon, Stop)
        );
    }

    [Fact]
    public async Task Abandoned_GoByTimeAndThenByKey()
    {
        await PlanInKeyOrderAgainstTimeAsync(PostState.Sending);

        Assert.Equal("d b c a", Keys(await Ledger.GetAbandonedAsync(Now, Stop)));
    }

    /// <summary>Each row: the limits in milliseconds from the post's time, and whether the post is between
    /// them.</summary>
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(-1, 0, false)]
    [InlineData(-1, 1, true)]
    public async Task Posts_AreFromAMomentUntilBeforeAnother(int from, int until, bool isFound)
    {
        await PlanAsync(Some.Post("here"));
        await PlanAsync(Some.Post("elsewhere", to: "discord:1"));

        Assert.Equal(
            isFound ? "here" : "",
            Keys(
                await Ledger.GetPostsAsync(
                    Destinations.Mastodon,
                    Now.AddMilliseconds(from),
                    Now.AddMilliseconds(until),
                    Stop
                )
            )
        );
    }

    [Fact]
    public async Task Plan_WithAMark_KeepsTheMarksOfTheOthers()
    {
        await Ledger.PlanAsync("morning", new ScheduleMark("0 9 * * * Etc/UTC", Now), [], Stop);
        await Ledger.PlanAsync("evening", new ScheduleMark("0 21 * * * Etc/UTC", Now.AddHours(12)), [], Stop);
        await Ledger.PlanAsync("never", new ScheduleMark("0 0 30 2 * Etc/UTC", NextDue: null), [], Stop);
        await Ledger.PlanAsync("morning", new ScheduleMark("5 9 * * * Etc/UTC", Now.AddDays(1)), [], Stop);
        await Ledger.PlanAsync("evening", mark: null, [Some.Post()], Stop);

        var marks = await Ledger.GetMarksAsync(Stop);

        Assert.Equal(3, marks.Count);
        Assert.Equal(new ScheduleMark("5 9 * * * Etc/UTC", Now.AddDays(1)), marks["morning"]);
        Assert.Equal(new ScheduleMark("0 21 * * * Etc/UTC", Now.AddHours(12)), marks["evening"]);
        Assert.Equal(new ScheduleMark("0 0 30 2 * Etc/UTC", NextDue: null), marks["never"]);
    }

    [Fact]
    public async Task AnyPost_ComesBackAsItWas()
    {
        var full = Some.Post("the-key", PostState.Retracted, "discord:123") with
        {
            Items = ["one", "two"],
            Payload = new Payload
            {
                Text = "Words.",
                Warning = "War",
                Language = "fr",
                Visibility = PostVisibility.Private,
                Picture = new PostPicture
                {
                    Kicker = "Ce jour-là",
                    Title = "1er mai 1919",
                    Body = "“Words.”",
                    Credit =
                    [
                        new PictureLine([new PictureRun("A. Writer, "), new PictureRun("A Work", IsItalic: true)]),
                    ],
                },
                Buttons = [new PostButton("Source", "source:one")],
            },
            NotBefore = Now.AddSeconds(1),
            Attempts = 2,
            Lookups = 3,
            FirstAttemptAt = Now.AddSeconds(4),
            LastAttemptAt = Now.AddSeconds(7),
            RefusedAt = Now.AddSeconds(8),
            ClaimedBy = "me",
            LeaseUntil = Now.AddSeconds(5),
            RemoteId = "6",
            Url = new Uri("https://m.example/@serge/6"),
            Reason = "why",
            RetryOf = "another-key",
        };
        var bare = Some.Post("bare", occurrence: Now.AddDays(-1)) with { Items = [], Payload = null };
        await PlanAsync(full);
        await PlanAsync(bare);
        var moved = full with { State = PostState.Sent, Attempts = 3, Lookups = 0, Reason = null, ClaimedBy = "you" };

        Assert.Equivalent(new[] { full, bare }, await Ledger.GetRecentAsync(10, Stop), strict: true);
        Assert.True(await Ledger.TryUpdateAsync(full, moved, Stop));
        Assert.Equivalent(new[] { moved, bare }, await Ledger.GetRecentAsync(10, Stop), strict: true);
    }

    /// <summary>Each row: the state of a post one minute later, and whether it replaces a planned one.</summary>
    [Theory]
    [InlineData(PostState.Planned, true)]
    [InlineData(PostState.Sending, true)]
    [InlineData(PostState.Sent, true)]
    [InlineData(PostState.Unknown, true)]
    [InlineData(PostState.Retracted, true)]
    [InlineData(PostState.Refused, false)]
    [InlineData(PostState.Missed, false)]
    [InlineData(PostState.Cancelled, false)] // nothing is posted instead
    public async Task Superseded_IsAPlannedPostWithANewerOneInThisState(PostState newer, bool isSuperseded)
    {
        await PlanAsync(Some.Post("old", occurrence: Now.AddMinutes(-2)));
        await PlanAsync(Some.Post("new", newer, occurrence: Now.AddMinutes(-1)));

        var found = await GetSupersededAsync();

        Assert.Equal(isSuperseded ? ["old"] : [], found.Select(post => post.Key));
    }

    private Task<IReadOnlyList<Post>> GetSupersededAsync()
    {
        var post = Some.Post();
        return Ledger.GetSupersededAsync(post.Schedule, post.Destination, Now, Stop);
    }

    /// <summary>Each row: the difference of the newer post.</summary>
    [Theory]
    [InlineData("destination")]
    [InlineData("owner")]
    [InlineData("schedule")]
    [InlineData("manual")]
    [InlineData("retry")]
    [InlineData("not due yet")]
    public async Task Superseded_ByAPostThatIsNotOfTheSameScheduleAndDestination_IsNone(string difference)
    {
        await PlanAsync(Some.Post("old", occurrence: Now.AddMinutes(-2)));
        var newer = Some.Post("new", occurrence: Now.AddMinutes(-1));
        await PlanAsync(
            difference switch
            {
                "destination" => newer with { Destination = new Destination("discord", "9") },
                "owner" => newer with { Schedule = new ScheduleId("guild:1", newer.Schedule.Name) },
                "schedule" => newer with { Schedule = ScheduleId.OfOperator("evening") },
                "manual" => newer with { Kind = PostKind.Manual },
                "retry" => newer with { RetryOf = "another" },
                _ => newer with { Occurrence = Now.AddMinutes(1) },
            }
        );

        Assert.Empty(await GetSupersededAsync());
    }

    [Theory]
    [InlineData(PostState.Sending, 1, true)]
    [InlineData(PostState.Sent, 1, true)]
    [InlineData(PostState.Unknown, 1, true)]
    [InlineData(PostState.Sent, 60, false)] // no longer since
    [InlineData(PostState.Sent, -1, false)] // the schedule clock was set back
    [InlineData(PostState.Planned, 1, false)]
    [InlineData(PostState.Refused, 1, false)]
    public async Task LastAttempted_IsAPostThatMayHaveBeenPublishedSince(PostState state, int secondsAgo, bool isFound)
    {
        await PlanAsync(Some.Post("a", state) with { LastAttemptAt = Now.AddSeconds(-secondsAgo) });
        await PlanAsync(Some.Post("b", PostState.Sent, "discord:9") with { LastAttemptAt = Now });
        var post = Some.Post();

        var found = await Ledger.FindLastAttemptedAsync(post.Destination, Now.AddMinutes(-1), Now, Stop);

        Assert.Equal(isFound ? "a" : null, found?.Key);
    }

    [Fact]
    public async Task Recent_WithADestinationThatNobodyKnows_NamesIt()
    {
        await PlanAsync(Some.Post());
        await store.WriteAsync("UPDATE posts SET destination = 'Gopher'");

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.GetRecentAsync(10, Stop));

        Assert.Equal("Unknown destination Gopher.", e.Message);
    }

    /// <summary>Each row: what has changed since the caller read the post.</summary>
    [Theory]
    [InlineData("state")]
    [InlineData("owner")]
    [InlineData("tries")]
    [InlineData("lease")]
    public async Task TryMove_OfAPostThatHasMoved_IsRefused(string change)
    {
        var seen = Some.Post(state: PostState.Sending) with { ClaimedBy = "me", LeaseUntil = Now, Attempts = 1 };
        await PlanAsync(
            change switch
            {
                "state" => seen with { State = PostState.Unknown },
                "owner" => seen with { ClaimedBy = "you" },
                "tries" => seen with { Attempts = 2 },
                _ => seen with { LeaseUntil = Now.AddSeconds(1) },
            }
        );

        Assert.False(await Ledger.TryUpdateAsync(seen, seen with { State = PostState.Sent }, Stop));
    }

    [Fact]
    public async Task TryMove_ByTwo_OnlyOneClaims()
    {
        await PlanAsync(Some.Post());
        var seen = Assert.Single(await Ledger.GetDueAsync(Now, Now, 10, Stop));
        DeliverySettings settings = new();

        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n => Ledger.TryUpdateAsync(seen, Transitions.Claim(seen, $"worker {n}", Now, settings), Stop))
        );

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task TryMove_ByTwoWorkersOnOneDatabase_OnlyOneClaims()
    {
        await using var otherDatabase = await store.OpenAsync();
        Ledger other = new(otherDatabase);
        var post = Some.Post();
        await PlanAsync(post);

        var claims = await Task.WhenAll(
            new[] { Ledger, other, Ledger, (ILedger)other }.Select(
                (ledger, n) =>
                    ledger.TryUpdateAsync(
                        post,
                        Transitions.Claim(post, $"worker {n}", Now, new DeliverySettings()),
                        Stop
                    )
            )
        );

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task Plan_OfOneOccurrenceByTwoWorkers_AddsItOnce()
    {
        await using var otherDatabase = await store.OpenAsync();
        Ledger other = new(otherDatabase);

        var added = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n =>
                    (n % 2 == 0 ? Ledger : other).PlanAsync(
                        "morning",
                        new ScheduleMark("timing", Now),
                        [Some.Post($"key {n}")],
                        Stop
                    )
                )
        );

        Assert.Single(added, posts => posts.Count == 1);
        Assert.Single(await Ledger.GetRecentAsync(10, Stop));
    }

    [Theory]
    [InlineData("“Qu’est-ce ?” — ſ ß ﬁ Łukasz 日本 🕊 e\u0301")]
    [InlineData("'; DROP TABLE posts; -- @key $1 {0} \\ \"")]
    public async Task AnyText_ComesBackAsItWas(string text)
    {
        await PlanAsync(Some.Post(text: text) with { Reason = text });

        var post = Assert.Single(await Ledger.GetRecentAsync(10, Stop));
        Assert.Equal((text, text), (post.Payload!.Text, post.Reason));
    }

    [Fact]
    public async Task TryMove_AfterTheLeaseWasTakenAway_IsRefused()
    {
        await PlanAsync(Some.Post());
        var seen = Assert.Single(await Ledger.GetDueAsync(Now, Now, 10, Stop));
        var mine = Transitions.Claim(seen, "me", Now, new DeliverySettings());
        await Ledger.TryUpdateAsync(seen, mine, Stop);
        await Ledger.TryUpdateAsync(mine, Transitions.ExpireLease(mine), Stop);

        Assert.False(
            await Ledger.TryUpdateAsync(
                mine,
                mine with
                {
                    State = PostState.Sent,
                    ClaimedBy = null,
                    LeaseUntil = null,
                },
                Stop
            )
        );
        Assert.Equal(PostState.Unknown, Assert.Single(await Ledger.GetRecentAsync(10, Stop)).State);
    }

    [Fact]
    public async Task TryMove_ByAWorkerThatHasReadThePostBeforeItWasRewritten_IsRefused()
    {
        await PlanAsync(Some.Post());
        var seen = Assert.Single(await Ledger.GetDueAsync(Now, Now, 10, Stop));

        Assert.True(
            await Ledger.TryUpdateAsync(
                seen,
                Transitions.Rewrite(seen, new Payload { Text = "Better words." }, ["an-id"], Now),
                Stop
            )
        );

        Assert.False(
            await Ledger.TryUpdateAsync(seen, Transitions.Claim(seen, "too late", Now, new DeliverySettings()), Stop)
        );
        var anew = Assert.Single(await Ledger.GetDueAsync(Now, Now, 10, Stop));
        Assert.Equal("Better words.", anew.Payload!.Text);
        Assert.True(
            await Ledger.TryUpdateAsync(anew, Transitions.Claim(anew, "in time", Now, new DeliverySettings()), Stop)
        );
    }

    [Fact]
    public async Task TryMove_KeepsWhatWasCorrected()
    {
        await PlanAsync(Some.Post(state: PostState.Sent));
        var sent = Assert.Single(await Ledger.GetRecentAsync(10, Stop));

        await Ledger.TryUpdateAsync(
            sent,
            Transitions.ApplyCorrection(
                sent,
                "42",
                new Payload { Text = "Better words.", Warning = "w" },
                ["another-id"],
                "Corrected."
            ),
            Stop
        );
        await ReopenAsync();

        var after = Assert.Single(await Ledger.GetRecentAsync(10, Stop));
        Assert.Equal(
            ("Better words.", "w", "another-id", "42"),
            (after.Payload!.Text, after.Payload.Warning, Assert.Single(after.Items), after.RemoteId)
        );
    }

    [Fact]
    public async Task Abandoned_OnlyClaimsWhoseLeaseRanOut()
    {
        var claimed = Transitions.Claim(Some.Post(), "me", Now, new DeliverySettings());
        await PlanAsync(claimed);

        Assert.Empty(await Ledger.GetAbandonedAsync(Now.AddSeconds(119), Stop));
        Assert.Equivalent(
            claimed,
            Assert.Single(await Ledger.GetAbandonedAsync(Now.AddSeconds(120), Stop)),
            strict: true
        );
    }

    [Fact]
    public async Task Used_CountsWhatWasOrMayBeOut_OldestFirst()
    {
        var day = 0;
        foreach (var state in Enum.GetValues<PostState>())
        {
            await PlanAsync(
                Some.Post($"key-{state}", state, occurrence: Now.AddDays(-day++)) with
                {
                    Items = [state.ToString()],
                }
            );
        }

        await PlanAsync(Some.Post("elsewhere", to: "discord:1") with { Items = ["elsewhere"] });

        Assert.Equal(
            [
                ["Unknown"],
                ["Sent"],
                ["Sending"],
                ["Planned"],
            ],
            await Ledger.GetUsedItemsAsync(Destinations.Mastodon, Stop)
        );
    }

    /// <summary>In order of time: d, then b and c together, then a; all of them are due.</summary>
    private async Task PlanInKeyOrderAgainstTimeAsync(PostState state)
    {
        foreach (var (key, minutes) in ((string, int)[])[("a", 0), ("b", -2), ("c", -2), ("d", -3)])
        {
            await PlanAsync(
                Some.Post(key, state, occurrence: Now.AddMinutes(minutes)) with
                {
                    Schedule = ScheduleId.OfOperator(key),
                    Items = [$"of-{key}"],
                    LeaseUntil = state == PostState.Sending ? Now : null,
                }
            );
        }
    }

    private static string Keys(IEnumerable<Post> posts) => string.Join(' ', posts.Select(post => post.Key));

    private async Task ReopenAsync()
    {
        await _database!.DisposeAsync();
        await InitializeAsync();
    }

    private Task<IReadOnlyList<Post>> PlanAsync(Post post) =>
        Ledger.PlanAsync(post.Schedule.Name, mark: null, [post], Stop);
}
