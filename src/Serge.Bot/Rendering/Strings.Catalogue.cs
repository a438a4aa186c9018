namespace Serge.Bot.Rendering;

// Quotations, events and sources.
internal sealed partial class Strings
{
    // Quotations.
    public string QuotedBy(string essayist)
    {
        return Format([essayist]);
    }

    public string Another => Get();

    public string Source => Get();

    /// <summary>All quotations of a cycle were shown, and the next cycle begins.</summary>
    public string AllWereShown(string count)
    {
        return Format([count]);
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

    // Events.
    public string OnThisDay(string dateAndEvent)
    {
        return Format([dateAndEvent]);
    }

    public string OnThisDaySeveral => Get();

    public string EventLine(string date, string sentence)
    {
        return Format([date, sentence]);
    }

    public string DateIsDisputed(string? note)
    {
        return Format([note ?? ""]).TrimEnd();
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

    public string NoEventsIn(string span, string first, string last)
    {
        return Format([span, first, last]);
    }

    // Topics.
    public string TopicsHeading => Get();

    public string TopicsMore(string count)
    {
        return Format([count]);
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

    public string DateSure => Get();

    public string DateLikely => Get();

    public string DateDisputed => Get();

    public string NoteOf(string note)
    {
        return Format([note]);
    }
}
