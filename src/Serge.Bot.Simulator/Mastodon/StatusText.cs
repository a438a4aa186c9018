using System.Globalization;
using System.Text;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The text of a status: how long it counts, whom and what it names, and how it reads as HTML.</summary>
/// <remarks>Source: Mastodon docs, user/posting and api/guidelines; the counting rules are those its server applies.</remarks>
internal sealed class StatusText
{
    private readonly string _text;
    private readonly IReadOnlyList<TextEntity> _entities;
    private readonly Func<string, Account?> _findAccount;
    private readonly Uri _server;

    /// <summary>Reads a text.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="reservedPerUrl">What a link counts as.</param>
    /// <param name="findAccount">Finds an account of this server by name.</param>
    /// <param name="server">The server's address.</param>
    public StatusText(string text, int reservedPerUrl, Func<string, Account?> findAccount, Uri server)
    {
        _text = text;
        _findAccount = findAccount;
        _server = server;
        _entities = TextEntities.Find(text);
        Length = Graphemes(Countable(reservedPerUrl));
        Tags =
        [
            .. _entities
                .Where(entity => entity.Kind == EntityKind.Hashtag)
                .Select(entity => entity.Name)
                .DistinctBy(tag => tag.ToLowerInvariant()),
        ];
        Mentions =
        [
            .. _entities
                .Where(entity => entity.Kind == EntityKind.Mention)
                .Select(Mentioned)
                .OfType<Account>()
                .Distinct(),
        ];
    }

    /// <summary>What it counts against the limit, in characters as a reader sees them.</summary>
    public int Length { get; }

    /// <summary>The hashtags, without the sign.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The accounts of this server that it mentions.</summary>
    public IReadOnlyList<Account> Mentions { get; }

    /// <summary>Characters as a reader sees them: a flag or a letter with its accents is one.</summary>
    public static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>As others get it: paragraphs, line breaks, links.</summary>
    public string ToHtml()
    {
        StringBuilder html = new();
        var done = 0;
        foreach (var entity in _entities)
        {
            html.Append(Escape(_text[done..entity.Start]));
            html.Append(Link(entity));
            done = entity.End;
        }

        html.Append(Escape(_text[done..]));
        var paragraphs = html.Replace("\r\n", "\n")
            .Replace('\r', '\n')
            .ToString()
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(paragraph => paragraph.Length > 0);
        return string.Concat(
            paragraphs.Select(paragraph => $"<p>{paragraph.Replace("\n", "<br />", StringComparison.Ordinal)}</p>")
        );
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>The text with each link at its fixed length and each mention without its server.</summary>
    private string Countable(int reservedPerUrl)
    {
        StringBuilder countable = new();
        var done = 0;
        foreach (var entity in _entities.Where(entity => entity.Kind != EntityKind.Hashtag))
        {
            countable.Append(_text, done, entity.Start - done);
            countable.Append(entity.Kind == EntityKind.Link ? new string('x', reservedPerUrl) : $"@{entity.Name}");
            done = entity.End;
        }

        return countable.Append(_text, done, _text.Length - done).ToString();
    }

    private Account? Mentioned(TextEntity mention) =>
        mention.Domain is null || mention.Domain == _server.Authority ? _findAccount(mention.Name) : null;

    private string Link(TextEntity entity) =>
        entity.Kind switch
        {
            EntityKind.Link => LinkTo(_text[entity.Start..entity.End]),
            EntityKind.Hashtag =>
                $"<a href=\"{_server}tags/{Uri.EscapeDataString(entity.Name)}\" class=\"mention hashtag\" rel=\"tag\">"
                    + $"#<span>{Escape(entity.Name)}</span></a>",
            _ when Mentioned(entity) is { } account =>
                $"<span class=\"h-card\" translate=\"no\"><a href=\"{_server}@{account.Username}\" class=\"u-url mention\">"
                    + $"@<span>{account.Username}</span></a></span>",
            _ => Escape(_text[entity.Start..entity.End]),
        };

    /// <summary>A link shows 30 characters of its address; the rest is there for machines.</summary>
    private static string LinkTo(string url)
    {
        const int shown = 30;
        var prefix = url[..(url.IndexOf("://", StringComparison.Ordinal) + 3)];
        prefix += url[prefix.Length..].StartsWith("www.", StringComparison.Ordinal) ? "www." : "";
        var rest = url[prefix.Length..];
        var (display, hidden, cut) = rest.Length > shown ? (rest[..shown], rest[shown..], "ellipsis") : (rest, "", "");
        return $"<a href=\"{Escape(url)}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">"
            + $"<span class=\"invisible\">{Escape(prefix)}</span><span class=\"{cut}\">{Escape(display)}</span>"
            + $"<span class=\"invisible\">{Escape(hidden)}</span></a>";
    }
}
