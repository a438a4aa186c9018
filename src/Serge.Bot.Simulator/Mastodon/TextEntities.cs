using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>What stands out in a text.</summary>
internal enum EntityKind
{
    /// <summary>An address with its protocol.</summary>
    Link,

    /// <summary>An account.</summary>
    Mention,

    /// <summary>A hashtag.</summary>
    Hashtag,
}

/// <summary>Something that stands out in a text.</summary>
/// <param name="Kind">What.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">The one after its last.</param>
/// <param name="Name">The account or tag, without the sign; empty for links.</param>
/// <param name="Domain">The account's server, if it is named.</param>
internal sealed record TextEntity(EntityKind Kind, int Start, int End, string Name, string? Domain = null);

/// <summary>Finds links, mentions and hashtags.</summary>
/// <remarks>A link needs a protocol and a domain name that exists; an address in digits, a user name in it or a bare host is none, and
/// counts letter by letter. Of the many generic top-level domains this knows the common ones only, so that it never counts a text shorter
/// than the real server does.</remarks>
internal static partial class TextEntities
{
    private const string Protocol = """(?<![A-Za-z0-9@＠$#＃_/])https?://""";
    private const string Labels = """(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+""";
    private const string TopDomain = """(?<top>[A-Za-z]{2,})(?![\p{L}\p{N}@])(?::[0-9]+)?""";
    private const string PathAndQuery = """(?<path>[/?][A-Za-z0-9À-ɏЀ-ӿ!*';:=+,.$/%#\[\]\-_~@|&?()]*)?""";

    private static readonly HashSet<string> GenericDomains = new(
        [
            "com",
            "org",
            "net",
            "edu",
            "gov",
            "mil",
            "int",
            "info",
            "biz",
            "name",
            "museum",
            "aero",
            "coop",
            "pro",
            "jobs",
            "mobi",
            "cat",
            "tel",
            "travel",
            "asia",
            "post",
            "arpa",
            "app",
            "dev",
            "page",
            "blog",
            "news",
            "press",
            "online",
            "site",
            "website",
            "space",
            "store",
            "shop",
            "social",
            "network",
            "club",
            "community",
            "world",
            "life",
            "live",
            "today",
            "xyz",
            "cloud",
            "tech",
            "wiki",
            "group",
            "center",
            "foundation",
            "institute",
            "academy",
            "education",
            "university",
            "school",
            "library",
            "art",
            "band",
            "book",
            "ink",
            "media",
            "studio",
            "video",
            "radio",
            "berlin",
            "brussels",
            "paris",
            "london",
            "moscow",
            "wien",
            "vlaanderen",
            "gent",
            "scot",
            "wales",
            "quebec",
            "nyc",
            "zone",
            "link",
            "red",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    public static IReadOnlyList<TextEntity> Find(string text)
    {
        List<TextEntity> found = [.. Links(text)];
        foreach (var match in Mention().Matches(text).AsEnumerable())
        {
            var domain = match.Groups["domain"].Success ? match.Groups["domain"].Value : null;
            Add(
                found,
                new TextEntity(
                    EntityKind.Mention,
                    match.Index,
                    match.Index + match.Length,
                    match.Groups["user"].Value,
                    domain
                )
            );
        }

        foreach (var match in Hashtag().Matches(text).AsEnumerable())
        {
            Add(
                found,
                new TextEntity(EntityKind.Hashtag, match.Index, match.Index + match.Length, match.Groups["tag"].Value)
            );
        }

        return [.. found.OrderBy(entity => entity.Start)];
    }

    private static void Add(List<TextEntity> found, TextEntity entity)
    {
        if (!found.Exists(other => other.Start < entity.End && entity.Start < other.End))
        {
            found.Add(entity);
        }
    }

    private static IEnumerable<TextEntity> Links(string text)
    {
        foreach (var match in Link().Matches(text).AsEnumerable())
        {
            var domain = match.Groups["top"].Value;
            // Country codes have two letters; all but a handful of the possible ones are in use.
            if (domain.Length == 2 || GenericDomains.Contains(domain))
            {
                var end = match.Groups["path"].Success
                    ? EndOfPath(text, match.Groups["path"])
                    : match.Index + match.Length;
                yield return new TextEntity(EntityKind.Link, match.Index, end, "");
            }
        }
    }

    /// <summary>Takes closing punctuation off a path, but for brackets that were opened in it.</summary>
    private static int EndOfPath(string text, Group path)
    {
        var end = path.Index + path.Length;
        while (end > path.Index)
        {
            var last = text[end - 1];
            var open =
                text[path.Index..end].Count(letter => letter == '(')
                >= text[path.Index..end].Count(letter => letter == ')');
            if (
                char.IsLetterOrDigit(last)
                || last is '=' or '_' or '#' or '/' or '+' or '-' or '&'
                || (last == ')' && open)
            )
            {
                break;
            }

            end--;
        }

        return end;
    }

    [GeneratedRegex(
        Protocol + Labels + TopDomain + PathAndQuery,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Link();

    [GeneratedRegex(
        @"(?<![=/\w])@(?<user>[a-z0-9_]+([.-]+[a-z0-9_]+)*)(@(?<domain>[\p{L}\p{N}]([\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?(:[0-9]+)?))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Mention();

    [GeneratedRegex(
        @"(?<![=/\)\p{L}\p{M}\p{N}_])[#＃](?<tag>[\p{L}\p{M}\p{N}_]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Hashtag();
}
