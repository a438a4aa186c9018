using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Mastodon;

internal enum EntityKind
{
    /// <summary>A URL with its protocol.</summary>
    Link,

    Mention,

    Hashtag,
}

/// <summary>A link, a mention or a hashtag in a text.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">The index of the first character.</param>
/// <param name="End">The index after the last character.</param>
/// <param name="Name">The account or tag, without the sign; empty for links.</param>
/// <param name="Domain">The account's server, if the mention names it.</param>
internal sealed record TextEntity(EntityKind Kind, int Start, int End, string Name, string? Domain = null);

/// <summary>Finds links, mentions and hashtags.</summary>
/// <remarks>A link needs a protocol and a domain name with a known top-level domain. An IP address, a URL with a user
/// name and a host without a protocol are no links and count in full. Only common generic top-level domains are known
/// here, so that no text counts shorter than on the real server.</remarks>
internal static partial class TextEntities
{
    private const string User = """(?<![=/\w])@(?<user>[a-z0-9_]+([.-]+[a-z0-9_]+)*)""";
    private const string Domain = """(@(?<domain>[\p{L}\p{N}]([\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?(:[0-9]+)?))?""";
    private const string Protocol = """(?<![A-Za-z0-9@＠$#＃_/])https?://""";
    private const string Labels = """(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+""";
    private const string TopDomain = """(?<top>[A-Za-z]{2,})(?![\p{L}\p{N}@])(?::[0-9]+)?""";
    private const string PathAndQuery = """(?<path>[/?][A-Za-z0-9À-ɏЀ-ӿ!*';:=+,.$/%#\[\]\-_~@|&?()]*)?""";

    private static readonly HashSet<string> GenericDomains = ReadWords(
        """
        com org net edu gov mil int info biz name museum aero coop pro jobs mobi cat tel travel asia post
        arpa app dev page blog news press online site website space store shop social network club
        community world life live today xyz cloud tech wiki group center foundation institute academy
        education university school library art band book ink media studio video radio berlin brussels
        paris london moscow wien vlaanderen gent scot wales quebec nyc zone link red
        """
    );

    public static IReadOnlyList<TextEntity> Find(string text)
    {
        List<TextEntity> entities = [];
        foreach (var match in Link().Matches(text).AsEnumerable())
        {
            if (IsTopDomain(match.Groups["top"].Value))
            {
                var end = GetLinkEnd(text, match);
                entities.Add(new TextEntity(EntityKind.Link, match.Index, end, ""));
            }
        }

        foreach (var match in Mention().Matches(text).AsEnumerable())
        {
            var user = match.Groups["user"].Value;
            var domain = match.Groups["domain"].Success ? match.Groups["domain"].Value : null;
            AddUnlessOverlapping(entities, match, EntityKind.Mention, user, domain);
        }

        foreach (var match in Hashtag().Matches(text).AsEnumerable())
        {
            AddUnlessOverlapping(entities, match, EntityKind.Hashtag, match.Groups["tag"].Value);
        }

        return [.. entities.OrderBy(entity => entity.Start)];
    }

    private static HashSet<string> ReadWords(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static void AddUnlessOverlapping(
        List<TextEntity> entities,
        Match match,
        EntityKind kind,
        string name,
        string? domain = null
    )
    {
        TextEntity entity = new(kind, match.Index, match.Index + match.Length, name, domain);
        if (!entities.Exists(other => other.Start < entity.End && entity.Start < other.End))
        {
            entities.Add(entity);
        }
    }

    /// <summary>Country codes have two letters; nearly all of the possible ones are in use.</summary>
    private static bool IsTopDomain(string domain) => domain.Length == 2 || GenericDomains.Contains(domain);

    /// <summary>Removes punctuation from the end of a path, except brackets that were opened in it.</summary>
    private static int GetLinkEnd(string text, Match link)
    {
        var path = link.Groups["path"];
        if (!path.Success)
        {
            return link.Index + link.Length;
        }

        var end = path.Index + path.Length;
        while (end > path.Index && !CanEndPath(text[path.Index..end]))
        {
            end--;
        }

        return end;
    }

    private static bool CanEndPath(string path)
    {
        var last = path[^1];
        if (last == ')')
        {
            return path.Count(letter => letter == '(') >= path.Count(letter => letter == ')');
        }

        return char.IsLetterOrDigit(last) || last is '=' or '_' or '#' or '/' or '+' or '-' or '&';
    }

    [GeneratedRegex(
        Protocol + Labels + TopDomain + PathAndQuery,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Link();

    [GeneratedRegex(
        User + Domain,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Mention();

    [GeneratedRegex(
        @"(?<![=/\)\p{L}\p{M}\p{N}_])[#＃](?<tag>[\p{L}\p{M}\p{N}_]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Hashtag();
}
