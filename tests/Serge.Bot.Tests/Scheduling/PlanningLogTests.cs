namespace Serge.Bot.Tests.Scheduling;

/// <summary>The log messages about planned posts.</summary>
public sealed class PlanningLogTests
{
    private readonly LogLines<PlanningLog> _lines = new();

    [Fact]
    public void Tell_AScheduleOfEveryMinute_WarnsOfTheDailyLimitOnceADayAndDestination()
    {
        var log = new PlanningLog(_lines);
        for (var minute = 0; minute < 2 * 24 * 60; minute++)
        {
            log.Log([Flood("mastodon", minute), Flood("discord:1", minute)]);
        }

        var warnings = _lines.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, warnings.Length);
        Assert.Contains(
            "Not posting morning, due 2027-02-01 00:00 UTC, nor anything else to mastodon on that day. Daily limit reached: mastodon already has 5 posts on 2027-02-01.",
            warnings[0],
            StringComparison.Ordinal
        );
        Assert.Contains("already has 5 posts on 2027-02-02", warnings[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_WhatIsPlannedAndWhatIsNot_StatesEachPost()
    {
        new PlanningLog(_lines).Log([
            Some.Post(),
            Some.Post(state: PostState.Missed) with
            {
                Reason = "the bot was off",
            },
        ]);

        Assert.Collection(
            _lines.Lines,
            line => Assert.Equal("Information: Planned morning, due 2027-02-01 12:00 UTC, to mastodon", line),
            line => Assert.EndsWith("to mastodon (Missed): the bot was off", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Tell_OfMoreThanTenThousandDestinations_ForgetsAllAndSaysItAgain()
    {
        var log = new PlanningLog(_lines);
        log.Log(Enumerable.Range(1, 10_000).Select(n => Flood($"discord:{n}", 0)));
        Assert.Equal(10_000, _lines.Lines.Count);
        log.Log([Flood("discord:1", 1), Flood("discord:10000", 1)]);
        Assert.Equal(10_000, _lines.Lines.Count);

        log.Log([Flood("discord:10001", 2), Flood("discord:1", 2), Flood("discord:1", 3)]);

        Assert.Equal(10_002, _lines.Lines.Count);
    }

    [Fact]
    public void Tell_WhatIsCancelledForAnotherReason_IsReportedEachTime()
    {
        var post = Some.Post(state: PostState.Cancelled) with { Reason = "No event is dated 2 February." };

        new PlanningLog(_lines).Log([post, post]);

        Assert.Equal(
            Enumerable.Repeat(
                "Information: Not posting morning, due 2027-02-01 12:00 UTC, to mastodon (Cancelled): No event is dated 2 February.",
                2
            ),
            _lines.Lines
        );
    }

    private static Post Flood(string to, int minute)
    {
        var at = Some.At("2027-02-01 00:00").AddMinutes(minute);
        var post = Some.Post(to: to, state: PostState.Cancelled, occurrence: at);
        return post with
        {
            CancelCause = CancelCause.DailyLimit,
            Reason = $"Daily limit reached: {to} already has 5 posts on {at:yyyy-MM-dd}.",
        };
    }
}
