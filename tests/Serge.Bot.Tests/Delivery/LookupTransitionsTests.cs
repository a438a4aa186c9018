namespace Serge.Bot.Tests.Delivery;

/// <summary>Lookups on a platform that would publish a post twice: docs/delivery.md, "Why a lookup precedes a
/// retry".</summary>
public sealed class LookupTransitionsTests
{
    private static readonly DateTimeOffset Now = Some.At("2027-02-01 12:00");
    private static readonly DeliverySettings Settings = new();
    private static readonly Capabilities NoKeys = new(false, TimeSpan.Zero, SupportsLookup: true);
    private static readonly LookupResult.NotFound NotFound = new();

    private static readonly Post Unknown = Some.Post(state: PostState.Unknown) with
    {
        FirstAttemptAt = Now.AddSeconds(-20),
        NotBefore = Now,
        Reason = "Timeout.",
    };

    private static readonly Post SentAgain = Some.Post(state: PostState.Sent) with
    {
        RemoteId = "2",
        Url = new Uri("https://m.example/2"),
        CopyCheckPending = true,
        NotBefore = Now,
    };

    [Fact]
    public void Apply_PromptMisses_SendsAgainAfterTheThirdWithGrowingDelays()
    {
        var first = ApplyLookup(Unknown, NotFound);
        var second = ApplyLookup(first, NotFound);
        var third = ApplyLookup(second, NotFound);

        Assert.Equal((PostState.Unknown, Now.AddSeconds(10)), (first.State, first.NotBefore));
        Assert.Equal((PostState.Unknown, Now.AddSeconds(30)), (second.State, second.NotBefore));
        Assert.Equal((PostState.Planned, true), (third.State, third.CopyCheckPending));
        Assert.Equal("Timeout. 3 lookups did not find it, so it is sent again.", third.Reason);
    }

    [Theory]
    [InlineData("HTTP 503: Service Unavailable", "HTTP 503: Service Unavailable. 3 lookups did not find it")]
    [InlineData("Timeout.", "Timeout. 3 lookups did not find it")]
    [InlineData(null, "3 lookups did not find it")]
    public void Apply_Misses_AddASentenceToTheReason(string? reason, string start)
    {
        var post = Unknown with { Reason = reason };
        for (var i = 0; i < 3; i++)
        {
            post = ApplyLookup(post, NotFound);
        }

        Assert.Equal($"{start}, so it is sent again.", post.Reason);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(5.001, 0)]
    [InlineData(-1, 0)] // the clock was set back in between
    public void Apply_AMissThatTookLong_DoesNotCount(double seconds, int misses)
    {
        var after = ApplyLookup(Unknown, NotFound, seconds);

        Assert.Equal((PostState.Unknown, misses), (after.State, after.Misses));
    }

    [Fact]
    public void Apply_ASlowMissAfterPromptOnes_StartsAgainAndWaitsLonger()
    {
        var slow = ApplyLookup(Unknown with { Misses = 2, Lookups = 2 }, NotFound, seconds: 25);
        var prompt = ApplyLookup(slow, NotFound);

        Assert.Equal((0, 3), (slow.Misses, slow.Lookups));
        Assert.Contains("after 25 s", slow.Reason, StringComparison.Ordinal);
        Assert.Equal((1, TimeSpan.FromSeconds(80)), (prompt.Misses, prompt.NotBefore - slow.NotBefore));
    }

    [Fact]
    public void Apply_AFailedLookupAfterPromptMisses_StartsAgain() =>
        Assert.Equal(0, ApplyLookup(Unknown with { Misses = 2 }, new LookupResult.Inconclusive("HTTP 503")).Misses);

    [Fact]
    public void Apply_AMissBeforeItsTime_ChangesNothing()
    {
        var waiting = Unknown with { Misses = 2, NotBefore = Now.AddSeconds(1) };
        CompletedLookup lookup = new(NotFound, Now, Now);

        Assert.Equal(waiting, Transitions.Apply(waiting, lookup, NoKeys, Settings));
    }

    [Theory]
    [InlineData(59, PostState.Planned)]
    [InlineData(60, PostState.Unknown)]
    public void Apply_AMissWhileThePlatformKnowsTheKey_SendsAgainInTheFirstHalfOfItsWindow(int age, PostState state)
    {
        Capabilities discord = new(SupportsIdempotency: true, TimeSpan.FromMinutes(2), SupportsLookup: true);
        var post = Unknown with { FirstAttemptAt = Now.AddSeconds(-age) };
        CompletedLookup lookup = new(NotFound, Now, Now);

        Assert.Equal(state, Transitions.Apply(post, lookup, discord, Settings).State);
    }

    /// <summary>Its key may have expired when it is sent again, so one lookup does not decide.</summary>
    [Fact]
    public void Apply_AMissOfAPostThatAnOperatorRetried_CountsAsTheFirst()
    {
        Capabilities discord = new(SupportsIdempotency: true, TimeSpan.FromMinutes(2), SupportsLookup: true);
        var retry = Unknown with { RetryOf = "another-key" };
        CompletedLookup lookup = new(NotFound, Now, Now);

        var after = Transitions.Apply(retry, lookup, discord, Settings);

        Assert.Equal((PostState.Unknown, 1), (after.State, after.Misses));
    }

    [Fact]
    public void Apply_SentAfterALostResponse_IsCheckedFiveMinutesLater()
    {
        var claimed = Transitions.Claim(Unknown with { CopyCheckPending = true }, "me", Now, Settings);
        var after = Transitions.Apply(claimed, new SendOutcome.Sent("2", null), NoKeys, Now, Settings);

        Assert.Equal((true, Now.AddMinutes(5)), (after.CopyCheckPending, after.NotBefore));
    }

    [Fact]
    public void Apply_ALookupThatFindsTwo_IsSentAndNeedsTheOperator()
    {
        var after = ApplyLookup(Unknown, Found("2", copy: "https://m.example/1"));

        Assert.Equal((PostState.Sent, true), (after.State, after.NeedsOperator));
        Assert.Equal(
            "Published twice. Delete https://m.example/1; the bot only knows https://m.example/2.",
            after.Reason
        );
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)] // followers-only posts on snac, a missing permission
    public void Apply_Inconclusive_NeedsTheOperatorAtOnceIfNoLookupCanTell(bool needsOperator, bool isFailure)
    {
        var after = ApplyLookup(Unknown, new LookupResult.Inconclusive("why", needsOperator));

        Assert.Equal(isFailure, Failures.IsFailure(after, Now));
        Assert.False(Transitions.IsStuck(after, Now)); // it is still looked up
        Assert.False(ApplyLookup(after, NotFound).NeedsOperator);
        Assert.False(ApplyLookup(after, Found("1")).NeedsOperator);
        Assert.Equal(isFailure, ApplyLookup(after, new LookupResult.Inconclusive("HTTP 503")).NeedsOperator);
    }

    [Fact]
    public void DelayWhileDisabled_AnUnknownPostWithoutCredentials_NeedsTheOperator()
    {
        Assert.True(Transitions.DelayWhileDisabled(Unknown, Now).NeedsOperator);
        Assert.False(Transitions.DelayWhileDisabled(Some.Post(), Now).NeedsOperator);
    }

    [Fact]
    public void ApplyCopyCheck_OneMessage_IsDone()
    {
        var after = Check(Found("2"));

        Assert.Equal(
            (false, false, "2", null),
            (after.CopyCheckPending, after.NeedsOperator, after.RemoteId, after.Reason)
        );
    }

    /// <summary>The message that the response named was deleted.</summary>
    [Fact]
    public void ApplyCopyCheck_OnlyTheOther_RecordsIt()
    {
        var after = Check(Found("1"));

        Assert.Equal(("1", new Uri("https://m.example/1"), false), (after.RemoteId, after.Url, after.NeedsOperator));
    }

    [Fact]
    public void ApplyCopyCheck_Two_NamesBothLinksAndWhichToDelete()
    {
        var after = Check(Found("2", copy: "https://m.example/1"));

        Assert.True(Failures.IsFailure(after, Now));
        Assert.Equal(
            "Published twice. Delete https://m.example/1; the bot only knows https://m.example/2.",
            after.Reason
        );
        Assert.Equal(("2", new Uri("https://m.example/2")), (after.RemoteId, after.Url));
    }

    [Fact]
    public void ApplyCopyCheck_NotCertain_IsRepeatedForADayAndThenReported()
    {
        var again = Check(NotFound, seconds: 20);
        var late = Check(new LookupResult.Inconclusive("HTTP 503"), day: 2);

        Assert.Equal((true, Now.AddSeconds(30)), (again.CopyCheckPending, again.NotBefore));
        Assert.Equal((false, true), (late.CopyCheckPending, late.NeedsOperator));
        Assert.Contains("may be published twice: HTTP 503", late.Reason, StringComparison.Ordinal);
        Assert.True(Check(new LookupResult.Inconclusive("no history", NeedsOperator: true)).NeedsOperator);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void ApplyCopyCheck_NotCertain_IsRepeatedToTheEndOfTheLookupPeriod(int milliseconds, bool isRepeated)
    {
        var end = SentAgain.Deadline + Transitions.LookupPeriod;
        CompletedLookup lookup = new(new LookupResult.Inconclusive("HTTP 503"), end, end);

        var after = Transitions.ApplyCopyCheck(SentAgain, lookup, end.AddMilliseconds(milliseconds), Settings);

        Assert.Equal((isRepeated, !isRepeated), (after.CopyCheckPending, after.NeedsOperator));
    }

    private static LookupResult.Found Found(string id, string? copy = null) =>
        new(id, new Uri($"https://m.example/{id}")) { Copy = copy };

    private static Post ApplyLookup(Post post, LookupResult result, double seconds = 0)
    {
        var start = post.NotBefore;
        CompletedLookup lookup = new(result, start, start.AddSeconds(seconds));
        return Transitions.Apply(post, lookup, NoKeys, Settings);
    }

    private static Post Check(LookupResult result, double seconds = 0, int day = 0)
    {
        CompletedLookup lookup = new(result, Now, Now.AddSeconds(seconds));
        return Transitions.ApplyCopyCheck(SentAgain, lookup, Now.AddDays(day), Settings);
    }
}
