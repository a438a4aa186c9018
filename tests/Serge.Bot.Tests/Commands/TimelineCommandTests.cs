using System.Globalization;
using CsCheck;

namespace Serge.Bot.Tests.Commands;

/// <summary>Which events <c>/timeline</c> shows, in which order, and on which page.</summary>
public sealed class TimelineCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    /// <summary>An imprecise date is shown if any possible day of it is in the period, at its exact
    /// boundaries.</summary>
    [Theory]
    [InlineData("1917-03-05", "1917-03-05", "1917-03-05", true)]
    [InlineData("1917-03-05", "1917-03-06", null, false)]
    [InlineData("1917-03-05", null, "1917-03-04", false)]
    [InlineData("1917-03-05", "March 1917", "March 1917", true)]
    [InlineData("1917-03-31", "March 1917", "March 1917", true)]
    [InlineData("1917-04-01", "March 1917", "March 1917", false)]
    [InlineData("1917-02-28", "March 1917", "March 1917", false)]
    [InlineData("1917-03", "31 March 1917", null, true)]
    [InlineData("1917-03", "1 April 1917", null, false)]
    [InlineData("1917-03", null, "1 March 1917", true)]
    [InlineData("1917-03", null, "28 February 1917", false)]
    [InlineData("1917", "31 December 1917", null, true)]
    [InlineData("1917", "1 January 1918", null, false)]
    [InlineData("1917", null, "1 January 1917", true)]
    [InlineData("1917", null, "31 December 1916", false)]
    [InlineData("1919-12-31", "the 1910s", "the 1910s", true)]
    [InlineData("1920-01-01", "the 1910s", "the 1910s", false)]
    [InlineData("1910-01-01", "the 1910s", "the 1910s", true)]
    [InlineData("1936-21", "31 May 1936", null, true)] // spring ends with May
    [InlineData("1936-21", "1 June 1936", null, false)]
    [InlineData("1936-21", null, "1 March 1936", true)]
    [InlineData("1936-21", null, "29 February 1936", false)]
    [InlineData("1930/1933", "31 December 1933", null, true)]
    [InlineData("1930/1933", "1934", null, false)]
    [InlineData("1930/..", "9000", null, true)]
    [InlineData("../1930", null, "0001", true)]
    [InlineData("1945", "1939/1945", null, true)] // an interval includes both ends
    [InlineData("1946", "1939/1945", null, false)]
    [InlineData("1938", "1939/1945", null, false)]
    [InlineData("1946", "1939/1945", "1946", true)] // the entered end counts
    [InlineData("1946", "1939", "1945/1946", true)]
    [InlineData("1942", "1939/1940", "1944/1945", true)]
    [InlineData("1946", "1939/..", null, true)]
    [InlineData("1900", null, "../1945", true)]
    [InlineData("1946", null, "../1945", false)]
    [InlineData("1917-03-05", null, null, true)]
    public async Task Span_HoldsWhatMayLieInIt(string date, string? from, string? to, bool isShown)
    {
        SetEvents((date, "An event."));

        var shown = await AskAsync(from, to);

        Assert.Equal(isShown, shown.Text.Contains("An event.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_IsInTheOrderOfTheFirstDayAndThenOfTheLast()
    {
        SetEvents(
            ("1917-11-07", "Event 8."),
            ("1917", "Event 4."),
            ("1917-01", "Event 3."),
            ("1917-01-01", "Event 2."),
            ("191X", "Event 1."),
            ("1917-02", "Event 5."),
            ("1917-02/..", "Event 6."),
            ("../1950", "Event 0."),
            ("1917-03", "Event 7.")
        );

        var shown = await AskAsync(null, null);
        var next = await PressAsync(shown, "Next");

        Assert.Equal(
            Enumerable.Range(0, 9).Select(n => $"Event {n}."),
            Lines(shown).Concat(Lines(next)).Select(line => line.Split(": ")[^1])
        );
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(16, 2)]
    [InlineData(17, 3)]
    public async Task Pages_HaveEightEventsEach(int events, int pages)
    {
        SetEvents([.. Enumerable.Range(0, events).Select(n => ($"{1900 + n}", $"Event {n}."))]);

        var shown = await AskAsync(null, null);

        for (var page = 1; page <= pages; page++)
        {
            Assert.StartsWith(
                $"**Timeline, 1900 to {1899 + events}: {events} events, page {page} of {pages}**\n",
                shown.Text,
                StringComparison.Ordinal
            );
            Assert.Equal(Math.Min(8, events - (8 * (page - 1))), Lines(shown).Count);
            Assert.Equal(
                (page > 1 ? "[Previous]" : "") + (page < pages ? "[Next]" : ""),
                string.Concat(shown.Buttons.Select(button => $"[{button.Label}]"))
            );
            shown = page < pages ? await PressAsync(shown, "Next") : shown;
        }
    }

    /// <summary>1,600 characters of events, line breaks included, are one page.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void Pages_OfLongLines_EndBeforeTheMessageIsFull(int excess, int pages)
    {
        var lines = new[] { 400, 400, 400, 397 + excess }.Select(length => new string('w', length)).ToArray();

        Assert.Equal(pages, TimelineSlashCommand.SplitIntoPages(lines).Count);
        Assert.Equal(lines, TimelineSlashCommand.SplitIntoPages(lines).SelectMany(page => page));
    }

    [Theory]
    [InlineData(1599, true)]
    [InlineData(1600, false)]
    public void Pages_LeaveOutALineThatIsTooLongForAPage(int length, bool isShown)
    {
        var line = new string('w', length);

        var pages = TimelineSlashCommand.SplitIntoPages(["a", line, "b"]);

        Assert.Equal(
            isShown
                ?
                [
                    ["a"],
                    [line],
                    ["b"],
                ]
                : (string[][])
                    [
                        ["a", "b"],
                    ],
            pages.Select(page => page.ToArray())
        );
    }

    [Fact]
    public async Task Buttons_CarryTheSpanAndThePage()
    {
        SetEvents([.. Enumerable.Range(0, 20).Select(n => ($"{1900 + n}", $"Event {n}."))]);

        var shown = await PressAsync(await AskAsync("March 1899", "1950/1955"), "Next");

        Assert.Equal(
            [new Button("Previous", "timeline:1899-03:1955:1"), new Button("Next", "timeline:1899-03:1955:3")],
            shown.Buttons
        );
        Assert.Equal("timeline:::2", Assert.Single((await AskAsync(null, null)).Buttons).CustomId);
    }

    [Theory]
    [InlineData("timeline:::1", 1)]
    [InlineData("timeline:::0", 1)]
    [InlineData("timeline:::3", 3)]
    [InlineData("timeline:::4", 3)]
    [InlineData("timeline:::2147483647", 3)]
    [InlineData("timeline:1900:1919:2", 2)]
    [InlineData("timeline:::2147483648", null)]
    [InlineData("timeline:::+1", null)]
    [InlineData("timeline::x:1", null)]
    [InlineData("timeline:x::1", null)]
    [InlineData("timeline:::1:1", null)]
    [InlineData("timeline::", null)]
    public async Task Press_ShowsThePageOrTheLast(string customId, int? page)
    {
        SetEvents([.. Enumerable.Range(0, 20).Select(n => ($"{1900 + n}", $"Event {n}."))]);

        var shown = await new CommandRunner(_catalogue.Live).PressAsync(customId);

        Assert.Equal(page is not null, shown.Replaces);
        Assert.Contains(
            page is null ? Strings.English.UnknownButton : $"page {page} of 3",
            shown.Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1950", null, "from 1950 on", "1890 to 1947")]
    [InlineData(null, "1880", "until 1880", "1890 to 1947")]
    public async Task NothingThere_NamesTheFirstAndTheLastDate(string? from, string? to, string span, string range)
    {
        SetEvents(("1917", "A."), ("1940/1947", "B."), ("1890-12-30", "C."), ("1941", "D."));

        Assert.Equal(
            $"Nothing is dated to that time ({span}). The events run from {range}.",
            (await AskAsync(from, to)).Text
        );
    }

    [Fact]
    public async Task NothingThere_WithoutAnyDatedEvent_StatesJustThat()
    {
        SetEvents(("1990/..", "A."));

        Assert.Equal("No event is dated to 1950.", (await AskAsync("1950", "1950")).Text);
        var french = await new CommandRunner(_catalogue.Live).AskAsync(
            Strings.French,
            "timeline",
            ("from", "1950"),
            ("to", "1950")
        );
        Assert.Equal("Aucun événement n’est daté de cette période (1950).", french.Text);
        SetEvents();
        Assert.StartsWith("No event is dated", (await AskAsync(null, null)).Text, StringComparison.Ordinal);
    }

    /// <summary>Both options at the same time, in any combination of possible input.</summary>
    [Fact]
    public async Task Any_TwoDates_AreAnswered()
    {
        string[] typed =
        [
            "1917",
            "the 1910s",
            "19XX",
            "May 1917",
            "1 May 1917",
            "spring 1917",
            "winter 1917",
            "1917~",
            "1917-05?",
            "1917/1919",
            "1917-05/1918",
            "../1917",
            "1917/..",
            "soon",
            "31 April 1917",
            "9999",
            "0001",
        ];
        SetEvents(("1917-05-01", "A."), ("1918", "B."));
        var runner = new CommandRunner(_catalogue.Live);
        foreach (var (from, to) in typed.SelectMany(from => typed.Select(to => (from, to))))
        {
            foreach (var strings in Strings.All)
            {
                var shown = await runner.AskAsync(strings, "timeline", ("from", from), ("to", to));
                Assert.True(DiscordMessage.Fits(shown.Text) && shown.Private, $"{from} to {to}");
            }
        }
    }

    private static List<string> Lines(ShownReply shown) => [.. shown.Text.Split('\n')[1..^1]];

    private Task<ShownReply> AskAsync(string? from, string? to) =>
        new CommandRunner(_catalogue.Live).AskAsync(
            "timeline",
            [.. from is null ? [] : new[] { ("from", from) }, .. to is null ? [] : new[] { ("to", to) }]
        );

    private Task<ShownReply> PressAsync(ShownReply shown, string label) =>
        new CommandRunner(_catalogue.Live).PressAsync(shown, label);

    private void SetEvents(params (string Date, string Text)[] events)
    {
        var entries = events.Select(
            (one, n) =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    - id: event-{n}
                      date: {one.Date}
                      text: {one.Text}
                      kind: context
                      mentionedBy: [cunningham]
                      sources: [cunningham]
                      status: sure

                    """
                )
        );
        _catalogue.Write("events.yaml", events.Length == 0 ? "[]\n" : string.Concat(entries));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
    }
}
