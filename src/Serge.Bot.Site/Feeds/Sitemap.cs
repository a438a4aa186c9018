using System.Xml;

namespace Serge.Bot.Site.Feeds;

/// <summary>The list of pages for search engines, which needs complete addresses.</summary>
internal static class Sitemap
{
    /// <summary>Source: sitemaps.org, Protocol: at most 50,000 addresses.</summary>
    private const int MaxPages = 50_000;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static SiteFile Create(IEnumerable<SiteFile> files, Uri root)
    {
        var indexed = files.Select(file => file.IndexedPage).OfType<string>();
        var pages = indexed.Take(MaxPages).ToList();
        return new("sitemap.xml", RenderAsync);

        Task<byte[]> RenderAsync()
        {
            var bytes = XmlFile.Write(xml => Write(xml, pages, root));
            return Task.FromResult(bytes);
        }
    }

    private static void Write(XmlWriter xml, IEnumerable<string> pages, Uri root)
    {
        xml.WriteStartElement("urlset", Namespace);
        foreach (var page in pages)
        {
            xml.WriteStartElement("url", Namespace);
            xml.WriteElementString("loc", Namespace, root.AbsoluteUri + page);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
