namespace Serge.Bot.Site.Content;

/// <summary>A file of the site, which is rendered when it is needed.</summary>
/// <param name="Path">Relative to the root of the site, with <c>/</c> between folders.</param>
/// <param name="RenderAsync">Renders the content; can be called more than once.</param>
public sealed record SiteFile(string Path, Func<Task<byte[]>> RenderAsync)
{
    /// <summary>The path of its page, see <see cref="SitePaths"/>, with the folder of the language; null if it is not a
    /// page that search engines may list.</summary>
    public string? IndexedPage { get; init; }

    /// <summary>The media type, as a web server sends it.</summary>
    public string ContentType => GetContentType(Path);

    /// <summary>The media type of a file, by the ending of its name.</summary>
    public static string GetContentType(string path) =>
        System.IO.Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".json" => "application/json",
            ".xml" => "application/xml",
            ".ics" => "text/calendar; charset=utf-8",
            ".png" => "image/png",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
}
