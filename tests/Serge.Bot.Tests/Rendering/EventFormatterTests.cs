namespace Serge.Bot.Tests.Rendering;

/// <summary>The exact text of events with their dates and sources.</summary>
public sealed class EventFormatterTests
{
    private static readonly Source Richardson = Some.Cunningham with
    {
        Id = "richardson",
        Title = "Victor Serge",
        Author = "Al Richardson",
    };

    private static readonly Source Anonymous = Some.Riere with
    {
        Id = "anonymous",
        Title = "A chronology",
        Author = null,
    };

    /// <summary>Each source once, in the order of the events: the first essay of an event, and the first source of its date.</summary>
    [Theory]
    [InlineData("c", "c", "Source: Cunningham, “The End Commands the Means”")]
    [InlineData("c", "r", "Sources: Cunningham, “The End Commands the Means”; Jean Rière, Biographical Note")]
    [InlineData("r", "c", "Sources: Jean Rière, Biographical Note; Cunningham, “The End Commands the Means”")]
    [InlineData("cr", "rc", "Sources: Cunningham, “The End Commands the Means”; Jean Rière, Biographical Note")]
    [InlineData("cv", "c", "Source: Cunningham, “The End Commands the Means”")]
    [InlineData("vc", "c", "Sources: Richardson, “Victor Serge”; Cunningham, “The End Commands the Means”")]
    [InlineData("ra", "", "Source: Jean Rière, Biographical Note")]
    [InlineData("a", "ar", "Source: A chronology")]
    public void OnThisDay_NamesEachSourceOnce(string first, string second, string sources)
    {
        Event[] events =
        [
            Some.Event("1917-11-07", "One.", sources: Sources(first)),
            .. second.Length == 0 ? [] : new[] { Some.Event("1927-11-07", "Two.", sources: Sources(second)) },
        ];

        var text = EventFormatter.FormatOnThisDay(events, Markup.Plain, Strings.English, _ => true, out var shown)!;

        Assert.Equal(sources, text.Split('\n')[^1]);
        Assert.Equal(events, shown);
    }

    [Fact]
    public void OnThisDay_WhenNotAllFit_NamesOnlyTheSourcesOfTheShownEvents()
    {
        Event[] events =
        [
            Some.Event("1917-11-07", "One.", sources: Some.Cunningham),
            Some.Event("1927-11-07", "Two.", sources: Some.Riere),
        ];

        var text = EventFormatter.FormatOnThisDay(
            events,
            Markup.Discord,
            Strings.English,
            text => !text.Contains("Two", StringComparison.Ordinal),
            out var shown
        );

        Assert.Equal("On this day, 7 November 1917: One.\n-# Source: Cunningham, “The End Commands the Means”", text);
        Assert.Equal([events[0]], shown);
    }

    [Fact]
    public void OnThisDay_InFrench_IsFrenchExceptTheTextsOfEvents() =>
        Assert.Equal(
            """
            Ce jour-là :
            1er mai 1917 : One.
            1er mai 1927 : Two. (La date est discutée. Some say the 2nd.)
            -# Sources : Cunningham, « The End Commands the Means »; Jean Rière, Biographical Note
            """,
            Plain(
                EventFormatter.FormatOnThisDay(
                    [
                        Some.Event("1917-05-01", "One.", sources: Some.Cunningham),
                        Some.Event("1927-05-01", "Two.", EventStatus.Disputed, "Some say the 2nd.", Some.Riere),
                    ],
                    Markup.Discord,
                    Strings.French,
                    _ => true,
                    out _
                )!
            )
        );

    [Theory]
    [InlineData(EventStatus.Sure, null, "1 May 1917: One.")]
    [InlineData(EventStatus.Sure, "A note.", "1 May 1917: One.")]
    [InlineData(EventStatus.Likely, "A note.", "1 May 1917: One.")]
    [InlineData(EventStatus.Disputed, null, "1 May 1917: One. (The date is disputed.)")]
    [InlineData(EventStatus.Disputed, "Or *the* 2nd.", @"1 May 1917: One. (The date is disputed. Or \*the\* 2nd.)")]
    internal void Line_OfADisputedDate_StatesWhatIsDisputed(EventStatus status, string? note, string line) =>
        Assert.Equal(
            line,
            EventFormatter.FormatLine(Some.Event("1917-05-01", "One.", status, note), Markup.Discord, Strings.English)
        );

    [Theory]
    [InlineData(SourceKind.Essay, "Guy Patrick Cunningham", "Title", "Cunningham, “Title”")]
    [InlineData(SourceKind.Essay, "Cunningham", "Title", "Cunningham, “Title”")]
    [InlineData(SourceKind.Essay, null, "Title", "Title")]
    [InlineData(SourceKind.Work, "Victor Serge", "Title", "Victor Serge, Title")]
    [InlineData(SourceKind.Reference, "Jean Rière", "Title", "Jean Rière, Title")]
    [InlineData(SourceKind.Reference, null, "Title", "Title")]
    [InlineData(SourceKind.Reference, null, "Twenty-two letters aaa: twenty-four letters aaaa", "")] // 48: whole
    [InlineData(
        SourceKind.Reference,
        null,
        "Twenty-two letters aaa: twenty-five letters aaaaa",
        "Twenty-two letters aaa"
    )]
    [InlineData(SourceKind.Reference, null, "Without a colon a title stays whole however long it may be", "")]
    [InlineData(SourceKind.Reference, null, "Nor does one without a space:after it shorten a long title", "")]
    [InlineData(SourceKind.Reference, null, "U: a title with a single letter before its long subtitle", "U")]
    [InlineData(SourceKind.Reference, null, ": a title that begins with a colon would have nothing left", "")]
    internal void Label_ShortensOnlyALongTitleWithASubtitle(
        SourceKind kind,
        string? author,
        string title,
        string label
    ) =>
        Assert.Equal(
            label.Length == 0 ? title : label,
            EventFormatter.FormatLabel(Some.Riere with { Kind = kind, Author = author, Title = title }, Strings.English)
        );

    [Fact]
    public void Report_OnADayWithoutEvents_ListsTheFirstTwoNearEventsOfEachKind()
    {
        var day = new OnThisDay
        {
            Day = new DateOnly(2027, 5, 1),
            Events = [],
            ThisMonth = [Named("1917-05", "M1."), Named("1918-05", "M2."), Named("1919-05", "M3.")],
            ThisSeason = [Named("1917-21", "S1.")],
            Before = new DayWithEvents(
                new DateOnly(2027, 4, 30),
                [Named("1901-04-30", "B1."), Named("1902-04-30", "B2."), Named("1903-04-30", "B3.")]
            ),
            After = new DayWithEvents(new DateOnly(2027, 5, 2), [Named("1904-05-02", "A1.")]),
        };

        Assert.Equal(
            """
            No event is dated to 1 May.
            Of this month: May 1917: M1.
            May 1918: M2.
            Of this season: spring 1917: S1.
            The nearest day before: 30 April 1901: B1.
            30 April 1902: B2.
            The nearest day after: 2 May 1904: A1.
            """,
            EventFormatter.FormatReport(day, Markup.Discord, Strings.English, _ => true)
        );
        Assert.Equal(
            """
            Aucun événement n’est daté du 1er mai.
            Ce mois-là : mai 1917 : M1.
            Cette saison-là : printemps 1917 : S1.
            Le jour le plus proche après : 2 mai 1904 : A1.
            -# Les notices des événements sont en anglais.
            """,
            Plain(
                EventFormatter.FormatReport(
                    day with
                    {
                        ThisMonth = [day.ThisMonth[0]],
                        Before = null,
                    },
                    Markup.Discord,
                    Strings.French,
                    _ => true
                )
            )
        );
    }

    [Fact]
    public void Report_WithLittleSpace_OmitsWhatDoesNotFit()
    {
        var day = new OnThisDay
        {
            Day = new DateOnly(2027, 5, 1),
            Events = [],
            ThisMonth = [Named("1917-05", "A long one.")],
            ThisSeason = [Named("1917-21", "S1.")],
            Before = null,
            After = null,
        };

        Assert.Equal(
            "No event is dated to 1 May.\nOf this season: spring 1917: S1.",
            EventFormatter.FormatReport(day, Markup.Plain, Strings.English, text => text.Length <= 60)
        );
        Assert.Equal(
            "Aucun événement n’est daté du 1er mai.",
            Plain(EventFormatter.FormatReport(day, Markup.Plain, Strings.French, text => text.Length <= 60))
        );
    }

    [Fact]
    public void Report_WhenNoEventOfTheDayFits_ListsNearEvents()
    {
        var day = new OnThisDay
        {
            Day = new DateOnly(2027, 5, 1),
            Events = [Named("1917-05-01", new string('e', 100))],
            ThisMonth = [],
            ThisSeason = [],
            Before = null,
            After = null,
        };

        Assert.StartsWith(
            "No event",
            EventFormatter.FormatReport(day, Markup.Plain, Strings.English, text => text.Length <= 90),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "On this day, 1 May 1917: eee",
            EventFormatter.FormatReport(day, Markup.Plain, Strings.English, text => text.Length <= 200),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Report_InFrench_CountsTheRemarkBelowTheEvents()
    {
        var day = new OnThisDay
        {
            Day = new DateOnly(2027, 5, 1),
            Events = [Named("1917-05-01", "One.")],
            ThisMonth = [],
            ThisSeason = [],
            Before = null,
            After = null,
        };
        var whole = EventFormatter.FormatReport(day, Markup.Discord, Strings.French, _ => true);

        Assert.EndsWith("\n-# Les notices des événements sont en anglais.", whole, StringComparison.Ordinal);
        Assert.Equal(
            whole,
            EventFormatter.FormatReport(day, Markup.Discord, Strings.French, text => text.Length <= whole.Length)
        );
        Assert.StartsWith(
            "Aucun",
            EventFormatter.FormatReport(day, Markup.Discord, Strings.French, text => text.Length < whole.Length),
            StringComparison.Ordinal
        );
    }

    private static Event Named(string date, string text) => Some.Event(date, text, sources: Some.Cunningham);

    private static Source[] Sources(string letters) =>
        [
            .. letters.Select(letter =>
                letter switch
                {
                    'c' => Some.Cunningham,
                    'v' => Richardson,
                    'r' => Some.Riere,
                    _ => Anonymous,
                }
            ),
        ];

    /// <summary>With plain spaces instead of the no-break spaces of French.</summary>
    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
