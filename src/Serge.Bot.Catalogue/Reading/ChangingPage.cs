using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Recognizes addresses whose content changes: what a source says today may not be there tomorrow.</summary>
internal static partial class ChangingPage
{
    /// <returns>What the page is, with its article; null when it looks like the page of one text.</returns>
    public static string? Describe(Uri url)
    {
        var address = Uri.UnescapeDataString(url.PathAndQuery);
        if (IsUserTimeline(url, address))
        {
            return "a user's timeline";
        }

        if (TagPage().IsMatch(address))
        {
            return "a tag page";
        }

        if (MonthPage().IsMatch(address))
        {
            return "a month page";
        }

        return null;
    }

    private static bool IsUserTimeline(Uri url, string address)
    {
        var host = url.Host.StartsWith("www.", StringComparison.Ordinal) ? url.Host[4..] : url.Host;
        return host switch
        {
            "twitter.com" or "x.com" or "mobile.twitter.com" => !address.Contains("/status/"),
            "bsky.app" => !address.Contains("/post/"),
            "timetoast.com" or "tiki-toki.com" or "preceden.com" => true,
            _ => ProfilePage().IsMatch(address),
        };
    }

    /// <summary>The pages of a tag, a category or a search, as blogs and newspapers number them.</summary>
    [GeneratedRegex(
        "/(tags?|category|categories|labels?|search|author)/|[?&](tag|cat|category|label|s|q)=",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex TagPage();

    /// <summary>A path that ends with a year and a month, or with a page of them.</summary>
    [GeneratedRegex(
        "^(/[a-z-]+)?/(1[89]|20)[0-9]{2}/(0?[1-9]|1[0-2])(/page/[0-9]+)?/?([?]|$)|_archive\\.html|[?&]m=[0-9]{6}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex MonthPage();

    /// <summary>A page of one user: of Mastodon or YouTube (<c>/@name</c>), or of a forum.</summary>
    [GeneratedRegex(
        "^/@[^/]+/?$|^/(users?|profile|channel|people|timelines?)/[^/]+/?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex ProfilePage();
}
