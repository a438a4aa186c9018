namespace Serge.Bot.Tests.Databases;

/// <summary>The guarantees of every ledger for the operator's commands.</summary>
public abstract class OperatorLedgerContract(TestDatabase store) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Some.Noon;

    private Database? _database;
    private Ledger _ledger = null!;
    private OperatorLedger _operators = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await store.OpenAsync();
        (_ledger, _operators) = (new Ledger(_database), new OperatorLedger(_database));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Failed_IsWhatFailuresSays_NewestFirst()
    {
        var hour = 0;
        foreach (var state in Enum.GetValues<PostState>())
        {
            foreach (var (lookups, days) in ((int, int)[])[(0, 0), (1, 0), (1, -2), (0, -2)])
            {
                foreach (var cause in (CancelCause?[])[null, CancelCause.DailyLimit, CancelCause.NoContent])
                {
                    await AddAsync(
                        Some.Post($"key {hour:00}", state, occurrence: Now.AddDays(days).AddMinutes(hour++)) with
                        {
                            Lookups = lookups,
                            CancelCause = state == PostState.Cancelled ? cause : null,
                            NeedsOperator = hour % 2 == 0,
                        }
                    );
                }
            }
        }

        var all = await _ledger.GetRecentAsync(1000, Stop);
        var expected = all.Where(post => Failures.IsFailure(post, Now)).Select(post => post.Key).ToList();

        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await _operators.GetFailedAsync(Now, 1000, Stop)).Select(post => post.Key));
        Assert.Equal(expected.Take(3), (await _operators.GetFailedAsync(Now, 3, Stop)).Select(post => post.Key));
    }

    [Fact]
    public async Task Failed_WithoutWhatWasSentAgain()
    {
        await AddAsync(Some.Post("old", PostState.Refused));
        await AddAsync(Some.Post("new", PostState.Planned, occurrence: Now.AddSeconds(1)) with { RetryOf = "old" });

        Assert.Empty(await _operators.GetFailedAsync(Now, 10, Stop));
        Assert.Equal("new", (await _operators.FindRetryAsync("old", Stop))!.Key);
        Assert.Null(await _operators.FindRetryAsync("new", Stop));
    }

    [Fact]
    public async Task Dismissed_IsNeitherFailedNorAlerted_AndStaysInTheLedger()
    {
        await AddAsync(Refused("refused", minutes: 0), Refused("other", minutes: -1), Stuck("stuck"));
        var before = await _ledger.GetRecentAsync(10, Stop);

        var dismissed = await _operators.DismissAsync(["refused", "stuck"], Now, Stop);

        Assert.Equal(["refused", "stuck"], dismissed.Order(StringComparer.Ordinal));
        Assert.Equal(["other"], Keys(await _operators.GetFailedAsync(Now, 10, Stop)));
        Assert.Equal(["other"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddDays(-10), 10, Stop)));
        Assert.Equal(1, (await DeliveryReport.ReadAsync(_operators, Now, Stop)).Failed);
        Assert.Equivalent(before, await _ledger.GetRecentAsync(10, Stop), strict: true);
        var found = await _operators.GetDismissedAsync(["refused", "other", "unknown key"], Stop);
        Assert.Equal("refused", Assert.Single(found));
        Assert.Empty(await _operators.GetDismissedAsync([], Stop));
    }

    /// <summary>More than the maximum number of parameters of a statement.</summary>
    [Fact]
    public async Task Dismissed_OfManyKeys_AreFound()
    {
        await AddAsync(Refused("refused", minutes: 0));
        await _operators.DismissAsync(["refused"], Now, Stop);
        string[] others = [.. Enumerable.Range(0, 70_000).Select(i => $"key {i}")];

        var found = await _operators.GetDismissedAsync([.. others, "refused"], Stop);

        Assert.Equal("refused", Assert.Single(found));
    }

    [Fact]
    public async Task DismissAll_DismissesWhatIsFailedNow()
    {
        await AddAsync(
            Refused("refused", minutes: 0),
            Stuck("stuck"),
            Some.Post("planned", occurrence: Now.AddMinutes(-1)),
            Some.Post("of the future", PostState.Missed, occurrence: Now.AddMinutes(1)),
            Refused("retried", minutes: -4),
            Some.Post("retry", occurrence: Now.AddMinutes(-5)) with
            {
                RetryOf = "retried",
            }
        );
        var before = await _ledger.GetRecentAsync(10, Stop);

        Assert.Equal(2, await _operators.DismissAllAsync(Now, Stop));

        var dismissed = await _operators.GetDismissedAsync([.. Keys(before)], Stop);
        Assert.Equal(["refused", "stuck"], dismissed.Order(StringComparer.Ordinal));
        Assert.Empty(await _operators.GetFailedAsync(Now, 10, Stop));
        Assert.Equivalent(before, await _ledger.GetRecentAsync(10, Stop), strict: true);
        Assert.Equal(0, await _operators.DismissAllAsync(Now, Stop));
    }

    /// <summary>A published post no longer needs an operator, so that a copy that is found later is a new failure. An
    /// unknown one is still looked up. Each row: the state, and whether it needs an operator afterwards.</summary>
    [Theory]
    [InlineData(nameof(PostState.Unknown), true)]
    [InlineData(nameof(PostState.Sent), false)]
    [InlineData(nameof(PostState.Retracted), false)]
    public async Task Dismissed_APublishedPost_NeedsNoOperator(string state, bool needsOperator)
    {
        var post = Some.Post("one", Enum.Parse<PostState>(state)) with { NeedsOperator = true };
        var other = post with { Key = "all", Schedule = ScheduleId.OfOperator("evening") };
        await AddAsync(post, other);

        Assert.Single(await _operators.DismissAsync(["one"], Now, Stop));
        Assert.Equal(1, await _operators.DismissAllAsync(Now, Stop));

        Assert.All(
            await _ledger.GetRecentAsync(10, Stop),
            after => Assert.Equal((post.State, needsOperator), (after.State, after.NeedsOperator))
        );
    }

    /// <summary>Each row: the state of a dismissed post, and whether it needed an operator in between.</summary>
    [Theory]
    [InlineData(nameof(PostState.Sent), false)] // since the dismissal
    [InlineData(nameof(PostState.Unknown), true)] // a lookup was certain, and the next one is not
    public async Task Dismissed_APostThatFailsAgainInTheSameState_IsFailedAndAlertedAgain(string state, bool isLookedUp)
    {
        var failed = Some.Post("key", Enum.Parse<PostState>(state)) with { NeedsOperator = true };
        var well = failed with { NeedsOperator = false };
        await AddAsync(failed);
        await _operators.TryPlanAlertsAsync([Alerting("alert")], ["key"], known: 0, Now.AddDays(-1), Now, Stop);
        await _operators.DismissAsync(["key"], Now, Stop);
        if (isLookedUp)
        {
            Assert.True(await _ledger.TryUpdateAsync(failed, well, Stop));
        }

        Assert.True(await _ledger.TryUpdateAsync(well, failed, Stop));

        Assert.Equal(["key"], Keys(await _operators.GetFailedAsync(Now, 10, Stop)));
        Assert.Equal(["key"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop)));
        Assert.Empty(await _operators.GetDismissedAsync(["key"], Stop));
    }

    /// <summary>Each row: whether the failure that an alert reported was dismissed, and whether the next one of the
    /// same post is reported, too.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Dismissed_APostThatFailsInAnotherState_IsAlertedAgain(bool isDismissed, bool isReported)
    {
        var uncertain = Some.Post("key", PostState.Unknown) with { NeedsOperator = true };
        await AddAsync(uncertain);
        await _operators.TryPlanAlertsAsync([Alerting("alert")], ["key"], known: 0, Now.AddDays(-1), Now, Stop);
        if (isDismissed)
        {
            await _operators.DismissAsync(["key"], Now, Stop);
        }

        var missed = uncertain with { State = PostState.Missed, NeedsOperator = false };
        Assert.True(await _ledger.TryUpdateAsync(uncertain, missed, Stop));

        var unalerted = await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop);
        Assert.Equal(isReported ? ["key"] : [], Keys(unalerted));
    }

    /// <summary>Readers see two posts now, so the operator is alerted again.</summary>
    [Fact]
    public async Task Alerted_AnUnknownPostThatIsThenPublishedTwice_IsAlertedAgainOnce()
    {
        var uncertain = Some.Post("key", PostState.Unknown) with { NeedsOperator = true };
        await AddAsync(uncertain);
        await _operators.TryPlanAlertsAsync([Alerting("first")], ["key"], known: 0, Now.AddDays(-1), Now, Stop);
        var twice = uncertain with { State = PostState.Sent, Reason = "Published twice." };
        Assert.True(await _ledger.TryUpdateAsync(uncertain, twice, Stop));

        Assert.Equal(["key"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop)));

        await _operators.TryPlanAlertsAsync([Alerting("second")], ["key"], known: 1, Now.AddDays(-1), Now, Stop);
        Assert.True(await _ledger.TryUpdateAsync(twice, twice with { Reason = "Published twice; edited." }, Stop));
        Assert.Empty(await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop));
    }

    /// <summary>A correction is not a failure, and the post stays dismissed.</summary>
    [Fact]
    public async Task Dismissed_APostThatChangesOtherwise_StaysDismissed()
    {
        await AddAsync(Some.Post("key", PostState.Sent) with { NeedsOperator = true });
        await _operators.DismissAsync(["key"], Now, Stop);
        var dismissed = Assert.Single(await _ledger.GetRecentAsync(10, Stop));

        Assert.True(await _ledger.TryUpdateAsync(dismissed, dismissed with { Reason = "Corrected." }, Stop));

        Assert.Single(await _operators.GetDismissedAsync(["key"], Stop));
    }

    /// <summary>The running bot may have changed a post since the command read it.</summary>
    [Fact]
    public async Task Dismiss_OnlyWhatIsFailedNow()
    {
        await AddAsync(
            Refused("failed", minutes: 0),
            Some.Post("planned", occurrence: Now.AddMinutes(-1)),
            Some.Post("sent", PostState.Sent, occurrence: Now.AddMinutes(-2)),
            Some.Post("looked up", PostState.Unknown, occurrence: Now.AddMinutes(-3)),
            Some.Post("of the future", PostState.Missed, occurrence: Now.AddMinutes(1)),
            Refused("retried", minutes: -4),
            Some.Post("retry", occurrence: Now.AddMinutes(-5)) with
            {
                RetryOf = "retried",
            }
        );
        var all = await _ledger.GetRecentAsync(10, Stop);

        var dismissed = await _operators.DismissAsync([.. Keys(all), "no such key"], Now, Stop);

        Assert.Equal("failed", Assert.Single(dismissed));
        Assert.Empty(await _operators.DismissAsync(["failed"], Now, Stop));
    }

    [Fact]
    public async Task Dismissed_AMissedOccurrenceThatIsPlannedAgainAndFails_IsFailedAgain()
    {
        await AddAsync(Some.Post("missed", PostState.Missed));
        await _operators.DismissAsync(["missed"], Now, Stop);

        // The clock was set back.
        var planned = Some.Post("again");
        await AddAsync(planned);
        Assert.True(await _ledger.TryUpdateAsync(planned, planned with { State = PostState.Refused }, Stop));

        Assert.Equal(["again"], Keys(await _operators.GetFailedAsync(Now, 10, Stop)));
        Assert.Equal(["again"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop)));
    }

    /// <summary>A lookup can still end an uncertainty that was dismissed. Each row: the new state, and whether the post
    /// is failed then.</summary>
    [Theory]
    [InlineData(nameof(PostState.Unknown), false)]
    [InlineData(nameof(PostState.Refused), true)]
    [InlineData(nameof(PostState.Sent), true)] // published twice
    public async Task Dismissed_UntilTheFailureChanges(string state, bool isFailed)
    {
        var uncertain = Some.Post("key", PostState.Unknown) with { NeedsOperator = true };
        await AddAsync(uncertain);
        await _operators.DismissAsync(["key"], Now, Stop);

        var later = uncertain with { State = Enum.Parse<PostState>(state), Reason = "A lookup." };
        Assert.True(await _ledger.TryUpdateAsync(uncertain, later, Stop));

        Assert.Equal(isFailed, (await _operators.GetFailedAsync(Now, 10, Stop)).Count == 1);
        Assert.Equal(isFailed, (await _operators.GetDismissedAsync(["key"], Stop)).Count == 0);
    }

    /// <summary>Each row: a post that is due in this number of minutes, and whether it is due and not sent.</summary>
    [Theory]
    [InlineData(PostState.Planned, 0, true)]
    [InlineData(PostState.Planned, 1, false)]
    [InlineData(PostState.Sending, -1, true)]
    [InlineData(PostState.Unknown, -1, true)]
    [InlineData(PostState.Sent, -1, false)]
    [InlineData(PostState.Missed, -1, false)]
    [InlineData(PostState.Cancelled, -1, false)]
    public async Task Waiting_IsWhatIsDueAndNotSent_AlsoBeforeItsNextAttempt(PostState state, int dueIn, bool isWaiting)
    {
        await AddAsync(
            Some.Post(state: state, occurrence: Now.AddMinutes(dueIn)) with
            {
                NotBefore = Now.AddHours(1),
                ClaimedBy = "a worker",
                LeaseUntil = Now.AddHours(1),
            }
        );

        Assert.Equal(isWaiting, (await _operators.GetWaitingAsync(Now, 10, Stop)).Count == 1);
    }

    [Fact]
    public async Task Report_NamesThePlatformsWhosePostsDoNotGoOut()
    {
        var five = TimeSpan.FromMinutes(5);
        await AddAsync(Some.Post("on its way", PostState.Sending) with { Reason = "An earlier attempt failed." });
        await AddAsync(Some.Post("waits", to: "discord:1", occurrence: Now - five));
        Assert.Equivalent(new DeliveryReport(2, [], 0), await DeliveryReport.ReadAsync(_operators, Now, Stop));
        var failing = Some.Post("failing", PostState.Unknown, occurrence: Now.AddSeconds(-1)) with { Reason = "lost" };
        await AddAsync(failing);

        var report = await DeliveryReport.ReadAsync(_operators, Now.AddMilliseconds(1), Stop);

        Assert.Equal(
            [
                new DeliveryDelay("discord", 1, Now - five, null),
                new DeliveryDelay("mastodon", 1, failing.Occurrence, "lost"),
            ],
            report.Delays
        );
    }

    /// <summary>Each row: a post, and whether it needs an operator.</summary>
    [Theory]
    [InlineData(nameof(PostState.Planned), 0, false)]
    [InlineData(nameof(PostState.Sending), 0, false)]
    [InlineData(nameof(PostState.Sent), 0, false)]
    [InlineData(nameof(PostState.Refused), 0, true)]
    [InlineData(nameof(PostState.Missed), 0, true)]
    [InlineData(nameof(PostState.Unknown), 3, true)] // a day of lookups found nothing
    [InlineData(nameof(PostState.Unknown), 0, false)] // never looked up yet
    [InlineData(nameof(PostState.Cancelled), 0, false)]
    [InlineData(nameof(PostState.Retracted), 0, false)]
    public async Task Failed_IsWhatAPersonShouldKnowOf(string state, int lookups, bool isFailure)
    {
        await AddAsync(
            Some.Post(state: Enum.Parse<PostState>(state), occurrence: Now.AddDays(-3)) with
            {
                Lookups = lookups,
            }
        );

        Assert.Equal(isFailure, (await _operators.GetFailedAsync(Now, 10, Stop)).Count == 1);
    }

    [Fact]
    public async Task Plan_OfASecondPostInPlaceOfTheSame_IsNotPossible()
    {
        await AddAsync(
            Some.Post("old", PostState.Refused),
            Some.Post("new", occurrence: Now.AddSeconds(1)) with
            {
                RetryOf = "old",
            }
        );

        await Assert.ThrowsAsync<LedgerException>(() =>
            AddAsync(Some.Post("newer", occurrence: Now.AddSeconds(2)) with { RetryOf = "old" })
        );
    }

    [Fact]
    public async Task Unalerted_AFailedAlert_IsNotReported()
    {
        await AddAsync(Alerting("alert") with { State = PostState.Refused });

        Assert.Empty(await _operators.GetUnalertedAsync(Now, Now.AddDays(-10), 10, Stop));
    }

    [Fact]
    public async Task Unalerted_WhatWasSentAgain_IsNotReported()
    {
        foreach (var state in (PostState[])[PostState.Refused, PostState.Missed, PostState.Unknown])
        {
            await AddAsync(Stuck($"{state}") with { State = state });
        }

        Assert.Equal(3, (await _operators.GetUnalertedAsync(Now, Now.AddDays(-10), 10, Stop)).Count);
        foreach (var state in (PostState[])[PostState.Refused, PostState.Missed, PostState.Unknown])
        {
            await AddAsync(
                Some.Post($"{state} again") with
                {
                    Schedule = ScheduleId.OfOperator($"{state}"),
                    RetryOf = $"{state}",
                }
            );
        }

        Assert.Empty(await _operators.GetUnalertedAsync(Now, Now.AddDays(-10), 10, Stop));
    }

    /// <summary>Each row: milliseconds from a day after the post's deadline, and whether it is no longer looked
    /// up.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Unknown_ADayAfterItsTime_IsAFailure(int milliseconds, bool isFailure)
    {
        var stuck = Stuck("stuck");
        await AddAsync(
            stuck,
            Stuck("not looked for") with
            {
                Lookups = 0,
                Schedule = ScheduleId.OfOperator("evening"),
            }
        );
        var now = stuck.Deadline.AddDays(1).AddMilliseconds(milliseconds);

        Assert.Equal(isFailure, Failures.IsFailure(stuck, now));
        Assert.Equal(isFailure ? ["stuck"] : [], Keys(await _operators.GetFailedAsync(now, 10, Stop)));
        Assert.Equal(
            isFailure ? ["stuck"] : [],
            Keys(await _operators.GetUnalertedAsync(now, Now.AddDays(-10), 10, Stop))
        );
        // Otherwise old posts would fill the limit of each poll, and nothing else would be sent.
        Assert.Equal(
            isFailure ? ["not looked for"] : ["not looked for", "stuck"],
            Keys(await _ledger.GetDueAsync(now, now, 10, Stop))
        );
    }

    [Fact]
    public async Task Unalerted_AMissedOccurrenceThatIsPlannedAgainAndFails_IsReported()
    {
        await AddAsync(Some.Post("missed", PostState.Missed));
        await _operators.TryPlanAlertsAsync([Alerting("alert")], ["missed"], known: 0, Now.AddDays(-1), Now, Stop);
        Assert.Empty(await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop));

        // The clock was set back.
        var planned = Some.Post("again");
        await AddAsync(planned);
        Assert.True(await _ledger.TryUpdateAsync(planned, planned with { State = PostState.Refused }, Stop));

        Assert.Equal(["again"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop)));
    }

    [Theory]
    [InlineData(nameof(PostState.Unknown), true)]
    [InlineData(nameof(PostState.Sent), true)]
    [InlineData(nameof(PostState.Retracted), true)] // the other copy may be public
    [InlineData(nameof(PostState.Planned), false)]
    public async Task NeedsOperator_IsListedAndAlertedAtOnce(string state, bool isReported)
    {
        var post = Some.Post("key", Enum.Parse<PostState>(state), occurrence: Now) with { NeedsOperator = true };
        await AddAsync(post);

        Assert.Equal(isReported, Failures.IsFailure(post, Now));
        Assert.Equal(isReported ? ["key"] : [], Keys(await _operators.GetFailedAsync(Now, 10, Stop)));
        Assert.Equal(
            isReported ? ["key"] : [],
            Keys(await _operators.GetUnalertedAsync(Now, Now.AddDays(-1), 10, Stop))
        );
    }

    [Fact]
    public async Task Unalerted_OldestFirst_FromAMomentOn_AndNoMoreThanWanted()
    {
        await AddAsync(
            Refused("a", minutes: 0),
            Refused("b", minutes: -2),
            Refused("c", minutes: -2) with
            {
                Schedule = ScheduleId.OfOperator("evening"),
            },
            Refused("d", minutes: -3)
        );

        Assert.Equal(["d", "b", "c", "a"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddMinutes(-3), 10, Stop)));
        Assert.Equal(["d", "b"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddMinutes(-3), 2, Stop)));
        Assert.Equal(
            ["b", "c", "a"],
            Keys(await _operators.GetUnalertedAsync(Now, Now.AddMinutes(-3).AddMilliseconds(1), 10, Stop))
        );
        Assert.Equal(["a", "b", "c", "d"], Keys(await _operators.GetFailedAsync(Now, 10, Stop)));
    }

    [Fact]
    public async Task Alerts_OldestFirst_FromAMomentOn()
    {
        await AddAsync(
            Alerting("a"),
            Alerting("b", second: -2),
            Alerting("c", second: -2) with
            {
                Destination = Some.Destination("discord:1"),
            },
            Alerting("d", second: -3),
            Some.Post("no alert")
        );

        Assert.Equal(["d", "b", "c", "a"], Keys(await _operators.GetAlertsAsync(Now.AddSeconds(-3), Stop)));
        Assert.Equal(
            ["b", "c", "a"],
            Keys(await _operators.GetAlertsAsync(Now.AddSeconds(-3).AddMilliseconds(1), Stop))
        );
    }

    [Fact]
    public async Task TryPlanAlerts_MarksOnlyWhatItReports()
    {
        await AddAsync(Refused("told", minutes: 0), Refused("untold", minutes: -1));

        Assert.True(
            await _operators.TryPlanAlertsAsync([Alerting("alert")], ["told"], known: 0, Now.AddDays(-1), Now, Stop)
        );

        Assert.Equal(["untold"], Keys(await _operators.GetUnalertedAsync(Now, Now.AddDays(-10), 10, Stop)));
        Assert.True(
            await _operators.TryPlanAlertsAsync(
                [Alerting("next", 1)],
                ["untold"],
                known: 1,
                Now,
                Now.AddSeconds(1),
                Stop
            )
        );
        Assert.Equal(["alert", "next"], Keys(await _operators.GetAlertsAsync(Now, Stop)));
    }

    [Fact]
    public async Task LastSent_OfTwoAtOneMoment_IsOne()
    {
        await AddAsync(
            Some.Post("a", PostState.Sent),
            Some.Post("b", PostState.Sent) with
            {
                Schedule = ScheduleId.OfOperator("evening"),
            }
        );

        Assert.Equal(["b"], Keys(await _operators.GetLastSentAsync(Stop)));
    }

    [Fact]
    public async Task Find_ByKeyInOrder_AndNoMoreThanWanted()
    {
        await AddAsync(Refused("ab", minutes: 0), Refused("aa", minutes: 1), Refused("ac", minutes: -1));

        Assert.Equal(["aa", "ab", "ac"], Keys(await _operators.FindByKeyAsync("a", 10, Stop)));
        Assert.Equal(["aa", "ab"], Keys(await _operators.FindByKeyAsync("a", 2, Stop)));
    }

    [Theory]
    [InlineData("abc", "abcd", "abce")]
    [InlineData("abcd", "abcd")]
    [InlineData("ABC")]
    [InlineData("%")]
    [InlineData("a_c")]
    public async Task Find_ByTheBeginningOfTheKey_TakesItLiterally(string beginning, params string[] found)
    {
        await AddAsync(
            Some.Post("abcd", occurrence: Now),
            Some.Post("abce", occurrence: Now.AddHours(1)),
            Some.Post("b", occurrence: Now.AddHours(2))
        );

        Assert.Equal(found, (await _operators.FindByKeyAsync(beginning, 10, Stop)).Select(post => post.Key));
    }

    [Fact]
    public async Task WithItem_OnlyWholeIds_OldestFirst()
    {
        await AddAsync(
            Some.Post("b", occurrence: Now) with
            {
                Items = ["one", "two"],
            },
            Some.Post("a", occurrence: Now.AddHours(-1)) with
            {
                Items = ["two"],
            },
            Some.Post("c", occurrence: Now.AddHours(1)) with
            {
                Items = ["two-more", "t_o"],
            }
        );

        Assert.Equal(["a", "b"], (await _operators.GetByItemAsync("two", Stop)).Select(post => post.Key));
        Assert.Equal(["c"], (await _operators.GetByItemAsync("t_o", Stop)).Select(post => post.Key));
        Assert.Empty(await _operators.GetByItemAsync("%", Stop));
    }

    [Fact]
    public async Task TryPlanAlerts_PlansTheAlertAndMarksWhatItReports_Once()
    {
        await AddAsync(
            Some.Post("failed", PostState.Refused),
            Some.Post("old", PostState.Refused, occurrence: Now.AddDays(-9)),
            Some.Post("well", PostState.Sent, occurrence: Now.AddHours(-1))
        );
        var from = Now.AddDays(-1);
        Assert.Equal(["failed"], (await _operators.GetUnalertedAsync(Now, from, 10, Stop)).Select(post => post.Key));

        Assert.True(await _operators.TryPlanAlertsAsync([Alerting("alert")], ["failed"], known: 0, from, Now, Stop));
        Assert.False(await _operators.TryPlanAlertsAsync([Alerting("another")], ["failed"], known: 0, from, Now, Stop));

        Assert.Empty(await _operators.GetUnalertedAsync(Now, from, 10, Stop));
        Assert.Equal(["alert"], (await _operators.GetAlertsAsync(from, Stop)).Select(post => post.Key));
    }

    [Fact]
    public async Task TryPlanAlerts_ByManyAtOnce_OneSucceeds()
    {
        var alerted = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(n =>
                    Task.Run(
                        () =>
                            _operators.TryPlanAlertsAsync(
                                [Alerting($"alert {n}", n)],
                                [],
                                known: 0,
                                Now.AddDays(-1),
                                Now,
                                Stop
                            ),
                        Stop
                    )
                )
        );

        Assert.Single(alerted, isTold => isTold);
    }

    [Fact]
    public async Task Withdrawn_UntilPutBack()
    {
        await _operators.WithdrawAsync("one", Now, Stop);
        await _operators.WithdrawAsync("one", Now.AddDays(1), Stop);
        await _operators.WithdrawAsync("two", Now, Stop);

        Assert.Equal(["one", "two"], (await _operators.GetWithdrawalsAsync(Stop)).Keys.Order(StringComparer.Ordinal));
        Assert.True(await _operators.RestoreAsync("one", Stop));
        Assert.False(await _operators.RestoreAsync("one", Stop));
        Assert.Equal(["two"], (await _operators.GetWithdrawalsAsync(Stop)).Keys);
    }

    [Fact]
    public async Task Withdrawals_AreSinceTheFirstTime()
    {
        await _operators.WithdrawAsync("one", Now, Stop);
        await _operators.WithdrawAsync("one", Now.AddDays(1), Stop);

        Assert.Equal(
            ("one", Now),
            Assert.Single((await _operators.GetWithdrawalsAsync(Stop)).Select(pair => (pair.Key, pair.Value)))
        );
    }

    [Fact]
    public async Task LastSent_IsTheLatestScheduledOrManualPostOfEachDestination()
    {
        await AddAsync(
            Some.Post("old", PostState.Sent, occurrence: Now.AddDays(-2)),
            Some.Post("new", PostState.Sent, occurrence: Now.AddDays(-1)) with
            {
                Kind = PostKind.Manual,
            },
            Some.Post("failed", PostState.Refused),
            Some.Post("elsewhere", PostState.Sent, to: "discord:7", occurrence: Now.AddDays(-9)),
            Some.Post("notice", PostState.Sent, to: "discord:7", occurrence: Now.AddDays(-8)) with
            {
                Kind = PostKind.Notice,
            },
            Some.Post("forwarded mention", PostState.Sent, occurrence: Now.AddHours(-1)) with
            {
                Kind = PostKind.Notice,
            },
            Alerting("alert", 1) with
            {
                State = PostState.Sent,
            },
            Some.Post("never", PostState.Missed, to: "discord:8")
        );

        Assert.Equal(["elsewhere", "new"], (await _operators.GetLastSentAsync(Stop)).Select(post => post.Key));
    }

    private static IEnumerable<string> Keys(IEnumerable<Post> posts) => posts.Select(post => post.Key);

    private static Post Refused(string key, int minutes) =>
        Some.Post(key, PostState.Refused, occurrence: Now.AddMinutes(minutes));

    private static Post Stuck(string key) =>
        Some.Post(key, PostState.Unknown, occurrence: Now.AddDays(-3)) with
        {
            Schedule = ScheduleId.OfOperator(key),
            Lookups = 1,
        };

    private static Post Alerting(string key, int second = 0) =>
        Some.Post(key, occurrence: Now.AddSeconds(second)) with
        {
            Schedule = Alert.Schedule,
            Kind = PostKind.Alert,
            Items = [],
        };

    private Task AddAsync(params Post[] posts) => _ledger.PlanAsync("morning", mark: null, posts, Stop);
}
