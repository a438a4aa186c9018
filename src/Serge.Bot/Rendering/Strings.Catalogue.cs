namespace Serge.Bot.Rendering;

// Quotations, events and sources.
internal sealed partial class Strings
{
    // Quotations.
    public string QuotedBy(string essayist) => Format([essayist]);

    public string Another => Get();

    public string Source => Get();

    public string SourceIsGone => Get();

    public string SourceButton(int number) => Format([number]);

    /// <summary>All quotations of a cycle were shown, and the next cycle begins.</summary>
    public string AllWereShown(string count) => Format([count]);

    public string NoOther => Get();

    public string NoQuotations => Get();

    public string NothingFitsNow => Get();

    public string TooLong(string id) => Format([id]);

    public string NoSuchQuote(string id) => Format([id]);

    public string NoSuchTopic(string topic) => Format([topic]);

    public string SomeTopics(string topics) => Format([topics]);

    public string NothingFound(string words) => Format([words]);

    public string NothingFoundInTopic(string words, string topic) => Format([words, topic]);

    // Events.
    public string OnThisDay(string dateAndEvent) => Format([dateAndEvent]);

    public string OnThisDaySeveral => Get();

    /// <summary>Below a quotation whose picture a member asked for, and that has none.</summary>
    public string NoPicture => Get();

    /// <summary>Above the date of an event on its picture.</summary>
    public string CardOnThisDay => Get();

    public string EventLine(string date, string sentence) => Format([date, sentence]);

    public string DateIsDisputed(string? note) => Format([note ?? ""]).TrimEnd();

    public string NoEventOn(string day) => Format([day]);

    public string OfThisMonth => Get();

    public string OfThisSeason => Get();

    public string NearestBefore => Get();

    public string NearestAfter => Get();

    public string SourceOf(string label) => Format([label]);

    public string SourcesOf(string labels) => Format([labels]);

    /// <summary>Empty in English.</summary>
    public string EventsAreInEnglish => Get();

    public string NoDayOfYear(string typed) => Format([typed]);

    public string NoSuchDay(string typed, string month, string days) => Format([typed, month, days]);

    public string AmbiguousDay(string typed, string one, string other) => Format([typed, one, other]);

    // The timeline.
    public string TimelineHeading(string span, string events, string page, string pages) =>
        Format([span, events, page, pages]);

    public string TimelineHint => Get();

    public string PreviousPage => Get();

    public string NextPage => Get();

    public string NoDate(string typed) => Format([typed]);

    public string NoSuchDate(string typed, string month, string days) => Format([typed, month, days]);

    public string EndIsBeforeStart(string first, string last) => Format([first, last]);

    public string NoEventsIn(string span, string first, string last) => Format([span, first, last]);

    // Topics.
    public string TopicsHeading => Get();

    public string TopicsMore(string count) => Format([count]);

    public string TopicsHint(string topic) => Format([topic]);

    // Sources.
    public string NoSuchItem(string id) => Format([id]);

    public string Work(string work) => Format([work]);

    public string WorkUnknown => Get();

    public string TranslatedBy(string translator) => Format([translator]);

    public string WrittenIn(string date) => Format([date]);

    public string QuotedIn(string essay) => Format([essay]);

    public string UncertainAbout(string note) => Format([note]);

    public string JoinedWords => Get();

    public string OnTopics(string topics) => Format([topics]);

    public string MentionedIn(string essays) => Format([essays]);

    public string DateFrom(string sources) => Format([sources]);

    public string OldStyle(string day) => Format([day]);

    public string DateSure => Get();

    public string DateLikely => Get();

    public string DateDisputed => Get();

    public string NoteOf(string note) => Format([note]);
}
