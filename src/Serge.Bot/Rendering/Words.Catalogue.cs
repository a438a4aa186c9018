namespace Serge.Bot.Rendering;

// What the commands about the catalogue say, and how quotations and events are presented.
internal sealed partial class Words
{
    // Quotations.
    public string QuotedBy(string essayist) => Format(nameof(QuotedBy), essayist);

    public string NoSuchQuote(string id) => Format(nameof(NoSuchQuote), id);

    public string NoSuchTopic(string topic, string some) => Format(nameof(NoSuchTopic), topic, some);

    public string NothingFound(string words) => Format(nameof(NothingFound), words);

    public string NothingFoundInTopic(string words, string topic) => Format(nameof(NothingFoundInTopic), words, topic);

    // Events.
    public string OnThisDay(string dateAndEvent) => Format(nameof(OnThisDay), dateAndEvent);

    public string OnThisDaySeveral => Phrase(nameof(OnThisDaySeveral));

    public string EventLine(string date, string sentence) => Format(nameof(EventLine), date, sentence);

    public string DateIsDisputed(string? note) => Format(nameof(DateIsDisputed), note ?? "").TrimEnd();

    public string NoEventOn(string day) => Format(nameof(NoEventOn), day);

    public string OfThisMonth => Phrase(nameof(OfThisMonth));

    public string OfThisSeason => Phrase(nameof(OfThisSeason));

    public string NearestBefore => Phrase(nameof(NearestBefore));

    public string NearestAfter => Phrase(nameof(NearestAfter));

    public string SourceOf(string label) => Format(nameof(SourceOf), label);

    public string SourcesOf(string labels) => Format(nameof(SourcesOf), labels);

    /// <summary>That event sentences are in English, where the reader's language is another; empty in English.</summary>
    public string EventsAreInEnglish => Phrase(nameof(EventsAreInEnglish));

    public string NoDayOfYear(string typed) => Format(nameof(NoDayOfYear), typed);

    // About the bot.
    public string AboutWhat(string quotations, string events) => Format(nameof(AboutWhat), quotations, events);

    public string Quotations(int count) => Count(nameof(Quotations), count);

    public string Events(int count) => Count(nameof(Events), count);

    public string AboutTry => Phrase(nameof(AboutTry));

    public string AboutNobody => Phrase(nameof(AboutNobody));

    public string AboutOperator(string name) => Format(nameof(AboutOperator), name);

    public string AboutContact(string contact) => Format(nameof(AboutContact), contact);

    public string AboutPrivacy => Phrase(nameof(AboutPrivacy));

    public string AboutSourceCode(string link) => Format(nameof(AboutSourceCode), link);

    // When something is amiss.
    public string CommandIsGone => Phrase(nameof(CommandIsGone));

    public string ButtonIsGone => Phrase(nameof(ButtonIsGone));

    public string OurMistake => Phrase(nameof(OurMistake));

    public string TookTooLong => Phrase(nameof(TookTooLong));
}
