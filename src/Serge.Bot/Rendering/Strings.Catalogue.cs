namespace Serge.Bot.Rendering;

// Quotations, events and sources.
internal sealed partial class Strings
{
    // Quotations.
    public string QuotedBy(string essayist)
    {
        return Format([essayist]);
    }

    public string QuotedByIn(string essayist, string title)
    {
        return Format([essayist, title]);
    }

    /// <summary>The work of another person that has the words of the speaker.</summary>
    public string InWorkBy(string title, string author)
    {
        return Format([title, author]);
    }

    public string ContentWarning(string warning)
    {
        return Format([warning]);
    }

    public string Another => Get();

    public string Source => Get();

    public string SourceIsGone => Get();

    public string SourceButton(int number)
    {
        return Format([number]);
    }

    /// <summary>All quotations of a cycle were shown, and the next cycle begins.</summary>
    public string AllWereShown(int count)
    {
        return Count(count);
    }

    public string NoOther => Get();

    public string NoQuotations => Get();

    public string NothingFitsNow => Get();

    public string TooLong(string id)
    {
        return Format([id]);
    }

    public string NoSuchQuote(string id)
    {
        return Format([id]);
    }

    public string NoSuchTopic(string topic)
    {
        return Format([topic]);
    }

    public string SomeTopics(string topics)
    {
        return Format([topics]);
    }

    public string NothingFound(string words)
    {
        return Format([words]);
    }

    public string NothingFoundInTopic(string words, string topic)
    {
        return Format([words, topic]);
    }

    // "Is this a quotation?"
    /// <summary>The name in the menu of a message: at most 32 characters. It has no sign that French sets off with a
    /// no-break space, so that Discord keeps it as it is.</summary>
    public string IsThisAQuotation => Get();

    public string Agreement(QuoteAgreement agreement)
    {
        return Get($"Agreement{agreement}");
    }

    public string WordsOfAnother(string speaker, string author)
    {
        return Format([speaker, author]);
    }

    public string SeveralFound(string count)
    {
        return Format([count]);
    }

    public string BestOfSeveralFound(string count)
    {
        return Format([count]);
    }

    public string Differences => Get();

    public string Difference(string printed, string written)
    {
        return Format([printed, written]);
    }

    public string MoreDifferences(int count)
    {
        return Count(count);
    }

    public string NotInTheCollection(int count, string author)
    {
        var name = GetNameForCount(nameof(NotInTheCollection), count);
        return Format([Number(count), author], name);
    }

    public string MessageHasNoWords => Get();

    public string MessageIsTooShort(string minWords)
    {
        return Format([minWords]);
    }

    // Events.
    public string OnThisDay(string dateAndEvent)
    {
        return Format([dateAndEvent]);
    }

    public string OnThisDaySeveral => Get();

    /// <summary>Below a quotation whose picture a member asked for, and that has none.</summary>
    public string NoPicture => Get();

    /// <summary>Above the date of an event on its picture.</summary>
    public string CardOnThisDay => Get();

    /// <summary>The heading of one event: "A hundred years ago today, 7 November 1927: …".</summary>
    public string Anniversary(string years, string dateAndEvent)
    {
        return Format([years, dateAndEvent]);
    }

    /// <summary>The heading of several events of one day with a round anniversary.</summary>
    public string AnniversaryOfAll(string years, string date)
    {
        return Format([years, date]);
    }

    /// <summary>The heading of several events, of which one has a round anniversary.</summary>
    public string AnniversarySeveral(string years, string date)
    {
        return Format([years, date]);
    }

    /// <summary>A number of years at the beginning of a sentence, or after "il y a": "A hundred years", « cent ans ».
    /// Multiples of 10 and 25 up to 200 are in words.</summary>
    public string Years(int years)
    {
        if (_texts.TryGetValue($"Years{years}", out var words))
        {
            return words;
        }

        return Format([Number(years)], "YearsOther");
    }

    public string EventLine(string date, string sentence)
    {
        return Format([date, sentence]);
    }

    public string SourcesDiffer => Get();

    public string SourcesDifferIn(string note)
    {
        return Format([note]);
    }

    /// <summary>The day in the Julian calendar that an event is named after.</summary>
    public string OldStyleDay(string day)
    {
        return Format([day]);
    }

    public string NoEventOn(string day)
    {
        return Format([day]);
    }

    public string OfThisMonth => Get();

    public string OfThisSeason => Get();

    public string NearestBefore => Get();

    public string NearestAfter => Get();

    public string SourceOf(string label)
    {
        return Format([label]);
    }

    public string SourcesOf(string labels)
    {
        return Format([labels]);
    }

    /// <summary>Empty in English.</summary>
    public string EventsAreInEnglish => Get();

    public string NoDayOfYear(string typed)
    {
        return Format([typed]);
    }

    public string NoSuchDay(string typed, string month, string days)
    {
        return Format([typed, month, days]);
    }

    public string AmbiguousDay(string typed, string one, string other)
    {
        return Format([typed, one, other]);
    }

    // The timeline.
    public string TimelineHeading(string span, string events, string page, string pages)
    {
        return Format([span, events, page, pages]);
    }

    public string TimelineHint => Get();

    public string PreviousPage => Get();

    public string NextPage => Get();

    public string NoDate(string typed)
    {
        return Format([typed]);
    }

    public string NoSuchDate(string typed, string month, string days)
    {
        return Format([typed, month, days]);
    }

    public string EndIsBeforeStart(string first, string last)
    {
        return Format([first, last]);
    }

    /// <param name="span">The time that was asked for.</param>
    /// <param name="first">The year of the first event.</param>
    /// <param name="last">The year of the last event.</param>
    public string NoEventsIn(string span, int first, int last)
    {
        return Format([span, first, last]);
    }

    /// <summary>There are no dated events at all.</summary>
    /// <param name="span">The time that was asked for.</param>
    public string NoEvents(string span)
    {
        return Format([span]);
    }

    // Topics.
    public string TopicsHeading => Get();

    public string TopicsMore(int count)
    {
        return Count(count);
    }

    public string TopicsHint(string topic)
    {
        return Format([topic]);
    }

    // Sources.
    public string NoSuchItem(string id)
    {
        return Format([id]);
    }

    public string Work(string work)
    {
        return Format([work]);
    }

    public string WorkUnknown => Get();

    public string TranslatedBy(string translator)
    {
        return Format([translator]);
    }

    public string WrittenIn(string date)
    {
        return Format([date]);
    }

    public string QuotedIn(string essay)
    {
        return Format([essay]);
    }

    public string UncertainAbout(string note)
    {
        return Format([note]);
    }

    public string JoinedWords => Get();

    public string OnTopics(string topics)
    {
        return Format([topics]);
    }

    public string MentionedIn(string essays)
    {
        return Format([essays]);
    }

    public string DateFrom(string sources)
    {
        return Format([sources]);
    }

    public string OldStyle(string day)
    {
        return Format([day]);
    }

    /// <summary>How many sources give a date, as a sentence.</summary>
    /// <param name="sources">0 or more.</param>
    /// <param name="isDay">Whether the date is a day.</param>
    public string DateFromCount(int sources, bool isDay)
    {
        var name = isDay ? "DayFrom" : "DateFrom";
        return sources switch
        {
            0 => Get("DateFromNone"),
            1 => Get($"{name}One"),
            _ => Format([NumberInWords(sources)], $"{name}Many"),
        };
    }

    /// <param name="sources">The sentence about the sources that give it.</param>
    public string DateLikely(string sources)
    {
        return Format([sources]);
    }

    public string DateDisputed => Get();

    public string PageOnTheSite(string link)
    {
        return Format([link]);
    }

    public string NoteOf(string note)
    {
        return Format([note]);
    }
}
