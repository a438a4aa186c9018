using Serge.Bot.Site.Feeds;

namespace Serge.Bot.Site;

/// <summary>Creates all files of the site. The same content gives the same bytes.</summary>
public static class SiteBuilder
{
    /// <summary>Lists all files; nothing is rendered yet.</summary>
    public static IReadOnlyList<SiteFile> Create(SiteContent content)
    {
        List<SiteFile> pages = [.. content.Languages.SelectMany(CreatePages)];
        List<SiteFile> files = [.. GetAssets(), .. DataFiles.Create(content), .. pages];
        if (content.Options.BaseUrl is { } root)
        {
            files.AddRange(FeedFiles.Create(content, root));
            files.Add(Sitemap.Create(pages, root));
            files.AddRange(CreatePictures(content));
        }

        return files;

        IEnumerable<SiteFile> CreatePages(SiteLanguage language) => new LanguagePages(content, language).Create();
    }

    private static IEnumerable<SiteFile> CreatePictures(SiteContent content)
    {
        foreach (var (path, picture) in content.Options.Pictures)
        {
            yield return new(path + SitePicture.FileName, picture.DrawAsync);
        }
    }

    private static IEnumerable<SiteFile> GetAssets()
    {
        const string Prefix = "Site.";
        foreach (var resource in typeof(SiteBuilder).Assembly.GetManifestResourceNames())
        {
            yield return new(resource[Prefix.Length..], () => ReadAsync(resource));
        }
    }

    private static async Task<byte[]> ReadAsync(string resource)
    {
        await using var stream = typeof(SiteBuilder).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
