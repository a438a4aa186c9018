using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Commands;

/// <summary><c>/today</c> as a member meets it.</summary>
public sealed class TodayCommandTests : AtAServer
{
    [Fact]
    public async Task Today_BeforeAndAfterThePost_IsThePost()
    {
        await SayAsync("set", ("time", "9:00"), ("channel", "2"));
        var before = await TodayAsync();
        _calendar.AdjustTime(Some.At("2027-02-01 09:00"));
        await _scheduler.PlanDueAsync(Stop);
        _calendar.AdjustTime(Some.At("2027-02-01 23:59"));

        Assert.Equal(before, await TodayAsync());
        Assert.Equal(before, await TodayAsync(channel: 1));
        Assert.Contains(
            $"**Monday 1 February**\n{(await _ledger.RecentAsync(1, Stop)).Single().Payload!.Text}\n\nOn this day, 1 February 1933",
            before,
            StringComparison.Ordinal
        );
        _calendar.AdjustTime(Some.At("2027-02-02 00:00"));
        Assert.NotEqual(before, await TodayAsync());
    }

    [Fact]
    public async Task Today_WithoutASchedule_IsTheSameForAllInAServerAllDay()
    {
        await SayAsync("zone", ("zone", "Brussels"));
        var morning = await TodayAsync(channel: 1);
        _calendar.AdjustTime(Some.At("2027-02-01 22:59")); // a minute before midnight there

        Assert.Equal(morning, await TodayAsync(channel: 2));
        _calendar.AdjustTime(Some.At("2027-02-01 23:00"));
        Assert.StartsWith("**Tuesday 2 February**", await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_WhenTheDaysPostIsSkippedOrAnEventIsPosted_IsTheDaysChoice()
    {
        var chosen = await TodayAsync();
        await SayAsync("set", ("time", "9:00"), ("content", "on-this-day-or-quote"), ("name", "events"));
        Assert.Equal(chosen, await TodayAsync());
        await SayAsync("set", ("time", "9:00"), ("name", "skipped"));
        await SayAsync("skip", ("name", "skipped"));

        Assert.Equal(chosen, await TodayAsync());
    }

    [Fact]
    public async Task Today_InDirectMessages_GoesByTheChannel()
    {
        HashSet<string> seen = [];
        for (var channel = 1ul; channel < 30; channel++)
        {
            var said = await TodayAsync(guild: null, channel);
            Assert.Equal(said, await TodayAsync(guild: null, channel));
            seen.Add(said);
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Today_WhenAllIsWithdrawn_SaysSo()
    {
        var whole = _catalogue.Live.Whole;
        _catalogue.Live.Withdraw(
            whole
                .Quotes.Select(quote => quote.Id)
                .Concat(whole.Events.Select(e => e.Id))
                .ToHashSet(StringComparer.Ordinal)
        );

        Assert.Equal(
            "**Monday 1 February**\nThere are no quotations here just now: all of them have been withdrawn.",
            await TodayAsync()
        );
    }
}
