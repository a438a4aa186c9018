using System.Globalization;

namespace Serge.Bot.Site.Content;

/// <summary>The site's own texts in one language. A text with a number in braces has placeholders.</summary>
public sealed partial record SiteTexts
{
    public required string Quotations { get; init; }

    public required string Timeline { get; init; }

    public required string Days { get; init; }

    public required string Topics { get; init; }

    public required string Sources { get; init; }

    public required string Search { get; init; }

    public required string About { get; init; }

    public required string Rights { get; init; }

    public required string Privacy { get; init; }

    /// <summary>For the keyboard: the first link of a page.</summary>
    public required string SkipToText { get; init; }

    /// <summary>The name of the navigation for screen readers.</summary>
    public required string MainNavigation { get; init; }

    /// <summary>The name of the links to the previous and the next page for screen readers.</summary>
    public required string Neighbours { get; init; }

    /// <summary>The link to the same page in the other language, written in that language.</summary>
    public required string OtherLanguage { get; init; }

    public required string Quotation { get; init; }

    public required string Event { get; init; }

    public required string Today { get; init; }

    public required string QuotationOfTheDay { get; init; }

    public required string OnThisDay { get; init; }

    public required string NoEventOnThisDay { get; init; }

    public required string NoQuotations { get; init; }

    /// <summary>The link from a quotation to its page.</summary>
    public required string ContextAndSource { get; init; }

    public required string Context { get; init; }

    public required string Uncertain { get; init; }

    public required string Work { get; init; }

    public required string WorkUnknown { get; init; }

    public required string PrintedIn { get; init; }

    public required string Written { get; init; }

    public required string Joined { get; init; }

    public required string JoinedExplained { get; init; }

    public required string CiteAs { get; init; }

    public required string BelongsTo { get; init; }

    /// <summary>Before the content warning itself.</summary>
    public required string Warning { get; init; }

    public required string Show { get; init; }

    public required string Certainty { get; init; }

    public required string Note { get; init; }

    public required string OldStyle { get; init; }

    public required string RestsOn { get; init; }

    public required string MentionedBy { get; init; }

    public required string SameDay { get; init; }

    /// <summary>Empty in English.</summary>
    public required string EventsAreInEnglish { get; init; }

    public required string AuthorOfSource { get; init; }

    public required string Translator { get; init; }

    public required string Published { get; init; }

    public required string Address { get; init; }

    public required string KindWork { get; init; }

    public required string KindEssay { get; init; }

    public required string KindReference { get; init; }

    public required string Previous { get; init; }

    public required string Next { get; init; }

    /// <summary>{0}: the page, {1}: how many there are.</summary>
    public required string PageOf { get; init; }

    /// <summary>{0}: a number.</summary>
    public required string QuotationCount { get; init; }

    /// <summary>{0}: a number.</summary>
    public required string EventCount { get; init; }

    /// <summary>The title of a topic’s page. {0}: the topic.</summary>
    public required string AboutTopic { get; init; }

    /// <summary>{0}: the year.</summary>
    public required string YearTitle { get; init; }

    /// <summary>For rows of one year.</summary>
    public required string TimelineExplained { get; init; }

    /// <summary>For rows of several years. {0}: how many.</summary>
    public required string TimelineOfLongRowsExplained { get; init; }

    public required string KindLife { get; init; }

    public required string KindContext { get; init; }

    public required string KindPerson { get; init; }

    public required string KindLived { get; init; }

    /// <summary>A row of the timeline for screen readers. {0}: the year or years, {1}: the number of events.</summary>
    public required string YearLink { get; init; }

    public required string DaysExplained { get; init; }

    public required string SearchLabel { get; init; }

    public required string SearchNeedsScript { get; init; }

    public required string SearchNothing { get; init; }

    /// <summary>After the number one.</summary>
    public required string SearchFoundOne { get; init; }

    /// <summary>After a greater number.</summary>
    public required string SearchFoundMany { get; init; }

    /// <summary>After the number of results, if the page does not show all of them.</summary>
    public required string SearchFoundTooMany { get; init; }

    /// <summary>What the page says if the index of the search could not be loaded.</summary>
    public required string SearchFailed { get; init; }

    public required string GoneTitle { get; init; }

    public required string GoneExplained { get; init; }

    public required string NotFoundTitle { get; init; }

    public required string NotFoundExplained { get; init; }

    public required string StartPage { get; init; }

    /// <summary>{0}: the author.</summary>
    public required string AboutWhat { get; init; }

    public required string AboutDates { get; init; }

    public required string AboutBot { get; init; }

    public required string AboutErrors { get; init; }

    public required string RunBy { get; init; }

    public required string Contact { get; init; }

    public required string SourceCode { get; init; }

    public required string FeedsTitle { get; init; }

    public required string FeedAtom { get; init; }

    public required string FeedJson { get; init; }

    public required string FeedCalendar { get; init; }

    public required string FeedToday { get; init; }

    public required string FeedQuotes { get; init; }

    public required string FeedEvents { get; init; }

    public required string RightsQuotations { get; init; }

    public required string RightsOwnTexts { get; init; }

    public required string RightsRemoval { get; init; }

    public required string PrivacyPages { get; init; }

    public required string PrivacyHost { get; init; }

    /// <summary>What the drawing of the timeline shows.</summary>
    /// <param name="yearsPerRow">1 or more.</param>
    public string ExplainTimeline(int yearsPerRow)
    {
        if (yearsPerRow == 1)
        {
            return TimelineExplained;
        }

        return string.Format(CultureInfo.InvariantCulture, TimelineOfLongRowsExplained, yearsPerRow);
    }
}
