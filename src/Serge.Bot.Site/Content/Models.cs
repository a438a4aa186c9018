namespace Serge.Bot.Site.Content;

/// <summary>The start page.</summary>
public sealed record StartModel(PageFrame Page, SiteDay Day);

/// <summary>The page of a quotation.</summary>
public sealed record QuoteModel(PageFrame Page, Quote Quote);

/// <summary>The words of a quotation with the credit.</summary>
public sealed record WordsModel(SiteLanguage Language, Quote Quote);

/// <summary>The text of an entry, hidden behind its content warning if it has one.</summary>
/// <param name="Texts">The texts around the warning.</param>
/// <param name="Warning">Null when there is none.</param>
/// <param name="Text">What it shows.</param>
/// <param name="Kind">How it is marked up.</param>
public sealed record EntryTextModel(SiteTexts Texts, string? Warning, string Text, EntryTextKind Kind);

/// <summary>Where the text of an entry comes from.</summary>
public enum EntryTextKind
{
    /// <summary>The words of a quotation.</summary>
    Quotation,

    /// <summary>The words of a quotation with credit and address, in the language of the page.</summary>
    Citation,

    /// <summary>The sentence of an event.</summary>
    Event,
}

/// <summary>The text of an entry in a feed: the content of a post.</summary>
public sealed record FeedTextModel(SiteLanguage Language, IReadOnlyList<Quote> Quotes, IReadOnlyList<Event> Events);

/// <summary>The page of an event.</summary>
public sealed record EventModel(PageFrame Page, Event Event);

/// <summary>The page of a day of every year.</summary>
/// <param name="Page">The page.</param>
/// <param name="Day">The day in a leap year.</param>
/// <param name="Events">The events of that day, oldest first.</param>
public sealed record DayModel(PageFrame Page, DateOnly Day, IReadOnlyList<Event> Events);

/// <summary>The calendar of all days.</summary>
/// <param name="Page">The page.</param>
/// <param name="Counts">The number of events on each day of a leap year, in order.</param>
public sealed record CalendarModel(PageFrame Page, IReadOnlyList<(DateOnly Day, int Events)> Counts);

/// <summary>The drawing of the life.</summary>
public sealed record TimelineModel(PageFrame Page, TimelineDrawing Drawing);

/// <summary>A list, or a page of it.</summary>
/// <param name="Page">The page.</param>
/// <param name="List">The path of its first page.</param>
/// <param name="Lines">The lines on this page.</param>
/// <param name="Number">The number of this page, from 1.</param>
/// <param name="Count">The number of pages.</param>
public sealed record ListModel(PageFrame Page, string List, IReadOnlyList<ListLine> Lines, int Number, int Count)
{
    /// <summary>Facts above the list: a source; null when there are none.</summary>
    public Source? Source { get; init; }

    /// <summary>The lists before and after this one, such as other years; null when there are none.</summary>
    public ListLine? Previous { get; init; }

    public ListLine? Next { get; init; }
}

/// <summary>A line of a list.</summary>
/// <param name="Path">Where it leads.</param>
/// <param name="Text">The text of the link.</param>
/// <param name="Remark">Below or beside it.</param>
/// <param name="IsQuote">Whether it is a quotation.</param>
public sealed record ListLine(string Path, string Text, string Remark = "", bool IsQuote = false);

/// <summary>A page of plain paragraphs.</summary>
/// <param name="Page">The page.</param>
/// <param name="Paragraphs">Its text.</param>
public sealed record TextModel(PageFrame Page, IReadOnlyList<string> Paragraphs)
{
    /// <summary>Whether to add who runs the site.</summary>
    public bool HasOperator { get; init; }

    /// <summary>Whether to add the feeds and files for programs.</summary>
    public bool HasFeeds { get; init; }
}

/// <summary>The facts about a source.</summary>
public sealed record SourceModel(PageFrame Page, Source Source);

/// <summary>The search.</summary>
public sealed record SearchModel(PageFrame Page);
