namespace Serge.Bot.Tests.Commands;

/// <summary><c>/on-this-day</c> and <c>/timeline</c>.</summary>
public sealed class EventCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _runner;

    public EventCommandTests() => _runner = new CommandRunner(_catalogue.Live);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task OnThisDay_WithoutADate_IsTodayInTheZoneOfTheServer()
    {
        // In Tokyo it is already 2 February.
        Assert.Contains(
            "On this day, 1 February 1933",
            (await _runner.AskAsync("on-this-day")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "No event is dated to 2 February",
            (await new CommandRunner(_catalogue.Live, zone: "Asia/Tokyo").AskAsync("on-this-day")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("30 December", "30 December 1890")]
    [InlineData("Dec 30", "30 December 1890")]
    [InlineData("12-30", "30 December 1890")]
    [InlineData(" 30 décembre ", "30 December 1890")]
    [InlineData("2027-12-30", "30 December 1890")]
    [InlineData("29 February", "29 February 1912")] // although 2027 has no 29 February
    [InlineData("28 February", "29 February 1912")] // observed on the 28th in other years
    [InlineData("tomorrow", "2 February")]
    [InlineData("Demain", "2 February")]
    [InlineData("yesterday", "31 January")]
    public async Task OnThisDay_ByDate_IsThatDay(string date, string content)
    {
        var shown = await _runner.AskAsync("on-this-day", ("date", date));

        Assert.Contains(content, shown.Text, StringComparison.Ordinal);
        Assert.False(shown.Private);
    }

    [Fact]
    public async Task OnThisDay_OnAnEmptyDay_ListsWhatIsNearWithDates()
    {
        var (text, _, _, _) = await _runner.AskAsync("on-this-day", ("date", "15 June"));

        Assert.Contains("No event is dated to 15 June.", text, StringComparison.Ordinal);
        Assert.Contains("29 February 1912", text, StringComparison.Ordinal);
        Assert.Contains("30 December 1890", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("soon", "“soon” is not a day of the year. Write it like 1 February")]
    [InlineData("1/2", "“1/2” can mean 1 February or 2 January. Write one of these.")]
    [InlineData("02/01/1933", "can mean 2 January or 1 February.")]
    [InlineData("3.4.", "is not a day of the year")]
    [InlineData("3.4", "can mean 3 April or 4 March.")]
    [InlineData("13/2", "“13/2” is not a day of the year")]
    [InlineData("02-30", "02\\-30” does not exist: February has 29 days.")]
    [InlineData("February 1933", "is not a day of the year")]
    [InlineData("31 February", "“31 February” does not exist: February has 29 days.")]
    [InlineData("29 February 1933", "does not exist: February has 28 days.")]
    [InlineData("13-01", "(month first)")]
    public async Task OnThisDay_WithAWrongDate_StatesWhatIsWrongAndHowToWriteOne(string date, string content)
    {
        var shown = await _runner.AskAsync("on-this-day", ("date", date));

        Assert.Contains(content, shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task OnThisDay_InFrench_StatesOnceThatTheSentencesAreEnglish()
    {
        var shown = await _runner.AskAsync(Strings.French, "on-this-day", ("date", "1er février"));

        Assert.StartsWith("Ce jour-là, le 1er février 1933\u00A0: In Moscow", shown.Text, StringComparison.Ordinal);
        Assert.Contains(
            "-# Source\u00A0: Cunningham, “The End Commands the Means”\n-# Les notices des événements sont en anglais.",
            shown.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "n’existe pas\u00A0: février a 29 jours",
            (await _runner.AskAsync(Strings.French, "on-this-day", ("date", "31 février"))).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "1 February", "29 February", "30 December")]
    [InlineData("dec", "30 December")]
    [InlineData("30 dec", "30 December", "1 February", "29 February")] // the entered day, then the following ones
    public async Task OnThisDay_WhileTyping_SuggestsDaysThatHaveEvents(string typed, params string[] days) =>
        Assert.Equal(days, (await _runner.CompleteAsync("on-this-day", "date", typed)).Select(choice => choice.Value));

    [Fact]
    public async Task OnThisDay_WhileTypingInFrench_SuggestsFrenchDaysThatItCanRead()
    {
        var choices = await _runner.CompleteAsync("on-this-day", "date", "fev", Strings.French);

        Assert.Equal(["1er février", "29 février"], choices.Select(choice => choice.Name));
        Assert.Contains(
            "1933",
            (await _runner.AskAsync(Strings.French, "on-this-day", ("date", choices[0].Value))).Text,
            StringComparison.Ordinal
        );
    }

    /// <summary>From the entered day, or from today, through the year; each day once, and at most as many as Discord
    /// accepts.</summary>
    [Theory]
    [InlineData("", "1 February", 25)] // today
    [InlineData("10 June", "10 June", 25)]
    [InlineData("11 june", "12 June", 25)]
    [InlineData(" december ", "2 December", 6)]
    [InlineData("Of", null, 0)]
    public async Task OnThisDay_WhileTypingAmongMany_SuggestsAtMostTwentyFiveInOrder(
        string typed,
        string? first,
        int count
    )
    {
        var dates = Enumerable
            .Range(1, 12)
            .SelectMany(month => Enumerable.Range(1, 6).Select(n => (month, day: (2 * n) - (month % 2))))
            .Select(date => $"19{date.day + 10}-{date.month:D2}-{date.day:D2}");
        SetEvents([.. dates, "1901-02-01", "1901-02-02", "1902-02", "1903"]);

        var days = (await _runner.CompleteAsync("on-this-day", "date", typed)).Select(choice => choice.Value).ToArray();

        Assert.Equal(count, days.Length);
        Assert.Equal(days.Distinct(), days);
        var ordered = _catalogue
            .Live.Current.Events.Where(e => e.Date.IsDayExact)
            .Select(e => new DateOnly(2000, e.Date.Day!.Value.Month, e.Date.Day!.Value.Day))
            .Distinct()
            .Order()
            .ToArray();
        var from = first is null ? default : DateInput.Parse(first)!.ToDay(new DateOnly(2000, 1, 1))!.Value;
        var expected = ordered
            .Where(day => day >= from)
            .Concat(ordered.Where(day => day < from))
            .Select(Strings.English.DayOfYear)
            .Where(day => count != 6 || day.Contains("December", StringComparison.Ordinal));
        Assert.Equal(first is null ? [] : expected.Take(25), days);
    }

    [Theory]
    [InlineData("Today", 0)]
    [InlineData("TOMORROW", 1)]
    [InlineData(" yesterday ", -1)]
    [InlineData("aujourd’hui", 0)]
    [InlineData("Aujourd'hui", 0)]
    [InlineData("demain", 1)]
    [InlineData("hier", -1)]
    public void Read_ADayByName_IsSeenFromToday(string typed, int ahead)
    {
        var today = new DateOnly(2027, 12, 31);

        Assert.Equal((today.AddDays(ahead), null), OnThisDaySlashCommand.ParseDay(typed, today));
    }

    [Fact]
    public void Read_WhatIsNoDay_StatesWhetherItLooksLikeOne()
    {
        var today = new DateOnly(2027, 2, 1);

        Assert.Equal((null, null), OnThisDaySlashCommand.ParseDay("soon", today));
        Assert.Equal((null, null), OnThisDaySlashCommand.ParseDay("February 1933", today));
        Assert.Equal((null, null), OnThisDaySlashCommand.ParseDay("1933", today));
        var (day, impossible) = OnThisDaySlashCommand.ParseDay("31 April", today);
        Assert.Null(day);
        Assert.Equal((4, 31, 30), (impossible!.Month, impossible.Day, impossible.DaysInMonth));
    }

    [Fact]
    public async Task Timeline_OfTheWholeTime_ShowsTheOldestFirstToTheOneWhoAsked()
    {
        var shown = await _runner.AskAsync("timeline");

        Assert.Equal(
            """
            **Timeline, 1890 to 1933: 3 events, page 1 of 1**
            30 December 1890: Victor Serge was born in Brussels to Russian exiles.
            29 February 1912: Something happened on a leap day.
            1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.
            -# `/source` shows where a date comes from.
            """,
            shown.Text
        );
        Assert.True(shown.Private);
        Assert.Empty(shown.Buttons);
    }

    [Theory]
    [InlineData("1912", null, "from 1912 on", 2)]
    [InlineData(null, "1912", "until 1912", 2)]
    [InlineData("1912", "1912", "1912", 1)]
    [InlineData("February 1912", "1 Feb 1933", "February 1912 to 1 February 1933", 2)]
    [InlineData("1 March 1912", "1933-01-31", null, 0)]
    [InlineData("the 1890s", "the 1890s", "the 1890s", 1)]
    [InlineData("1890/1912", null, "1890 to 1912", 2)]
    [InlineData("hiver 1911", "winter 1911", "winter 1911", 1)] // December 1911 to February 1912
    public async Task Timeline_OfASpan_HoldsWhatMayLieInIt(string? from, string? to, string? label, int events)
    {
        var shown = await _runner.AskAsync(
            "timeline",
            [.. from is null ? [] : new[] { ("from", from) }, .. to is null ? [] : new[] { ("to", to) }]
        );

        Assert.Contains(
            label is null ? "Nothing is dated to that time" : $"Timeline, {label}: {events} event",
            shown.Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("from", "soon", "“soon” is not a date. Write a year, month or day, such as 1917")]
    [InlineData("to", "31 April 1917", "does not exist: April has 30 days")]
    [InlineData("from", "1 February", "is not a date")] // the year is missing
    public async Task Timeline_WithAWrongDate_StatesWhatIsWrongAndHowToWriteOne(
        string option,
        string value,
        string content
    )
    {
        var shown = await _runner.AskAsync("timeline", (option, value));

        Assert.Contains(content, shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Timeline_ThatEndsBeforeItBegins_IsOfferedTheOtherWayRound() =>
        Assert.Contains(
            "Try `/timeline from:1917 to:1921-03`.",
            (await _runner.AskAsync("timeline", ("from", "March 1921"), ("to", "1917"))).Text,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Timeline_WhereNothingHappened_StatesWhereTheEventsAre() =>
        Assert.Equal(
            "Nothing is dated to that time (from 1950 on). The events run from 1890 to 1933.",
            (await _runner.AskAsync("timeline", ("from", "1950"))).Text
        );

    [Fact]
    public async Task Timeline_PagedThrough_ShowsEveryEventOnce()
    {
        AddEvents(30);
        var shown = await _runner.AskAsync("timeline", ("from", "1900"));
        List<string> lines = [];
        for (var page = 1; page <= 4; page++)
        {
            Assert.Contains($"page {page} of 4", shown.Text, StringComparison.Ordinal);
            Assert.True(DiscordMessage.Fits(shown.Text));
            Assert.Equal(
                [.. page > 1 ? ["Previous"] : (string[])[], .. page < 4 ? ["Next"] : (string[])[]],
                shown.Buttons.Select(button => button.Label)
            );
            lines.AddRange(shown.Text.Split('\n')[1..^1]);
            if (page < 4)
            {
                shown = await _runner.PressAsync(shown, "Next");
                Assert.True(shown.Replaces);
            }
        }

        Assert.Equal(32, lines.Distinct().Count());
        Assert.Equal(32, lines.Count);
        Assert.Contains("page 3 of 4", (await _runner.PressAsync(shown, "Previous")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_OnAPageThatIsNoLongerThere_ShowsTheLast() =>
        Assert.Contains("page 1 of 1", (await _runner.PressAsync("timeline:1900::7")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("timeline:")]
    [InlineData("timeline:soon::1")]
    [InlineData("timeline:1900::x")]
    [InlineData("timeline:1900::-1")]
    [InlineData("timeline:1950::1")] // an empty page
    public async Task Timeline_ByAButtonOfAnotherMake_StatesThatItIsOutOfUse(string customId) =>
        Assert.Contains("no longer in use", (await _runner.PressAsync(customId)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Timeline_InFrench_IsFrenchButForTheSentences()
    {
        var shown = await _runner.AskAsync(Strings.French, "timeline", ("from", "1912"), ("to", "années 1930"));

        Assert.Equal(
            """
            **Chronologie, de 1912 aux années 1930 : 2 événements, page 1 sur 1**
            29 février 1912 : Something happened on a leap day.
            1er février 1933 : In Moscow Serge dated the letter that called the Soviet Union totalitarian.
            -# `/source` dit d’où vient une date.
            -# Les notices des événements sont en anglais.
            """,
            shown.Text.Replace('\u00A0', ' ')
        );
    }

    private void SetEvents(IReadOnlyList<string> dates)
    {
        var entries = dates.Select(
            (date, n) =>
                $"""
                    - id: event-{n}
                      date: {date}
                      text: Something happened, and it was number {n} of its kind.
                      kind: context
                      mentionedBy: [cunningham]
                      sources: [cunningham]
                      status: sure

                    """
        );
        _catalogue.Write("events.yaml", string.Concat(entries));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
    }

    private void AddEvents(int count)
    {
        var more = string.Concat(
            Enumerable
                .Range(0, count)
                .Select(n =>
                    $"""
                        - id: event-{n}
                          date: {1900 + n}
                          text: In that year something else happened, and it was number {n} of its kind.
                          kind: context
                          mentionedBy: [cunningham]
                          sources: [cunningham]
                          status: sure

                        """
                )
        );
        _catalogue.Write("events.yaml", File.ReadAllText(Path.Combine(_catalogue.Folder, "events.yaml")) + more);
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
    }
}
