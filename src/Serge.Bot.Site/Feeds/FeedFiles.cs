using System.Globalization;
using System.Text.Json;
using System.Xml;
using Serge.Bot.Site.Slices;

namespace Serge.Bot.Site.Feeds;

/// <summary>The feeds, which need complete addresses.</summary>
internal sealed class FeedFiles
{
    /// <summary>Entries of a feed, newest first.</summary>
    private const int MaxEntries = 30;

    private const string Atom = "http://www.w3.org/2005/Atom";

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
        yield return new("feed.xml", files.WriteAtomAsync);
        yield return new("feed.json", files.WriteJsonFeedAsync);
    }

    private async Task<byte[]> WriteAtomAsync()
    {
        var entries = await GetEntriesAsync();
        return XmlFile.Write(xml => WriteAtom(xml, entries));
    }

    private async Task<byte[]> WriteJsonFeedAsync()
    {
        var entries = await GetEntriesAsync();
        return JsonFile.Write(json => WriteJsonFeed(json, entries));
    }

    private async Task<IReadOnlyList<FeedEntry>> GetEntriesAsync()
    {
        List<FeedEntry> entries = [];
        foreach (var post in GetPosts())
        {
            if (entries.Count == MaxEntries)
            {
                break;
            }

            if (await CreateEntryAsync(post) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>What was posted; when nothing was, the choices of the last days.</summary>
    private IEnumerable<SitePost> GetPosts()
    {
        var posts = _content.Options.Posts;
        if (posts.Count > 0)
        {
            return posts;
        }

        var days = Enumerable.Range(0, MaxEntries).Select(ago => _content.Options.Today.AddDays(-ago));
        return days.SelectMany(CreatePosts);
    }

    private IEnumerable<SitePost> CreatePosts(DateOnly date)
    {
        var day = _content.GetDay(date);
        var name = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        DateTimeOffset midnight = new(date, TimeOnly.MinValue, TimeSpan.Zero);
        yield return new($"{name}-events", midnight, [.. day.Events.Select(known => known.Id)]);
        yield return new($"{name}-quotation", midnight, day.Quote is null ? [] : [day.Quote.Id]);
    }

    /// <returns>Null when nothing of it is served any more.</returns>
    private async Task<FeedEntry?> CreateEntryAsync(SitePost post)
    {
        var quotes = post.Items.Select(_content.Catalogue.FindQuote).OfType<Quote>().ToList();
        var events = post.Items.Select(_content.Catalogue.FindEvent).OfType<Event>().ToList();
        if (FindFirst(quotes, events) is not { } first)
        {
            return null;
        }

        FeedTextModel model = new(_language, quotes, events);
        var rendered = await PageRenderer.RenderAsync(FeedText.Create(model));
        // The encoder writes line breaks of texts, and only these, as this reference. Feed readers show them as spaces.
        var html = rendered.Replace("&#xA;", "<br>", StringComparison.Ordinal);
        return new($"{_root}#{post.Id}", post.At, _root + first.Path, GetTitle(first), html);
    }

    /// <summary>The entry that a post is named after and leads to.</summary>
    private ListLine? FindFirst(List<Quote> quotes, List<Event> events)
    {
        if (quotes.Count > 0)
        {
            return LineText.Create(quotes[0], _language);
        }

        if (events.Count > 0)
        {
            return LineText.Create(events[0], _language);
        }

        return null;
    }

    private static string GetTitle(ListLine line)
    {
        if (line.IsQuote)
        {
            return Suggestion.Shorten(line.Text);
        }

        return Suggestion.Shorten($"{line.Remark}: {line.Text}");
    }

    private void WriteAtom(XmlWriter xml, IReadOnlyList<FeedEntry> entries)
    {
        xml.WriteStartElement("feed", Atom);
        xml.WriteElementString("id", Atom, _root);
        xml.WriteElementString("title", Atom, _content.Author.Name);
        WriteLink(xml, "self", $"{_root}feed.xml");
        WriteLink(xml, "alternate", _root);
        var updated = entries.Count > 0 ? entries[0].At : DateTimeOffset.UnixEpoch;
        xml.WriteElementString("updated", Atom, FormatTime(updated));
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, _content.Author.Name);
        xml.WriteEndElement();
        foreach (var entry in entries)
        {
            WriteEntry(xml, entry);
        }

        xml.WriteEndElement();
    }

    private static void WriteEntry(XmlWriter xml, FeedEntry entry)
    {
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("id", Atom, entry.Id);
        xml.WriteElementString("title", Atom, entry.Title);
        WriteLink(xml, "alternate", entry.Url);
        xml.WriteElementString("updated", Atom, FormatTime(entry.At));
        xml.WriteStartElement("content", Atom);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(entry.Html);
        xml.WriteEndElement();
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
    private void WriteJsonFeed(Utf8JsonWriter json, IReadOnlyList<FeedEntry> entries)
    {
        json.WriteStartObject();
        json.WriteString("version", "https://jsonfeed.org/version/1.1");
        json.WriteString("title", _content.Author.Name);
        json.WriteString("home_page_url", _root);
        json.WriteString("feed_url", $"{_root}feed.json");
        json.WriteString("language", _language.Code);
        json.WriteStartArray("items");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("url", entry.Url);
            json.WriteString("title", entry.Title);
            json.WriteString("content_html", entry.Html);
            json.WriteString("date_published", FormatTime(entry.At));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string FormatTime(DateTimeOffset time)
    {
        return time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>An entry of both feeds.</summary>
    /// <param name="Id">Belongs to the post, because a part of its content may be withdrawn. Source: RFC 4287,
    /// 4.2.6.</param>
    /// <param name="At">When it was due.</param>
    /// <param name="Url">The page of the first quotation or event.</param>
    /// <param name="Title">One line.</param>
    /// <param name="Html">The content.</param>
    private sealed record FeedEntry(string Id, DateTimeOffset At, string Url, string Title, string Html);
}
