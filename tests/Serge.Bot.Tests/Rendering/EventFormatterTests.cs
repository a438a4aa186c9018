namespace Serge.Bot.Tests.Rendering;

/// <summary>The exact text of events with their dates and sources.</summary>
public sealed class EventFormatterTests
{
    [Theory]
    [InlineData(EventStatus.Sure, null, "1 May 1917: One.")]
    [InlineData(EventStatus.Sure, "A note.", "1 May 1917: One.")]
    [InlineData(EventStatus.Likely, "A note.", "1 May 1917: One.")]
    [InlineData(EventStatus.Disputed, null, "1 May 1917: One. (Sources differ.)")]
    [InlineData(EventStatus.Disputed, "Or *the* 2nd.", @"1 May 1917: One. (Sources differ: Or \*the\* 2nd.)")]
    internal void Line_OfADisputedDate_StatesWhatIsDisputed(EventStatus status, string? note, string line) =>
        Assert.Equal(
            line,
            EventFormatter.FormatLine(Some.Event("1917-05-01", "One.", status, note), Markup.Discord, Strings.English)
        );

    [Theory]
    [InlineData("1917-11-07", "The October Revolution began.", " (25 October by the calendar then in use in Russia)")]
    [InlineData("1917-03-08", "The February Revolution began.", " (23 February by the calendar then in use in Russia)")]
    [InlineData("1917-11-07", "The Winter Palace was taken.", "")]
    [InlineData("1905-01-22", "In January soldiers fired at a crowd.", "")] // the months are the same
    internal void Line_OfAnEventNamedAfterItsOldStyleMonth_HasThatDay(string date, string text, string remark)
    {
        var known = Some.Event(date, text) with { OldStyle = JulianDay.FromGregorian(Some.Date(date).Day!.Value) };
        var day = Some.Date(date).ToEnglish();

        Assert.Equal($"{day}: {text}{remark}", EventFormatter.FormatLine(known, Markup.Plain, Strings.English));
        Assert.Equal(
            $"{day}: {text}",
            EventFormatter.FormatLine(known, Markup.Plain, Strings.English, hasRemarks: false)
        );
    }

    [Fact]
    public void Line_OfADisputedDateWithoutRemarks_StillStatesThatSourcesDiffer() =>
        Assert.Equal(
            "1 May 1917: One. (Sources differ.)",
            EventFormatter.FormatLine(
                Some.Event("1917-05-01", "One.", EventStatus.Disputed, "Some say the 2nd."),
                Markup.Plain,
                Strings.English,
                hasRemarks: false
            )
        );

    [Fact]
    public void Line_WithAContentWarning_IsHiddenOnDiscordInEachLanguage()
    {
        var known = Some.Event("1917-05-01", "He was *shot*.") with { Warning = "execution" };

        Assert.Equal(
            @"1 May 1917: (Content warning: execution) ||He was \*shot\*.||",
            EventFormatter.FormatLine(known, Markup.Discord, Strings.English)
        );
        Assert.Equal(
            @"1er mai 1917 : (Avertissement : execution) ||He was \*shot\*.||",
            Plain(EventFormatter.FormatLine(known, Markup.Discord, Strings.French))
        );
        Assert.Equal("1 May 1917: He was *shot*.", EventFormatter.FormatLine(known, Markup.Plain, Strings.English));
    }

    /// <summary>A title is never shortened, because its beginning may be the title of another work.</summary>
    [Theory]
    [InlineData(SourceKind.Essay, "Guy Patrick Cunningham", "Title", null, "Cunningham, “Title”", "Title")]
    [InlineData(SourceKind.Essay, null, "Title", null, "Title", "Title")]
    [InlineData(SourceKind.Essay, "Guy Patrick Cunningham", "Title", "A label", "A label", "A label")]
    [InlineData(SourceKind.Work, "Victor Serge", "A long title", null, "Victor Serge, A long title", "Victor Serge")]
    [InlineData(SourceKind.Reference, "Jean Rière", "Notice", null, "Jean Rière, Notice", "Jean Rière")]
    [InlineData(SourceKind.Reference, null, "3 février 1913: début du procès de la bande", null, "", "")]
    [InlineData(SourceKind.Reference, null, "Victor Serge: Memoirs (A blog)", "A blog", "A blog", "A blog")]
    internal void Name_IsTheLabelOrTheCompleteTitle(
        SourceKind kind,
        string? author,
        string title,
        string? label,
        string name,
        string shortest
    )
    {
        var source = Some.Riere with { Kind = kind, Author = author, Title = title, Label = label };

        Assert.Equal(name.Length == 0 ? title : name, EventFormatter.FormatName(source, Strings.English));
        if (shortest.Length > 5)
        {
            Assert.Equal(shortest, EventFormatter.FormatName(source, Strings.English, isFull: false));
        }
    }

    [Fact]
    public void Name_WhenSpaceIsShort_CanBeTheWebsite()
    {
        var source = Some.Riere with
        {
            Author = null,
            Title = "A title that is long",
            Url = new Uri("https://www.bl.example/russia?a=b"),
        };

        Assert.Equal("bl.example", EventFormatter.FormatName(source, Strings.English, isFull: false));
    }

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
            In the same month, May 1917: M1.
            May 1918: M2.
            In the same season, spring 1917: S1.
            On the nearest day before, 30 April 1901: B1.
            30 April 1902: B2.
            On the nearest day after, 2 May 1904: A1.
            """,
            EventFormatter.FormatReport(day, day.Day, Markup.Discord, Strings.English, _ => true)
        );
        Assert.Equal(
            """
            Aucun événement n’est daté du 1er mai.
            Le même mois, mai 1917 : M1.
            La même saison, printemps 1917 : S1.
            Le jour le plus proche après, 2 mai 1904 : A1.
            -# Les notices des événements sont en anglais.
            """,
            Plain(
                EventFormatter.FormatReport(
                    day with
                    {
                        ThisMonth = [day.ThisMonth[0]],
                        Before = null,
                    },
                    day.Day,
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
            ThisMonth = [Named("1917-05", "A long one, too long.")],
            ThisSeason = [Named("1917-21", "S1.")],
            Before = null,
            After = null,
        };

        Assert.Equal(
            "No event is dated to 1 May.\nIn the same season, spring 1917: S1.",
            EventFormatter.FormatReport(day, day.Day, Markup.Plain, Strings.English, text => text.Length <= 70)
        );
        Assert.Equal(
            "Aucun événement n’est daté du 1er mai.",
            Plain(EventFormatter.FormatReport(day, day.Day, Markup.Plain, Strings.French, text => text.Length <= 70))
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
            EventFormatter.FormatReport(day, day.Day, Markup.Plain, Strings.English, text => text.Length <= 90),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "On this day, 1 May 1917: eee",
            EventFormatter.FormatReport(day, day.Day, Markup.Plain, Strings.English, text => text.Length <= 200),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Report_InFrench_CountsTheRemarkBelowTheEvents()
    {
        var day = new OnThisDay
        {
            Day = new DateOnly(2027, 5, 1),
            Events = [Some.Event("1918-05-01", "One.")],
            ThisMonth = [],
            ThisSeason = [],
            Before = null,
            After = null,
        };
        var whole = EventFormatter.FormatReport(day, day.Day, Markup.Discord, Strings.French, _ => true);

        Assert.EndsWith("\n-# Les notices des événements sont en anglais.", whole, StringComparison.Ordinal);
        Assert.Equal(
            whole,
            EventFormatter.FormatReport(
                day,
                day.Day,
                Markup.Discord,
                Strings.French,
                text => text.Length <= whole.Length
            )
        );
        Assert.StartsWith(
            "Aucun",
            EventFormatter.FormatReport(
                day,
                day.Day,
                Markup.Discord,
                Strings.French,
                text => text.Length < whole.Length
            ),
            StringComparison.Ordinal
        );
    }

    private static Event Named(string date, string text) => Some.Event(date, text, sources: Some.Cunningham);

    /// <summary>Replaces the no-break spaces of French by plain spaces.</summary>
    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
