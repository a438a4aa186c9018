using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Site;

/// <summary>Checks that every link within the site leads to a file.</summary>
public static partial class SiteCheck
{
    /// <summary>Finds broken links.</summary>
    /// <param name="paths">The paths of all files.</param>
    /// <param name="readAsync">Reads a file.</param>
    /// <returns>One line for each page and link.</returns>
    public static async Task<IReadOnlyList<string>> FindBrokenLinksAsync(
        IReadOnlySet<string> paths,
        Func<string, Task<byte[]>> readAsync
    )
    {
        List<string> broken = [];
        var address = await FindAddressAsync(paths, readAsync);
        var folder = address?.AbsolutePath ?? "/";
        Uri site = new($"http://site{folder}");
        var pages = paths.Where(path => path.EndsWith(".html", StringComparison.Ordinal));
        foreach (var path in pages.Order(StringComparer.Ordinal))
        {
            var html = Encoding.UTF8.GetString(await readAsync(path));
            var links = FindLinks(html).Distinct();
            var missing = links.Where(link => !Exists(link, path, site, paths));
            broken.AddRange(missing.Select(link => $"{path}: broken link {link}."));
        }

        return broken;
    }

    /// <summary>The file of a page's folder.</summary>
    public static string GetFile(string path)
    {
        if (path.Length == 0 || path.EndsWith('/'))
        {
            return $"{path}index.html";
        }

        return path;
    }

    /// <summary>The address of the site in its start page. Links that begin with a slash are relative to it.</summary>
    /// <returns><see langword="null"/> if the site was written without an address.</returns>
    private static async Task<Uri?> FindAddressAsync(IReadOnlySet<string> paths, Func<string, Task<byte[]>> readAsync)
    {
        var start = GetFile("");
        if (!paths.Contains(start))
        {
            return null;
        }

        var html = Encoding.UTF8.GetString(await readAsync(start));
        var address = WebUtility.HtmlDecode(Canonical().Match(html).Groups["link"].Value);
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null;
    }

    private static IEnumerable<string> FindLinks(string html)
    {
        return Link().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["link"].Value));
    }

    private static bool Exists(string link, string path, Uri site, IReadOnlySet<string> paths)
    {
        if (!Uri.TryCreate(new Uri(site, path), link, out var target))
        {
            return false;
        }

        if (target.Host != site.Host)
        {
            return true;
        }

        if (!target.AbsolutePath.StartsWith(site.AbsolutePath, StringComparison.Ordinal))
        {
            return false;
        }

        var relative = target.AbsolutePath[site.AbsolutePath.Length..];
        return paths.Contains(GetFile(relative));
    }

    [GeneratedRegex(
        "(?:href|src|data-source|data-index)=\"(?<link>[^\"]*)\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Link();

    [GeneratedRegex(
        "<link rel=\"canonical\" href=\"(?<link>[^\"]*)\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Canonical();
}
