namespace Serge.Bot.Tests.Delivery;

/// <summary>One test per transition in docs/delivery.md.</summary>
public sealed class TransitionsTests
{
    private static readonly DateTimeOffset Now = Some.At("2027-02-01 12:00");
    private static readonly DeliverySettings Settings = new();
    private static readonly Capabilities Plain = new(
        SupportsIdempotency: true,
        TimeSpan.FromHours(1),
        SupportsLookup: true
    );
    private static readonly Post Planned = Some.Post();
    private static readonly Post Sending = Transitions.Claim(Planned, "me", Now, Settings);

    [Fact]
    public void Claim_OfAPlannedPost_RecordsOwnerLeaseAndFirstAttemptBeforehand()
    {
        Assert.Equal(
            (PostState.Sending, "me", Now + TimeSpan.FromMinutes(2), Now, 1),
            (Sending.State, Sending.ClaimedBy, Sending.LeaseUntil, Sending.FirstAttemptAt, Sending.Attempts)
        );
    }

    [Fact]
    public void Claim_AtASecondAttempt_KeepsKeyPayloadAndTheTimeOfTheFirstAttempt()
    {
        var again = Transitions.Claim(After(new SendOutcome.Unavailable("refused")), "me", Now.AddHours(1), Settings);

        Assert.Equal(
            (Planned.Key, Planned.Payload, Now, 2),
            (again.Key, again.Payload, again.FirstAttemptAt, again.Attempts)
        );
    }

    [Fact]
    public void Supersede_WithoutAnEarlierReason_EndsWithAFullStop()
    {
        var after = Transitions.Supersede(Planned);

        Assert.Equal("A newer post of the same schedule replaced it before it could be sent.", after.Reason);
    }

    /// <summary>A clock that was ahead may have recorded a future occurrence as missed.</summary>
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    public void AMissedPost_IsAFailureWhenItWasDueOrAttempted(int attempts, int secondsAhead, bool isFailure)
    {
        var missed = Planned with
        {
            State = PostState.Missed,
            Attempts = attempts,
            Occurrence = Now.AddSeconds(secondsAhead),
        };

        Assert.Equal(isFailure, Failures.IsFailure(missed, Now));
    }

    /// <summary>Each row: how many lookups did not find the post, and whether it is sent again only because the
    /// platform recognizes its key.</summary>
    [Theory]
    [InlineData(Transitions.RequiredMisses - 2, true)]
    [InlineData(Transitions.RequiredMisses - 1, false)]
    public void DependsOnExpiredKey_UnlessItWasMissedOftenEnough(int misses, bool depends)
    {
        var again = Planned with { CopyCheckPending = true, Misses = misses, FirstAttemptAt = Now };

        Assert.Equal(depends, Transitions.DependsOnExpiredKey(again, Plain, Now + Plain.KeyWindow));
    }

    /// <summary>Each row: by how many seconds the post and the one before it are late, and whether the post
    /// waits.</summary>
    [Theory]
    [InlineData(9.999, 9.999, false)]
    [InlineData(10, 0, true)]
    [InlineData(0, 10, true)]
    [InlineData(10, 10, true)]
    public void DelayIfLate_AfterAPostThatWasJustSent_IfOneOfThemIsLate(double late, double previousLate, bool waits)
    {
        var previous = Planned with { Occurrence = Now.AddSeconds(-previousLate), LastAttemptAt = Now };
        var post = Planned with { Occurrence = Now.AddSeconds(-late) };

        var delayed = Transitions.DelayIfLate(post, previous, Now, Now, Settings);

        Assert.Equal(waits ? Now + Settings.LatePostInterval : null, delayed?.NotBefore);
    }

    [Fact]
    public void After_Sent_IsSentWithIdAndAddress()
    {
        var after = After(new SendOutcome.Sent("42", new Uri("https://m.example/@serge/42")));

        Assert.Equal(
            (PostState.Sent, "42", new Uri("https://m.example/@serge/42")),
            (after.State, after.RemoteId, after.Url)
        );
    }

    [Fact]
    public void After_SentWithoutAnId_IsSentAnyway() =>
        Assert.Equal(PostState.Sent, After(new SendOutcome.Sent(null, null)).State);

    [Fact]
    public void After_RetryAfter_IsPlannedNotBeforeThen()
    {
        var after = After(new SendOutcome.RetryAfter(Now.AddMinutes(7), "slow down"));

        Assert.Equal((PostState.Planned, Now.AddMinutes(7), "slow down"), (after.State, after.NotBefore, after.Reason));
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(7, 900)] // at most a quarter of an hour
    [InlineData(100, 900)]
    public void After_Unavailable_IsPlannedWithAGrowingWait(int attemptCount, int seconds)
    {
        var after = Transitions.Apply(
            Sending with
            {
                Attempts = attemptCount,
            },
            new SendOutcome.Unavailable("refused"),
            Plain,
            Now,
            Settings
        );

        Assert.Equal((PostState.Planned, Now.AddSeconds(seconds)), (after.State, after.NotBefore));
    }

    [Fact]
    public void After_UnavailableFromAClientThatHidesAmbiguity_IsUnknown() =>
        Assert.Equal(
            PostState.Unknown,
            Transitions
                .Apply(Sending, new SendOutcome.Unavailable("?"), Plain with { HidesAmbiguity = true }, Now, Settings)
                .State
        );

    [Fact]
    public void After_AFirstRefusal_IsSentAgainTenMinutesLater()
    {
        var after = After(new SendOutcome.Refused(Refusal.Gone, "Unknown Channel"));

        Assert.Equal((PostState.Planned, Now.AddMinutes(10)), (after.State, after.NotBefore));
        Assert.Equal(Now, after.RefusedAt);
        Assert.StartsWith("Unknown Channel (refused once", after.Reason, StringComparison.Ordinal);
    }

    /// <summary>Each row: how many seconds ago it was first refused, and the result of another refusal.</summary>
    [Theory]
    [InlineData(600, PostState.Refused, 600)]
    [InlineData(599, PostState.Planned, 599)]
    [InlineData(-3600, PostState.Planned, 0)] // the clock was an hour ahead
    public void After_AnotherRefusal_IsRefusedTenMinutesAfterTheFirst(int ago, PostState state, int firstAgo)
    {
        var before = Sending with { RefusedAt = Now.AddSeconds(-ago) };
        SendOutcome refused = new SendOutcome.Refused(Refusal.Forbidden, "Missing Access");

        var after = Transitions.Apply(before, refused, Plain, Now, new DeliverySettings());

        Assert.Equal((state, Now.AddSeconds(-firstAgo)), (after.State, after.RefusedAt));
    }

    [Fact]
    public void After_Sent_ForgetsAnEarlierRefusal()
    {
        var before = Sending with { RefusedAt = Now.AddMinutes(-10) };

        var after = Transitions.Apply(before, new SendOutcome.Sent("1", null), Plain, Now, new DeliverySettings());

        Assert.Equal((PostState.Sent, null), (after.State, after.RefusedAt));
    }

    [Fact]
    public void Rewrite_AfterARefusal_IsRefusedForItsNewContentOnly() =>
        Assert.Null(
            Transitions
                .Rewrite(Sending with { RefusedAt = Now }, new Payload { Text = "New." }, ["an-id"], Now)
                .RefusedAt
        );

    [Fact]
    public void After_Unknown_IsLookedForAfterAPause()
    {
        var after = After(new SendOutcome.Unknown("the response was lost"));

        Assert.Equal((PostState.Unknown, Now.AddSeconds(10)), (after.State, after.NotBefore));
    }

    [Fact]
    public void ExpireLease_IsUnknown_NeverPlanned() =>
        Assert.Equal(PostState.Unknown, Transitions.ExpireLease(Sending).State);

    [Fact]
    public void After_FoundByALookup_IsSent()
    {
        var after = LookedUp(Unknown(), new LookupResult.Found("42", null));

        Assert.Equal((PostState.Sent, "42"), (after.State, after.RemoteId));
    }

    [Fact]
    public void After_NotThereByALookup_IsPlannedWithTheSameKey()
    {
        var after = LookedUp(Unknown(), new LookupResult.NotFound());

        Assert.Equal((PostState.Planned, Planned.Key, Now), (after.State, after.Key, after.NotBefore));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 20)]
    [InlineData(5, 320)]
    [InlineData(20, 3600)]
    public void After_AnInconclusiveLookup_StaysUnknownAndLooksUpLessOften(int lookups, int seconds)
    {
        var after = LookedUp(Unknown() with { Lookups = lookups }, new LookupResult.Inconclusive("no history"));

        Assert.Equal(
            (PostState.Unknown, lookups + 1, Now.AddSeconds(seconds)),
            (after.State, after.Lookups, after.NotBefore)
        );
    }

    [Fact]
    public void IsStuck_ADayAfterItsTime_WhenNoLookupIsConclusive()
    {
        var unclear = LookedUp(Unknown(), new LookupResult.Inconclusive("no history"));

        Assert.False(Transitions.IsStuck(unclear, unclear.Deadline.AddHours(23)));
        Assert.True(Transitions.IsStuck(unclear, unclear.Deadline.AddHours(25)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void IsTooLate_OnlyPastItsTime(int seconds, bool tooLate) =>
        Assert.Equal(tooLate, Transitions.IsTooLate(Planned, Planned.Deadline.AddSeconds(seconds)));

    [Fact]
    public void MarkMissed_AfterFailures_KeepsTheLastReason() =>
        Assert.Equal("refused", Transitions.MarkMissed(After(new SendOutcome.Unavailable("refused"))).Reason);

    [Fact]
    public void Retry_IsANewPostWithTheSameContentAndNamesTheOldOne()
    {
        var old = After(new SendOutcome.Refused(Refusal.Forbidden, "closed"));

        var again = Transitions.CreateRetry(old, "another-key", Now.AddDays(1), Now.AddDays(1).AddHours(2));

        Assert.Equal(
            (PostState.Planned, "another-key", old.Key, old.Payload),
            (again.State, again.Key, again.RetryOf, again.Payload)
        );
        Assert.Equal(
            (Now.AddDays(1), Now.AddDays(1).AddHours(2), 0, null),
            (again.Occurrence, again.Deadline, again.Attempts, again.FirstAttemptAt)
        );
    }

    [Fact]
    public void Abandon_OfAPostOfUnknownOutcome_IsMissedAndNoLongerLookedFor() =>
        Assert.Equal(
            (PostState.Missed, "given up"),
            Transitions.Abandon(Unknown(), "given up").Let(post => (post.State, post.Reason))
        );

    [Fact]
    public void ApplyCorrection_StaysSentAndStatesWhatReadersSee()
    {
        var sent = After(new SendOutcome.Sent("42", null));

        var after = Transitions.ApplyCorrection(
            sent,
            "42",
            sent.Payload! with
            {
                Text = "Better words.",
            },
            ["an-id"],
            "Corrected."
        );

        Assert.Equal(
            (PostState.Sent, "42", "Better words.", "Corrected."),
            (after.State, after.RemoteId, after.Payload!.Text, after.Reason)
        );
    }

    [Fact]
    public void MarkRetracted_OfASentPost_IsAnEnd()
    {
        var after = Transitions.MarkRetracted(After(new SendOutcome.Sent("42", null)), "42", "Retracted.");

        Assert.Equal((PostState.Retracted, "42", "Retracted."), (after.State, after.RemoteId, after.Reason));
    }

    /// <summary>Only one of the two copies is edited or deleted.</summary>
    [Fact]
    public void CorrectedAndRetracted_OfAPostThatWasPublishedTwice_KeepTheOtherCopy()
    {
        var sent = After(new SendOutcome.Sent("42", null)) with { NeedsOperator = true, Reason = "Published twice." };

        var corrected = Transitions.ApplyCorrection(sent, "42", sent.Payload!, ["an-id"], "Corrected.");
        var retracted = Transitions.MarkRetracted(sent, "42", "Retracted.");
        var dismissed = Transitions.MarkRetracted(sent with { NeedsOperator = false }, "42", "Retracted.");

        Assert.Equal((true, "Corrected. Earlier: Published twice."), (corrected.NeedsOperator, corrected.Reason));
        Assert.Equal((true, "Retracted. Earlier: Published twice."), (retracted.NeedsOperator, retracted.Reason));
        Assert.Equal((false, "Retracted. Earlier: Published twice."), (dismissed.NeedsOperator, dismissed.Reason));
        Assert.All(new[] { corrected, retracted }, post => Assert.True(Failures.IsFailure(post, Now)));
    }

    [Fact]
    public void MarkCancelled_OfAPlannedPost_IsCancelled() =>
        Assert.Equal(
            (PostState.Cancelled, CancelCause.ScheduleStopped, "why"),
            Transitions
                .MarkCancelled(Planned, CancelCause.ScheduleStopped, "why")
                .Let(post => (post.State, post.CancelCause!.Value, post.Reason))
        );

    [Fact]
    public void EveryTransition_FreesTheClaim()
    {
        SendOutcome[] outcomes =
        [
            new SendOutcome.Sent(null, null),
            new SendOutcome.RetryAfter(Now, ""),
            new SendOutcome.Unavailable(""),
            new SendOutcome.Refused(Refusal.Gone, ""),
            new SendOutcome.Unknown(""),
        ];

        Assert.All(
            outcomes,
            outcome => Assert.Equal((null, null), (After(outcome).ClaimedBy, After(outcome).LeaseUntil))
        );
    }

    [Fact]
    public void Claim_AfterLookups_ChangesNothingElse() =>
        Assert.Equal(
            Planned with
            {
                State = PostState.Sending,
                ClaimedBy = "me",
                LeaseUntil = Now.AddMinutes(2),
                FirstAttemptAt = Now.AddHours(-1),
                Attempts = 3,
                Lookups = 0,
            },
            Transitions.Claim(
                Planned with
                {
                    Attempts = 2,
                    Lookups = 4,
                    FirstAttemptAt = Now.AddHours(-1),
                },
                "me",
                Now,
                Settings
            )
        );

    /// <summary>Each row: the value of the setting in seconds, and the waits after the first three lookups that found
    /// nothing.</summary>
    [Theory]
    [InlineData(0, 10, 20, 40)]
    [InlineData(9, 10, 20, 40)]
    [InlineData(11, 11, 22, 44)]
    [InlineData(600, 600, 1200, 2400)]
    public void After_AnInconclusiveLookup_WaitsTenSecondsAtLeast(int lookupDelay, params int[] waits)
    {
        DeliverySettings settings = new() { LookupDelay = TimeSpan.FromSeconds(lookupDelay) };

        Assert.Equal(
            waits.Select(wait => Now.AddSeconds(wait)),
            waits.Select(
                (_, lookups) =>
                    LookedUp(
                        Unknown() with
                        {
                            Lookups = lookups,
                        },
                        new LookupResult.Inconclusive("why"),
                        settings
                    ).NotBefore
            )
        );
    }

    /// <summary>Each row: the first wait in seconds, the number of attempts, and the wait.</summary>
    [Theory]
    [InlineData(600, 1, 600)]
    [InlineData(600, 2, 900)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 10, 512)]
    [InlineData(1, 11, 900)]
    public void After_Unavailable_DoublesTheFirstWait(int first, int attemptCount, int wait) =>
        Assert.Equal(
            Now.AddSeconds(wait),
            Transitions
                .Apply(
                    Sending with
                    {
                        Attempts = attemptCount,
                    },
                    new SendOutcome.Unavailable("down"),
                    Plain,
                    Now,
                    new DeliverySettings { RetryDelay = TimeSpan.FromSeconds(first) }
                )
                .NotBefore
        );

    [Fact]
    public void After_UnknownOrLostInHiddenAmbiguity_ChangesNothingElse()
    {
        var lost = Sending with
        {
            State = PostState.Unknown,
            ClaimedBy = null,
            LeaseUntil = null,
            NotBefore = Now.AddSeconds(10),
            Reason = "lost",
        };

        Assert.Equal(lost, After(new SendOutcome.Unknown("lost")));
        Assert.Equal(
            lost,
            Transitions.Apply(
                Sending,
                new SendOutcome.Unavailable("lost"),
                Plain with
                {
                    HidesAmbiguity = true,
                },
                Now,
                Settings
            )
        );
    }

    [Fact]
    public void ExpireLease_IsLookedForAtOnce() =>
        Assert.Equal(
            Sending with
            {
                State = PostState.Unknown,
                ClaimedBy = null,
                LeaseUntil = null,
                NotBefore = DateTimeOffset.UnixEpoch,
                Reason = "The worker that was sending it stopped before it could record the answer.",
            },
            Transitions.ExpireLease(Sending with { NotBefore = Now })
        );

    [Fact]
    public void After_ALookup_StatesWhatItFound()
    {
        var looking = Unknown() with
        {
            ClaimedBy = "me",
            LeaseUntil = Now,
            Lookups = 1,
            Reason = "The response was lost.",
        };
        var free = looking with { ClaimedBy = null, LeaseUntil = null };
        var url = new Uri("https://m.example/@serge/42");

        Assert.Equal(
            free with
            {
                State = PostState.Sent,
                RemoteId = "42",
                Url = url,
                Reason = null,
                Lookups = 0,
            },
            LookedUp(looking, new LookupResult.Found("42", url))
        );
        Assert.Equal(
            free with
            {
                State = PostState.Planned,
                NotBefore = Now,
                CopyCheckPending = true,
                Reason = "The response was lost. The lookup did not find it, so it is sent again.",
            },
            LookedUp(looking, new LookupResult.NotFound())
        );
        Assert.Equal(
            free with
            {
                Lookups = 2,
                NotBefore = Now.AddSeconds(20),
                Reason = "It may have been published, and the lookup was inconclusive: no history",
            },
            LookedUp(looking, new LookupResult.Inconclusive("no history"))
        );
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void IsStuck_OnlyPastADay(int milliseconds, bool isStuck)
    {
        var unclear = Unknown() with { Lookups = 1 };
        var now = unclear.Deadline.AddDays(1).AddMilliseconds(milliseconds);

        Assert.Equal(isStuck, Transitions.IsStuck(unclear, now));
        Assert.False(Transitions.IsStuck(unclear with { Lookups = 0 }, now));
        Assert.False(Transitions.IsStuck(unclear with { State = PostState.Planned }, now));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void IsTooLate_ToTheMillisecond(int milliseconds, bool tooLate) =>
        Assert.Equal(tooLate, Transitions.IsTooLate(Planned, Planned.Deadline.AddMilliseconds(milliseconds)));

    [Fact]
    public void MarkMissed_WithoutAnAttempt_StatesThatTheBotDidNotRun() =>
        Assert.Equal(
            Planned with
            {
                State = PostState.Missed,
                Reason = "The bot was not running while it could be posted.",
            },
            Transitions.MarkMissed(Planned with { ClaimedBy = "me", LeaseUntil = Now })
        );

    /// <summary>For example a platform without credentials, or an exception before the first attempt.</summary>
    [Fact]
    public void MarkMissed_WithoutAnAttemptForAReason_KeepsIt() =>
        Assert.Equal("why", Transitions.MarkMissed(Planned with { Reason = "why" }).Reason);

    [Fact]
    public void Rewrite_HasOtherContent_AndDiffersByItsLease()
    {
        Payload payload = new() { Text = "Better words." };
        string[] items = ["another-id"];

        Assert.Equal(
            Planned with
            {
                Payload = payload,
                Items = items,
                LeaseUntil = Now,
            },
            Transitions.Rewrite(Planned, payload, items, Now)
        );
    }

    [Fact]
    public void EveryEnd_FreesTheClaim()
    {
        var claimed = Unknown() with { ClaimedBy = "me", LeaseUntil = Now };
        Post[] ends =
        [
            LookedUp(claimed, new LookupResult.Found("1", null)),
            LookedUp(claimed, new LookupResult.NotFound()),
            LookedUp(claimed, new LookupResult.Inconclusive("")),
            Transitions.ExpireLease(claimed),
            Transitions.MarkMissed(claimed),
            Transitions.Abandon(claimed, ""),
            Transitions.MarkCancelled(claimed, CancelCause.Skipped, ""),
        ];

        Assert.All(ends, end => Assert.Equal((null, null), (end.ClaimedBy, end.LeaseUntil)));
    }

    private static Post LookedUp(Post post, LookupResult result, DeliverySettings? settings = null) =>
        Transitions.Apply(post, new CompletedLookup(result, Now, Now), Plain, settings ?? Settings);

    private static Post After(SendOutcome outcome) => Transitions.Apply(Sending, outcome, Plain, Now, Settings);

    private static Post Unknown() => After(new SendOutcome.Unknown("the response was lost"));
}
