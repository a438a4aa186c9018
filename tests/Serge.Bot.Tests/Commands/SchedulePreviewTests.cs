using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Commands;

/// <summary>The pages of <c>/schedule preview</c> and the buttons that lead to them.</summary>
public sealed partial class SchedulePreviewTests : GuildCommandFixture
{
    /// <summary>Several posts of one moment must not be lost between two pages.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Pages_OfSchedulesThatPostAtTheSameTime_ShowEveryPostOnce(int schedules)
    {
        for (var n = 1; n <= schedules; n++)
        {
            await SendCommandAsync("set", ("time", "9:00"), ("name", $"{n}"));
        }

        List<string> headings = [];
        var message = Message(await _command.HandleAsync(Command("preview", "en-US"), Strings.English, Stop));
        for (var page = 0; page < 6; page++)
        {
            Assert.True(DiscordMessage.Fits(message.Text));
            headings.AddRange(Heading().Matches(message.Text).Select(match => match.Value));
            message = Message(await PressAsync(Assert.Single(message.Buttons).CustomId));
        }

        var expected =
            from day in Enumerable.Range(0, 100)
            from name in Enumerable.Range(1, schedules)
            select $"**{Strings.English.Weekday(new DateOnly(2027, 2, 1).AddDays(day))}, 09:00** · “{name}” · <#1>";
        Assert.True(headings.Count > 20);
        Assert.Equal(expected.Take(headings.Count), headings);
    }

    [Fact]
    public async Task Pages_OfADailySchedule_ShowAHundredDays()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        var message = Message(await _command.HandleAsync(Command("preview", "en-US"), Strings.English, Stop));
        var posts = Heading().Count(message.Text);
        for (var page = 0; page < 50 && message.Buttons is [var later]; page++)
        {
            message = Message(await PressAsync(later.CustomId));
            posts += Heading().Count(message.Text);
        }

        Assert.Equal(100, posts);
        Assert.Empty(message.Buttons);
    }

    [Fact]
    public async Task Pages_EndWithTheLastPost_WithoutAButton()
    {
        // 45 days before the day on which it is due first in each year: one post within the hundred days.
        await SendCommandAsync("set", ("time", "9:00"), ("content", "on-this-day"), ("name", "x"));

        var message = Message(await _command.HandleAsync(Command("preview", "en-US"), Strings.English, Stop));

        Assert.Equal(
            ["**Monday 1 February, 09:00** · “x” · <#1>", "**Sunday 28 February, 09:00** · “x” · <#1>"],
            Heading().Matches(message.Text).Select(match => match.Value)
        );
        Assert.Empty(message.Buttons);
    }

    [Fact]
    public async Task Page_OfOneSchedule_ShowsThatOneAlsoOnTheNextPage()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a:b"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "other"));

        var first = Message(
            await _command.HandleAsync(Command("preview", "en-US", ("name", "A:B")), Strings.English, Stop)
        );
        var second = Message(await PressAsync(Assert.Single(first.Buttons).CustomId));

        Assert.All(
            [first, second],
            page => Assert.All(Heading().Matches(page.Text), match => Assert.EndsWith("“a:b” · <#1>", match.Value))
        );
        Assert.Equal("Later", Assert.Single(first.Buttons).Label);
    }

    [Fact]
    public async Task Page_OfAPausedSchedule_ReportsIt_AndOfNothingToComeToo()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "paused"));
        await SendCommandAsync("pause");
        await SendCommandAsync("set", ("time", "9:00"), ("name", "leap"), ("content", "on-this-day"));
        await _guilds.ChangeAsync(
            new GuildId(100),
            guildSettings => new GuildChange(guildSettings with { LeftAt = null }),
            Stop
        );
        _scheduleClock.AdjustTime(Some.At("2027-03-01 00:00"));

        Assert.Equal(
            "“paused” is paused. `/schedule resume` starts it again; posts due until then are not sent.",
            await SendCommandAsync("preview", ("name", "paused"))
        );
        Assert.Equal(
            "Nothing will be posted in the next 100 days.",
            await SendCommandAsync("preview", ("name", "leap"))
        );
        Assert.Equal("Nothing will be posted in the next 100 days.", await SendCommandAsync("preview"));
        await SendCommandAsync("remove", ("name", "leap"));
        Assert.StartsWith("“paused” is paused.", await SendCommandAsync("preview"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhenEveryScheduleIsPaused_ReportsItOfTheFirst()
    {
        foreach (var name in (string[])["a", "b"])
        {
            await SendCommandAsync("set", ("time", "9:00"), ("name", name));
            await SendCommandAsync("pause", ("name", name));
        }

        Assert.StartsWith("“a” is paused.", await SendCommandAsync("preview"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAScheduleThatTheBotPaused_NamesTheCommandThatStartsItAgain()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await PauseByBotAsync(PauseCause.ChannelDeleted);

        Assert.Equal(
            "“a”: paused since 1 February, because the channel was deleted. `/schedule set` with this name and another channel starts it again.",
            await SendCommandAsync("preview")
        );
    }

    /// <summary>A post may fill a message; together with the heading it is shortened with an ellipsis, only in this
    /// preview.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Page_WithTheLongestOfPosts_FitsIntoAMessage(int excess)
    {
        const string Heading = "**Tuesday 2 February, 09:00** · “a” · <#2>\n";
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("channel", "2"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 12:00"));
        var text = string.Concat(Enumerable.Repeat("𝔖", 2000 + excess - Heading.Length));
        await _ledger.PlanAsync(
            "",
            null,
            [
                Some.Post("a", to: "discord:2", occurrence: Some.At("2027-02-02 09:00"), text: text) with
                {
                    Schedule = new ScheduleId("guild:100", "a"),
                },
            ],
            Stop
        );

        var content = await SendCommandAsync("preview");

        Assert.Equal(
            excess == 0 ? Heading + text : $"{Heading}{string.Concat(Enumerable.Repeat("𝔖", 1999 - Heading.Length))}…",
            content
        );
    }

    [Theory]
    [InlineData("0", 0, int.MaxValue)] // from an earlier version: all posts of that moment
    [InlineData("1801558800", 1801558800, int.MaxValue)]
    [InlineData("1801558800+0", 1801558800, 0)]
    [InlineData("1801558800+12", 1801558800, 12)]
    [InlineData("253402300799+1", 253402300799, 1)]
    public void TryParse_WhatAButtonCarries_IsReadBack(string position, long seconds, int count)
    {
        foreach (var name in new[] { "", "a", "a:b", "a+b" })
        {
            Assert.True(
                SchedulePreview.TryParseButton($"schedule:later:{position}:{name}", out var after, out var read)
            );
            Assert.Equal(new PreviewPosition(DateTimeOffset.FromUnixTimeSeconds(seconds), count), after);
            Assert.Equal(name.Length == 0 ? null : name, read);
        }
    }

    [Theory]
    [InlineData("schedule:later:253402300800:a")]
    [InlineData("schedule:later: 1:a")]
    [InlineData("schedule:later:+1:a")]
    [InlineData("schedule:later:1+:a")]
    [InlineData("schedule:later:1+-1:a")]
    [InlineData("schedule:later:1+1+1:a")]
    [InlineData("schedule:later:1+9999999999:a")]
    [InlineData("schedule:later:1.5:a")]
    [InlineData("schedule:later:1")]
    [InlineData("schedule:earlier:1:a")]
    [InlineData("quote:later:1:a")]
    public void TryParse_WhatNoButtonCarries_IsRefused(string customId) =>
        Assert.False(SchedulePreview.TryParseButton(customId, out _, out _));

    [Fact]
    public void Position_IsWrittenAsItIsRead()
    {
        var position = new PreviewPosition(Some.At("2027-02-01 09:00"), 2);

        Assert.Equal("1801472400+2", position.ToString());
        Assert.True(PreviewPosition.TryParse($"{position}", out var read));
        Assert.Equal(position, read);
    }

    [GeneratedRegex(@"^\*\*[^\n]* · <#\d+>$", RegexOptions.Multiline, 60_000)]
    private static partial Regex Heading();
}
