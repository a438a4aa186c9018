using System.Globalization;
using Serge.Bot.Site.Slices;

namespace Serge.Bot.Site;

/// <summary>The lists of one language: quotations, topics, years, sources. Long ones have several pages.</summary>
internal sealed class ListPages(SiteContent content, SiteLanguage language)
{
    /// <summary>With the longest lines a page is still smaller than 60 kB.</summary>
    private const int LinesPerPage = 50;

    private SiteTexts Texts => language.Texts;

    public IEnumerable<SiteFile> Create()
    {
        IEnumerable<SiteFile>[] all =
        [
            CreateList(SitePaths.Quotes, Texts.Quotations, content.Catalogue.Quotes.Select(CreateLine)),
            CreateList(SitePaths.Topics, Texts.Topics, content.Catalogue.Topics.Select(CreateLine)),
            CreateList(SitePaths.Sources, Texts.Sources, content.Catalogue.Sources.Select(CreateLine)),
            content.Catalogue.Topics.SelectMany(CreateTopic),
            content.Catalogue.Sources.SelectMany(CreateSource),
            CreateYears(),
        ];
        return all.SelectMany(files => files);
    }

    private IEnumerable<SiteFile> CreateTopic(Topic topic)
    {
        var quotes = content.Catalogue.FindQuotesByTopic(topic.Name);
        var title = string.Format(null, Texts.AboutTopic, LineText.GetTopicName(topic.Name));
        return CreateList(SitePaths.GetTopicPath(topic.Name), title, quotes.Select(CreateLine));
    }

    private IEnumerable<SiteFile> CreateSource(Source source)
    {
        var quotes = content.FindQuotes(source).Select(CreateLine);
        var events = content.FindEvents(source).Select(CreateLine);
        return CreateList(
            SitePaths.GetSourcePath(source.Id),
            source.Title,
            quotes.Concat(events),
            list => list with { Source = source }
        );
    }

    private IEnumerable<SiteFile> CreateYears()
    {
        var years = content.Events.GroupBy(SiteContent.GetYear).ToList();
        for (var i = 0; i < years.Count; i++)
        {
            var year = years[i];
            var title = Format(Texts.YearTitle, year.Key);
            var before = CreateYear(years.ElementAtOrDefault(i - 1));
            var after = CreateYear(years.ElementAtOrDefault(i + 1));
            var pages = CreateList(
                SitePaths.GetYearPath(year.Key),
                title,
                year.Select(CreateLine),
                list => list with { Previous = before, Next = after }
            );
            foreach (var page in pages)
            {
                yield return page;
            }
        }
    }

    private IEnumerable<SiteFile> CreateList(
        string path,
        string title,
        IEnumerable<ListLine> lines,
        Func<ListModel, ListModel>? change = null
    )
    {
        var chunks = lines.Chunk(LinesPerPage).ToList();
        var count = Math.Max(1, chunks.Count);
        for (var number = 1; number <= count; number++)
        {
            PageFrame page = new()
            {
                Content = content,
                Language = language,
                Path = SitePaths.GetListPagePath(path, number),
                Title = title,
                Description = title,
            };
            var chunk = chunks.ElementAtOrDefault(number - 1) ?? [];
            ListModel list = new(page, path, chunk, number, count);
            var model = change is null ? list : change(list);
            yield return PageRenderer.CreateFile(page, () => ListPage.Create(model));
        }
    }

    private ListLine CreateLine(Quote quote) => LineText.Create(quote, language);

    private ListLine CreateLine(Event known) => LineText.Create(known, language);

    private ListLine CreateLine(Topic topic)
    {
        var path = SitePaths.GetTopicPath(topic.Name);
        var name = LineText.GetTopicName(topic.Name);
        return new(path, name, Format(Texts.QuotationCount, topic.Count));
    }

    private ListLine CreateLine(Source source)
    {
        var quotes = content.FindQuotes(source).Count();
        var events = content.FindEvents(source).Count();
        List<string> counts = [];
        if (quotes > 0)
        {
            counts.Add(Format(Texts.QuotationCount, quotes));
        }

        if (events > 0)
        {
            counts.Add(Format(Texts.EventCount, events));
        }

        var path = SitePaths.GetSourcePath(source.Id);
        var remark = string.Join(" · ", counts);
        return new(path, source.ShortName, remark);
    }

    private static ListLine? CreateYear(IGrouping<int, Event>? year)
    {
        if (year is null)
        {
            return null;
        }

        var name = year.Key.ToString(CultureInfo.InvariantCulture);
        return new(SitePaths.GetYearPath(year.Key), name);
    }

    private static string Format(string text, int number)
    {
        return string.Format(CultureInfo.InvariantCulture, text, number);
    }
}
