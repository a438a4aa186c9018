using Serge.Bot.Site.Slices;

namespace Serge.Bot.Site;

/// <summary>The pages of one language.</summary>
internal sealed class LanguagePages(SiteContent content, SiteLanguage language)
{
    private readonly ListPages _lists = new(content, language);

    private SiteTexts Texts => language.Texts;

    public IEnumerable<SiteFile> Create()
    {
        IEnumerable<SiteFile>[] all =
        [
            [CreateStart(), CreateCalendar(), CreateTimeline(), CreateSearch()],
            content.Catalogue.Quotes.Select(CreateQuote),
            content.Events.Select(CreateEvent),
            GetDays().Select(CreateDay),
            _lists.Create(),
            [CreateAbout(), CreateRights(), CreatePrivacy(), CreateNotFound()],
            content.Gone.Select(CreateGone),
        ];
        return all.SelectMany(files => files);
    }

    private SiteFile CreateStart()
    {
        var day = content.GetDay(content.Options.Today);
        var page = CreateFrame(SitePaths.Start, content.Author.Name) with
        {
            Description = language.GetAbout(content.Author),
            Script = "today.js",
        };
        return PageRenderer.CreateFile(page, () => Start.Create(new StartModel(page, day)));
    }

    private SiteFile CreateQuote(Quote quote)
    {
        var text = LineText.Get(quote, language);
        var credit = language.Wording.FormatCredit(quote);
        var page = CreateFrame(SitePaths.GetQuotePath(quote.Id), Suggestion.Shorten(text)) with
        {
            Description = $"{text} {credit}",
        };
        page = page with { StructuredData = StructuredData.Write(quote, page) };
        return PageRenderer.CreateFile(page, () => QuotePage.Create(new QuoteModel(page, quote)));
    }

    private SiteFile CreateEvent(Event known)
    {
        var text = LineText.Get(known, language);
        var date = language.Wording.FormatDate(known.Date);
        var title = $"{date}: {Suggestion.Shorten(text)}";
        var page = CreateFrame(SitePaths.GetEventPath(known.Id), title) with { Description = $"{date}: {text}" };
        return PageRenderer.CreateFile(page, () => EventPage.Create(new EventModel(page, known)));
    }

    private SiteFile CreateDay(DateOnly day)
    {
        var name = language.Wording.FormatDayOfYear(day);
        var page = CreateFrame(SitePaths.GetDayPath(day), name) with { Description = $"{Texts.OnThisDay}: {name}" };
        DayModel model = new(page, day, FindEvents(day));
        return PageRenderer.CreateFile(page, () => DayPage.Create(model));
    }

    private SiteFile CreateCalendar()
    {
        var page = CreateFrame(SitePaths.Days, Texts.Days) with { Description = Texts.DaysExplained };
        var counts = GetDays().Select(day => (day, FindEvents(day).Count));
        CalendarModel model = new(page, [.. counts]);
        return PageRenderer.CreateFile(page, () => Calendar.Create(model));
    }

    private SiteFile CreateTimeline()
    {
        var drawing = TimelineDrawing.Create(content.Events, content.Author.Lived);
        var explanation = Texts.ExplainTimeline(drawing.YearsPerRow);
        var page = CreateFrame(SitePaths.Timeline, Texts.Timeline) with { Description = explanation };
        TimelineModel model = new(page, drawing);
        return PageRenderer.CreateFile(page, () => TimelinePage.Create(model));
    }

    private SiteFile CreateSearch()
    {
        var page = CreateFrame(SitePaths.Search, Texts.Search) with
        {
            Description = Texts.SearchLabel,
            Script = "search.js",
        };
        return PageRenderer.CreateFile(page, () => SearchPage.Create(new SearchModel(page)));
    }

    private SiteFile CreateAbout()
    {
        string[] paragraphs =
        [
            language.Wording.InsertName(Texts.AboutWhat, content.Author.Name),
            Texts.AboutDates,
            Texts.AboutBot,
            Texts.AboutErrors,
        ];
        var model = CreateText(SitePaths.About, Texts.About, paragraphs);
        return CreateFile(model with { HasOperator = true, HasFeeds = true });
    }

    private SiteFile CreateRights()
    {
        string[] paragraphs = [Texts.RightsQuotations, Texts.RightsOwnTexts, Texts.RightsRemoval];
        var model = CreateText(SitePaths.Rights, Texts.Rights, paragraphs);
        return CreateFile(model with { HasOperator = true });
    }

    private SiteFile CreatePrivacy()
    {
        string[] paragraphs = [Texts.PrivacyPages, Texts.PrivacyHost];
        var model = CreateText(SitePaths.Privacy, Texts.Privacy, paragraphs);
        return CreateFile(model);
    }

    /// <summary>The server answers with it for a missing page at any path.</summary>
    private SiteFile CreateNotFound()
    {
        var page = CreateFrame("", Texts.NotFoundTitle) with { IsIndexed = false, UsesAbsoluteLinks = true };
        return CreateFile(new(page, [Texts.NotFoundExplained]));
    }

    private SiteFile CreateGone(string path)
    {
        var page = CreateFrame(path, Texts.GoneTitle) with { IsIndexed = false };
        return CreateFile(new(page, [Texts.GoneExplained]));
    }

    private TextModel CreateText(string path, string title, string[] paragraphs)
    {
        var page = CreateFrame(path, title) with { Description = paragraphs[0] };
        return new(page, paragraphs);
    }

    private static SiteFile CreateFile(TextModel model)
    {
        return PageRenderer.CreateFile(model.Page, () => TextPage.Create(model));
    }

    private PageFrame CreateFrame(string path, string title)
    {
        return new()
        {
            Content = content,
            Language = language,
            Path = path,
            Title = title,
        };
    }

    private List<Event> FindEvents(DateOnly day)
    {
        return [.. content.FindEvents(day)];
    }

    /// <summary>All days of a leap year.</summary>
    private static IEnumerable<DateOnly> GetDays()
    {
        DateOnly first = new(2000, 1, 1);
        return Enumerable.Range(0, 366).Select(first.AddDays);
    }
}
