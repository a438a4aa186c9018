using System.Globalization;
using System.Text;
using System.Xml;

namespace Serge.Bot.Site.Feeds;

/// <summary>The feeds and the sitemap, which need complete addresses.</summary>
internal sealed class FeedFiles
{
    /// <summary>Entries of a feed, newest first.</summary>
    private const int MaxEntries = 30;

    /// <summary>Source: sitemaps.org, Protocol: at most 50,000 addresses.</summary>
    private const int MaxSitemap = 50_000;

    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    private readonly SiteContent _content;
    private readonly string _root;
    private readonly SiteLanguage _language;

    private FeedFiles(SiteContent content, Uri root)
    {
        _content = content;
        _root = root.AbsoluteUri;
        _language = content.Languages[0];
    }

    public static IEnumerable<SiteFile> Create(SiteContent content, Uri root)
    {
        FeedFiles files = new(content, root);
        yield return new("feed.xml", () => Task.FromResult(WriteXml(files.WriteAtom)));
        yield return JsonFile.Create("feed.json", files.WriteJsonFeed);
        yield return new("sitemap.xml", () => Task.FromResult(WriteXml(files.WriteSitemap)));
    }

    /// <summary>What was posted; when nothing was, the choices of the last days.</summary>
    private IEnumerable<FeedEntry> GetEntries()
    {
        var posts = _content.Options.Posts;
        if (posts.Count > 0)
        {
            return posts.Select(post => CreateEntry(post.At, post.Items)).OfType<FeedEntry>().Take(MaxEntries);
        }

        var days = Enumerable.Range(0, MaxEntries).Select(ago => _content.Options.Today.AddDays(-ago));
        return days.SelectMany(CreateEntries).Take(MaxEntries);
    }

    private IEnumerable<FeedEntry> CreateEntries(DateOnly date)
    {
        var day = _content.GetDay(date);
        DateTimeOffset midnight = new(date, TimeOnly.MinValue, TimeSpan.Zero);
        FeedEntry?[] entries =
        [
            CreateEntry(midnight, day.Events.Select(known => known.Id)),
            CreateEntry(midnight, day.Quote is null ? [] : [day.Quote.Id]),
        ];
        return entries.OfType<FeedEntry>();
    }

    /// <returns>Null when nothing of it is served any more.</returns>
    private FeedEntry? CreateEntry(DateTimeOffset at, IEnumerable<string> items)
    {
        List<string> paragraphs = [];
        ListLine? first = null;
        foreach (var id in items)
        {
            if (_content.Catalogue.FindQuote(id) is { } quote)
            {
                first ??= LineText.Create(quote, _language);
                var words = _language.Wording.AddQuotationMarks(quote.Text);
                paragraphs.Add(Join(quote.Warning, $"{words}\n{_language.Wording.FormatCredit(quote)}"));
            }
            else if (_content.Catalogue.FindEvent(id) is { } known)
            {
                first ??= LineText.Create(known, _language);
                var date = _language.Wording.FormatDate(known.Date);
                paragraphs.Add(Join(known.Warning, $"{date}: {known.Text}"));
            }
        }

        if (first is null)
        {
            return null;
        }

        var title = first.IsQuote ? first.Text : $"{first.Remark}: {first.Text}";
        return new(at, _root + first.Path, Suggestion.Shorten(title), string.Join("\n\n", paragraphs));
    }

    private string Join(string? warning, string text)
    {
        return warning is null ? text : $"{_language.Texts.Warning}: {warning}\n\n{text}";
    }

    private void WriteAtom(XmlWriter xml)
    {
        xml.WriteStartElement("feed", Atom);
        xml.WriteElementString("id", Atom, _root);
        xml.WriteElementString("title", Atom, _content.Author.Name);
        WriteLink(xml, "self", $"{_root}feed.xml");
        WriteLink(xml, "alternate", _root);
        var entries = GetEntries().ToList();
        var updated = entries.FirstOrDefault()?.At ?? DateTimeOffset.UnixEpoch;
        xml.WriteElementString("updated", Atom, FormatTime(updated));
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, _content.Author.Name);
        xml.WriteEndElement();
        foreach (var entry in entries)
        {
            xml.WriteStartElement("entry", Atom);
            xml.WriteElementString("id", Atom, entry.Id);
            xml.WriteElementString("title", Atom, entry.Title);
            WriteLink(xml, "alternate", entry.Url);
            xml.WriteElementString("updated", Atom, FormatTime(entry.At));
            xml.WriteElementString("content", Atom, entry.Text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    /// <summary>Source: jsonfeed.org, version 1.1.</summary>
    private void WriteJsonFeed(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", "https://jsonfeed.org/version/1.1");
        json.WriteString("title", _content.Author.Name);
        json.WriteString("home_page_url", _root);
        json.WriteString("feed_url", $"{_root}feed.json");
        json.WriteString("language", _language.Code);
        json.WriteStartArray("items");
        foreach (var entry in GetEntries())
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("url", entry.Url);
            json.WriteString("title", entry.Title);
            json.WriteString("content_text", entry.Text);
            json.WriteString("date_published", FormatTime(entry.At));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteSitemap(XmlWriter xml)
    {
        var quotes = _content.Catalogue.Quotes.Select(quote => Addresses.OfQuote(quote.Id));
        var events = _content.Events.Select(known => Addresses.OfEvent(known.Id));
        string[] first = [Addresses.Start, Addresses.Quotes, Addresses.Timeline, Addresses.Days, Addresses.Topics];
        xml.WriteStartElement("urlset", Sitemap);
        foreach (var path in first.Concat(quotes).Concat(events).Take(MaxSitemap))
        {
            xml.WriteStartElement("url", Sitemap);
            xml.WriteElementString("loc", Sitemap, _root + path);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static byte[] WriteXml(Action<XmlWriter> write)
    {
        using MemoryStream stream = new();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            write(xml);
        }

        return stream.ToArray();
    }

    private static string FormatTime(DateTimeOffset time)
    {
        return time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>An entry of both feeds.</summary>
    private sealed record FeedEntry(DateTimeOffset At, string Url, string Title, string Text)
    {
        /// <summary>The same quotation may be posted again, as another entry.</summary>
        public string Id => $"{Url}#{At.ToUnixTimeSeconds()}";
    }
}
