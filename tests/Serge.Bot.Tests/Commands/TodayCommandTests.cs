using System.Globalization;

namespace Serge.Bot.Tests.Commands;

/// <summary><c>/today</c> as a member uses it.</summary>
public sealed class TodayCommandTests : GuildCommandFixture
{
    [Fact]
    public async Task Today_BeforeAndAfterThePost_IsThePost()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("channel", "2"));
        var before = await TodayAsync();
        _scheduleClock.AdjustTime(Some.At("2027-02-01 09:00"));
        await _scheduler.PlanDueAsync(Stop);
        _scheduleClock.AdjustTime(Some.At("2027-02-01 23:59"));

        Assert.Equal(before, await TodayAsync());
        Assert.Equal(before, await TodayAsync(channel: 1));
        Assert.Contains(
            $"**Monday 1 February**\n{(await _ledger.GetRecentAsync(1, Stop)).Single().Payload!.Text}\n\nOn this day, 1 February 1933",
            before,
            StringComparison.Ordinal
        );
        _scheduleClock.AdjustTime(Some.At("2027-02-02 00:00"));
        Assert.NotEqual(before, await TodayAsync());
    }

    /// <summary>Posts are in English. A member whose Discord is in French gets the same quotation with its credit in
    /// French.</summary>
    [Fact]
    public async Task Today_InFrench_IsThePostInFrench()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("channel", "2"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 09:00"));
        await _scheduler.PlanDueAsync(Stop);
        var post = (await _ledger.GetRecentAsync(1, Stop)).Single();
        var quote = _catalogue.Live.Current.FindQuote(post.Items[0])!;

        var content = Text(await _today.HandleAsync(Command("", "fr"), Strings.French, Stop));

        var expected = QuoteFormatter.Format(quote, Markup.Discord, Strings.French);
        Assert.Contains(" cité par ", expected, StringComparison.Ordinal);
        Assert.StartsWith($"**lundi 1er février**\n{expected}\n\n", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_WithoutASchedule_IsTheSameForAllInAServerAllDay()
    {
        await SendCommandAsync("zone", ("zone", "Brussels"));
        var morning = await TodayAsync(channel: 1);
        _scheduleClock.AdjustTime(Some.At("2027-02-01 22:59")); // a minute before midnight there

        Assert.Equal(morning, await TodayAsync(channel: 2));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 23:00"));
        Assert.StartsWith("**Tuesday 2 February**", await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_WhenTheDaysPostIsSkippedOrAnEventIsPosted_IsTheDaysChoice()
    {
        var chosen = await TodayAsync();
        await SendCommandAsync("set", ("time", "9:00"), ("content", "on-this-day-or-quote"), ("name", "events"));
        Assert.Equal(chosen, await TodayAsync());
        await SendCommandAsync("set", ("time", "9:00"), ("name", "skipped"));
        await SendCommandAsync("skip", ("name", "skipped"));

        Assert.Equal(chosen, await TodayAsync());
    }

    [Fact]
    public async Task Today_InDirectMessages_GoesByTheChannel()
    {
        HashSet<string> seen = [];
        for (var channel = 1ul; channel < 30; channel++)
        {
            var content = await TodayAsync(guild: null, channel);
            Assert.Equal(content, await TodayAsync(guild: null, channel));
            seen.Add(content);
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Today_WhenAllIsWithdrawn_ReportsIt()
    {
        var whole = _catalogue.Live.Unfiltered;
        _catalogue.Live.Withdraw(
            whole
                .Quotes.Select(quote => quote.Id)
                .Concat(whole.Events.Select(e => e.Id))
                .ToHashSet(StringComparer.Ordinal)
        );

        Assert.Equal(
            "**Monday 1 February**\nThere are no quotations at the moment: all of them are withdrawn.",
            await TodayAsync()
        );
    }

    /// <summary>The day is the server's local day: while UTC has another date, the reply still shows the quotation that
    /// was posted there.</summary>
    [Theory]
    [InlineData("Kiritimati", "Pacific/Kiritimati", "09:00")] // UTC+14
    [InlineData("Tokyo", "Asia/Tokyo", "00:10")]
    [InlineData("Tokyo", "Asia/Tokyo", "23:50")]
    [InlineData("Kolkata", "Asia/Kolkata", "05:00")]
    [InlineData("Brussels", "Europe/Brussels", "00:30")]
    [InlineData("New York", "America/New_York", "21:00")]
    [InlineData("Los Angeles", "America/Los_Angeles", "00:10")]
    [InlineData("Los Angeles", "America/Los_Angeles", "23:50")]
    [InlineData("Pago Pago", "Pacific/Pago_Pago", "12:00")] // UTC-11
    public async Task Today_EastAndWestOfUtc_IsThePostOfTheServersDay(string city, string id, string time)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        await SendCommandAsync("zone", ("zone", city));
        await SendCommandAsync("set", ("time", time), ("channel", "2"));
        HashSet<string> posted = [];
        for (var day = new DateOnly(2027, 2, 3); day <= new DateOnly(2027, 2, 4); day = day.AddDays(1))
        {
            List<string> content = [];
            foreach (var clock in new[] { "00:00", "00:09", "05:01", "12:01", "21:01", "23:59" }.Append(time).Order())
            {
                var local = day.ToDateTime(TimeOnly.Parse(clock, CultureInfo.InvariantCulture));
                _scheduleClock.AdjustTime(new DateTimeOffset(local, zone.GetUtcOffset(local)));
                await _scheduler.PlanDueAsync(Stop);
                content.Add(await TodayAsync());
            }

            var post = (await _ledger.GetRecentAsync(1, Stop)).Single().Payload!.Text;
            Assert.True(posted.Add(post), "The posts of two days in a row are the same.");
            Assert.All(
                content,
                one => Assert.Equal($"**{Strings.English.Weekday(day)}**\n{post}", one.Split("\n\n")[0])
            );
        }
    }

    [Fact]
    public async Task Today_OfSeveralSchedules_IsTheFirstQuotationOfTheDay()
    {
        await SendCommandAsync("set", ("time", "20:00"), ("name", "a"), ("channel", "2"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "c"), ("channel", "1"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "b"), ("channel", "2"));
        await SendCommandAsync("set", ("time", "8:30"), ("name", "d"), ("channel", "1"), ("content", "on-this-day"));
        await SendCommandAsync("set", ("time", "8:30"), ("name", "e"), ("channel", "1"), ("days", "Tue"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 21:00"));
        await PostAsync("b", "2", "2027-02-01 09:00", "The first.");
        await PostAsync("c", "1", "2027-02-01 09:00", "The second.");
        await PostAsync("a", "2", "2027-02-01 20:00", "The last.");
        await PostAsync("d", "1", "2027-02-01 08:30", "No quotation.");
        await PostAsync("e", "1", "2027-02-01 08:30", "Of another day.");

        Assert.StartsWith("**Monday 1 February**\nThe first.\n\n", await TodayAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PostState.Planned, true)]
    [InlineData(PostState.Sending, true)]
    [InlineData(PostState.Sent, true)]
    [InlineData(PostState.Unknown, true)]
    [InlineData(PostState.Refused, false)]
    [InlineData(PostState.Missed, false)]
    [InlineData(PostState.Cancelled, false)]
    [InlineData(PostState.Retracted, false)]
    internal async Task Today_IsAPostOnlyWhileItIsOutOrComing(PostState state, bool isShown)
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("channel", "2"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 10:00"));
        await PostAsync("a", "2", "2027-02-01 09:00", "The post.", state);

        Assert.Equal(isShown, (await TodayAsync()).Contains("The post.", StringComparison.Ordinal));
    }

    /// <summary>The deletion of the post may take time or fail; a new message with the words would stay.</summary>
    [Fact]
    public async Task Today_WhenThePostsQuotationIsWithdrawn_IsTheDaysChoice()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("channel", "2"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 10:00"));
        await PostAsync("a", "2", "2027-02-01 09:00", "The post.", items: ["within-us"]);
        _catalogue.Live.Withdraw(new HashSet<string>(StringComparer.Ordinal) { "within-us" });

        var content = await TodayAsync();

        Assert.DoesNotContain("The post.", content, StringComparison.Ordinal);
        Assert.StartsWith("**Monday 1 February**\n“", content, StringComparison.Ordinal);
        Assert.DoesNotContain("within us", content, StringComparison.Ordinal);
    }

    /// <summary>The schedule posted the event. Without it the day has no events, but its post is still no
    /// quotation.</summary>
    [Fact]
    public async Task Today_WhenThePostedEventIsWithdrawn_IsTheDaysChoice()
    {
        await SendCommandAsync(
            "set",
            ("time", "9:00"),
            ("name", "a"),
            ("channel", "2"),
            ("content", "on-this-day-or-quote")
        );
        _scheduleClock.AdjustTime(Some.At("2027-02-01 10:00"));
        string[] events = [.. _catalogue.Live.Current.GetDayContent(new DateOnly(2027, 2, 1)).Events.Select(e => e.Id)];
        await PostAsync("a", "2", "2027-02-01 09:00", "The event.", items: events);
        _catalogue.Live.Withdraw(events.ToHashSet(StringComparer.Ordinal));

        Assert.DoesNotContain("The event.", await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_WhoseTimeWasOverWhenItWasSetUp_IsTheDaysChoice()
    {
        var chosen = await TodayAsync();
        await SendCommandAsync("set", ("time", "7:59"));

        Assert.Equal(chosen, await TodayAsync());
    }

    [Fact]
    public async Task Today_WhileTheScheduleIsPaused_IsTheDaysChoice()
    {
        var chosen = await TodayAsync();
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("channel", "2"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 10:00"));
        await PostAsync("a", "2", "2027-02-01 09:00", "The post.");
        Assert.NotEqual(chosen, await TodayAsync());

        await SendCommandAsync("pause");

        Assert.Equal(chosen, await TodayAsync());
    }

    [Theory]
    [InlineData("2027-02-01", false)] // the events of the day are posted
    [InlineData("2027-02-02", true)] // no event: a quotation is posted
    public async Task Today_OfAScheduleOfEvents_IsItsQuotationOnDaysWithoutEvents(string day, bool isPost)
    {
        await SendCommandAsync(
            "set",
            ("time", "9:00"),
            ("name", "a"),
            ("channel", "2"),
            ("content", "on-this-day-or-quote")
        );
        _scheduleClock.AdjustTime(Some.At($"{day} 10:00"));
        await PostAsync("a", "2", $"{day} 09:00", "The post.");

        Assert.Equal(isPost, (await TodayAsync()).Contains("The post.", StringComparison.Ordinal));
    }

    /// <summary>If space is short, the heading is omitted before the words, and the events are omitted first.</summary>
    [Theory]
    [InlineData(1978, true)]
    [InlineData(1979, false)]
    [InlineData(2000, false)]
    public async Task Today_WithTheLongestOfPosts_KeepsTheWordsWhole(int length, bool hasHeading)
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("channel", "2"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 10:00"));
        var post = new string('w', length);
        await PostAsync("a", "2", "2027-02-01 09:00", post);

        Assert.Equal(hasHeading ? $"**Monday 1 February**\n{post}" : post, await TodayAsync());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Today_ShowsTheEventsUpToDiscordsLimit(int excess, bool hasEvents)
    {
        const string Heading = "**Monday 1 February**\n";
        const string Events =
            "\n\nOn this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.\n-# Source: Guy Patrick Cunningham";
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("channel", "2"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 10:00"));
        var post = new string('w', 2000 + excess - Heading.Length - Events.Length);
        await PostAsync("a", "2", "2027-02-01 09:00", post);

        Assert.Equal(Heading + post + (hasEvents ? Events : ""), await TodayAsync());
    }

    [Fact]
    public async Task Today_InDirectMessages_IsTheDayOfTheBotsZone()
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati"),
        };
        _scheduleClock.AdjustTime(Some.At("2027-02-01 10:00"));

        Assert.StartsWith(
            "**Tuesday 2 February**\n",
            Text(
                await Today(new OneZone(settings))
                    .HandleAsync(Command("", "en-US") with { Guild = null }, Strings.English, Stop)
            ),
            StringComparison.Ordinal
        );
    }

    private async Task PostAsync(
        string name,
        string channel,
        string occurrence,
        string text,
        PostState state = PostState.Sent,
        IReadOnlyList<string>? items = null
    ) =>
        await _ledger.PlanAsync(
            "",
            null,
            [
                Some.Post($"{name}-{channel}", state, $"discord:{channel}", Some.At(occurrence), text) with
                {
                    Schedule = new ScheduleId("guild:100", name),
                    Items = items ?? ["an-id"],
                },
            ],
            Stop
        );
}
