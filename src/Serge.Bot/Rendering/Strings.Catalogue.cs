namespace Serge.Bot.Rendering;

// What the commands about the catalogue say, and how quotations and events are presented.
internal sealed partial class Strings
{
    // Quotations.
    public string QuotedBy(string essayist) => Format(nameof(QuotedBy), essayist);

    public string Another => Get(nameof(Another));

    public string Source => Get(nameof(Source));

    /// <summary>Said when a walk through the quotations that fit begins anew.</summary>
    public string AllWereShown(string count) => Format(nameof(AllWereShown), count);

    public string NoOther => Get(nameof(NoOther));

    public string NoQuotations => Get(nameof(NoQuotations));

    public string NothingFitsNow => Get(nameof(NothingFitsNow));

    public string TooLong(string id) => Format(nameof(TooLong), id);

    public string NoSuchQuote(string id) => Format(nameof(NoSuchQuote), id);

    public string NoSuchTopic(string topic) => Format(nameof(NoSuchTopic), topic);

    public string SomeTopics(string topics) => Format(nameof(SomeTopics), topics);

    public string NothingFound(string words) => Format(nameof(NothingFound), words);

    public string NothingFoundInTopic(string words, string topic) => Format(nameof(NothingFoundInTopic), words, topic);

    // Events of a day.
    public string OnThisDay(string dateAndEvent) => Format(nameof(OnThisDay), dateAndEvent);

    public string OnThisDaySeveral => Get(nameof(OnThisDaySeveral));

    public string EventLine(string date, string sentence) => Format(nameof(EventLine), date, sentence);

    public string DateIsDisputed(string? note) => Format(nameof(DateIsDisputed), note ?? "").TrimEnd();

    public string NoEventOn(string day) => Format(nameof(NoEventOn), day);

    public string OfThisMonth => Get(nameof(OfThisMonth));

    public string OfThisSeason => Get(nameof(OfThisSeason));

    public string NearestBefore => Get(nameof(NearestBefore));

    public string NearestAfter => Get(nameof(NearestAfter));

    public string SourceOf(string label) => Format(nameof(SourceOf), label);

    public string SourcesOf(string labels) => Format(nameof(SourcesOf), labels);

    /// <summary>That event sentences are in English, where the reader's language is another; empty in English.</summary>
    public string EventsAreInEnglish => Get(nameof(EventsAreInEnglish));

    public string NoDayOfYear(string typed) => Format(nameof(NoDayOfYear), typed);

    public string NoSuchDay(string typed, string month, string days) => Format(nameof(NoSuchDay), typed, month, days);

    // The timeline.
    public string TimelineHeading(string span, string events, string page, string pages) =>
        Format(nameof(TimelineHeading), span, events, page, pages);

    public string TimelineHint => Get(nameof(TimelineHint));

    public string PreviousPage => Get(nameof(PreviousPage));

    public string NextPage => Get(nameof(NextPage));

    public string NoDate(string typed) => Format(nameof(NoDate), typed);

    public string NoSuchDate(string typed, string month, string days) => Format(nameof(NoSuchDate), typed, month, days);

    public string EndIsBeforeStart(string first, string last) => Format(nameof(EndIsBeforeStart), first, last);

    public string NoEventsIn(string span, string first, string last) => Format(nameof(NoEventsIn), span, first, last);

    // Topics.
    public string TopicsHeading => Get(nameof(TopicsHeading));

    public string TopicsMore(string count) => Format(nameof(TopicsMore), count);

    public string TopicsHint(string topic) => Format(nameof(TopicsHint), topic);

    // Sources.
    public string NoSuchItem(string id) => Format(nameof(NoSuchItem), id);

    public string Work(string work) => Format(nameof(Work), work);

    public string WorkUnknown => Get(nameof(WorkUnknown));

    public string TranslatedBy(string translator) => Format(nameof(TranslatedBy), translator);

    public string WrittenIn(string date) => Format(nameof(WrittenIn), date);

    public string QuotedIn(string essay) => Format(nameof(QuotedIn), essay);

    public string UncertainAbout(string note) => Format(nameof(UncertainAbout), note);

    public string JoinedWords => Get(nameof(JoinedWords));

    public string OnTopics(string topics) => Format(nameof(OnTopics), topics);

    public string MentionedIn(string essays) => Format(nameof(MentionedIn), essays);

    public string DateFrom(string sources) => Format(nameof(DateFrom), sources);

    public string OldStyle(string day) => Format(nameof(OldStyle), day);

    public string DateSure => Get(nameof(DateSure));

    public string DateLikely => Get(nameof(DateLikely));

    public string DateDisputed => Get(nameof(DateDisputed));

    public string NoteOf(string note) => Format(nameof(NoteOf), note);
}
