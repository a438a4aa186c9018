namespace Serge.Bot.Tests.Rendering;

/// <summary>The exact text about the source of a quotation or event.</summary>
public sealed class SourceFormatterTests
{
    /// <summary>Up to 300 characters of the text are shown; a longer text ends after a complete word with an
    /// ellipsis.</summary>
    [Theory]
    [InlineData(300, 0, 300)] // not shortened
    [InlineData(301, 299, 299)]
    [InlineData(301, 300, 300)]
    [InlineData(301, 150, 150)]
    [InlineData(1500, 300, 300)]
    public void Of_ALongQuotation_BeginsWithCompleteWords(int length, int space, int kept)
    {
        var text = new string('w', length);
        text = space == 0 ? text : text.Remove(space, 1).Insert(space, " ");

        Assert.Equal(length == kept ? $"“{text}”" : $"“{text[..kept]} …”", FirstLine(Some.Quote(text)));
    }

    [Fact]
    public void Of_ALongQuotationWithoutASpace_IsCutBetweenCharacters()
    {
        Assert.Equal($"“{new string('w', 300)} …”", FirstLine(Some.Quote(new string('w', 301))));
        Assert.Equal(
            $"“w{string.Concat(Enumerable.Repeat("𝔖", 149))} …”",
            FirstLine(Some.Quote("w" + string.Concat(Enumerable.Repeat("𝔖", 200))))
        );
    }

    [Fact]
    public void Of_AQuotationWithEveryField_InFrench_HasEveryLine()
    {
        var quote = Some.Quote("Words.", written: "1919-05-01", fromMemoirs: true) with
        {
            Work = Some.Memoirs with
            {
                Translator = "Peter Sedgwick",
                Published = Some.Date("1951"),
                Url = new Uri("https://books.example/a"),
            },
            Via = Some.Cunningham with { Author = null },
            Topics = ["power", "means-and-ends"],
            Note = "No speaker.",
            IsJoined = true,
        };

        Assert.Equal(
            """
            “Words.”
            Œuvre : Victor Serge, *Memoirs of a Revolutionary*, traduction de Peter Sedgwick, 1951 <https://books.example/a>
            Cité dans : « The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary »
            Écrit : 1er mai 1919
            Incertain : No speaker.
            Dans l’essai, les mots de l’auteur interrompent cette phrase ; ici ses deux parties sont réunies.
            Thèmes : power, means-and-ends
            """,
            Plain(SourceFormatter.Format(quote, Markup.Discord, Strings.French, DiscordMessage.Fits))
        );
    }

    [Theory]
    [InlineData(EventStatus.Sure, "No source is named for the date.", "Aucune source n’est indiquée pour la date.")]
    [InlineData(
        EventStatus.Likely,
        "No source is named for the date. It is not beyond doubt.",
        "Aucune source n’est indiquée pour la date. Un doute subsiste."
    )]
    [InlineData(EventStatus.Disputed, "Sources differ.", "Les sources diffèrent.")]
    internal void Of_AnEvent_StatesTheCertaintyOfTheDate(EventStatus status, string english, string french)
    {
        var known = Some.Event("1917-05-01", "One.", status);

        Assert.Equal(
            $"1 May 1917: One.\n{english}",
            SourceFormatter.Format(known, Markup.Discord, Strings.English, DiscordMessage.Fits)
        );
        Assert.Equal(
            $"1er mai 1917 : One.\n{french}\n-# Les notices des événements sont en anglais.",
            Plain(SourceFormatter.Format(known, Markup.Discord, Strings.French, DiscordMessage.Fits))
        );
    }

    [Fact]
    public void Of_AnEvent_NamesEveryEssayAndEverySource()
    {
        var known = Some.Event(
            "1917-11-07",
            "One.",
            EventStatus.Likely,
            "A *note*.",
            Some.Cunningham,
            Some.Cunningham with
            {
                Author = "Al Richardson",
                Title = "Victor Serge",
            },
            Some.Riere,
            Some.Riere with
            {
                Author = null,
                Title = "A chronology",
                Url = new Uri("https://example.org/c"),
            }
        ) with
        {
            OldStyle = JulianDay.FromGregorian(new DateOnly(1917, 11, 7)),
            MentionedBy = [Some.Cunningham],
        };

        Assert.Equal(
            """
            7 November 1917: One.
            Four sources give this day. It is not beyond doubt.
            Note: A \*note\*.
            By the calendar then in use in Russia: 25 October 1917
            The date rests on: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”; Al Richardson, “Victor Serge”; Jean Rière, “Biographical Note”; “A chronology” <https://example.org/c>
            Mentioned by: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            """,
            SourceFormatter.Format(known, Markup.Discord, Strings.English, DiscordMessage.Fits)
        );
    }

    // 1900 was a leap year only in Russia.
    [Fact]
    public void Of_AnEventOnADayMissingInTheGregorianCalendar_WritesTheJulianDayInNumbers()
    {
        var known = Some.Event("1900-03-13", "One.") with
        {
            OldStyle = JulianDay.FromGregorian(new DateOnly(1900, 3, 13)),
        };

        Assert.Equal(
            "13 March 1900: One.\nNo source is named for the date.\nBy the calendar then in use in Russia: 1900-02-29",
            SourceFormatter.Format(known, Markup.Discord, Strings.English, DiscordMessage.Fits)
        );
    }

    /// <summary>The last lines are omitted first; text, work and essay stay.</summary>
    [Theory]
    [InlineData(7, 7)]
    [InlineData(6, 6)]
    [InlineData(5, 5)]
    [InlineData(4, 4)]
    [InlineData(3, 3)]
    [InlineData(1, 3)]
    public void Of_MoreThanFits_OmitsLinesFromTheEnd(int room, int kept)
    {
        var quote = Some.Quote("Words.", written: "1919") with { Note = "No speaker.", IsJoined = true };
        var whole = SourceFormatter.Format(quote, Markup.Plain, Strings.English, _ => true).Split('\n');

        var text = SourceFormatter.Format(
            quote,
            Markup.Plain,
            Strings.English,
            text => text.Split('\n').Length <= room
        );

        Assert.Equal(7, whole.Length);
        Assert.Equal(whole.Take(kept), text.Split('\n'));
    }

    /// <summary>The words are hidden here, too, and the author of the work is not named as their speaker.</summary>
    [Fact]
    public void Of_AQuotationWithAWarningOfAnotherSpeaker_HidesTheWordsAndNamesTheSpeaker()
    {
        var quote = Some.Quote("Words.", fromMemoirs: true, warning: "hunger") with
        {
            Author = "A *Worker*",
            Speaker = "A *Worker*",
        };

        var lines = SourceFormatter.Format(quote, Markup.Discord, Strings.English, _ => true).Split('\n');

        Assert.Equal("(Content warning: hunger) ||“Words.”|| — A \\*Worker\\*", lines[0]);
        Assert.StartsWith("Work: Victor Serge, ", lines[1], StringComparison.Ordinal);
    }

    private static string FirstLine(Quote quote) =>
        SourceFormatter.Format(quote, Markup.Plain, Strings.English, _ => true).Split('\n')[0];

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
