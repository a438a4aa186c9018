namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The text of a status: its length, its mentions and hashtags, and its HTML.</summary>
/// <remarks>Source: Mastodon docs, user/posting and api/guidelines; the length is counted as Mastodon's server does.
/// </remarks>
internal sealed class StatusText
{
    private readonly string _text;
    private readonly IReadOnlyList<TextEntity> _entities;
    private readonly Func<string, Account?> _findAccount;
    private readonly Uri _server;

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text as it was sent.</param>
    /// <param name="reservedPerUrl">The number of characters that a link counts.</param>
    /// <param name="findAccount">Finds an account of the server by name.</param>
    /// <param name="server">The server's address.</param>
    public StatusText(string text, int reservedPerUrl, Func<string, Account?> findAccount, Uri server)
    {
        _text = text;
        _findAccount = findAccount;
        _server = server;
        _entities = TextEntities.Find(text);
        Length = CountGraphemes(GetCountedText(reservedPerUrl));
        Tags = GetTags();
        Mentions = GetMentions();
    }

    /// <summary>The length that counts against the limit, in graphemes.</summary>
    public int Length { get; }

    /// <summary>The hashtags, without the sign.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The mentioned accounts of the server.</summary>
    public IReadOnlyList<Account> Mentions { get; }

    /// <summary>Counts graphemes: a flag, or a letter with its accents, is one.</summary>
    public static int CountGraphemes(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Returns the HTML: paragraphs, line breaks and links.</summary>
    public string ToHtml()
    {
        StringBuilder html = new();
        var end = 0;
        foreach (var entity in _entities)
        {
            html.Append(Escape(_text[end..entity.Start]));
            html.Append(CreateLink(entity));
            end = entity.End;
        }

        html.Append(Escape(_text[end..]));
        html.Replace("\r\n", "\n").Replace('\r', '\n');
        return CreateParagraphs(html.ToString());
    }

    private static string CreateParagraphs(string text)
    {
        const StringSplitOptions options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        StringBuilder html = new();
        foreach (var paragraph in text.Split("\n\n", options))
        {
            var withLineBreaks = paragraph.Replace("\n", "<br />");
            html.Append(CultureInfo.InvariantCulture, $"<p>{withLineBreaks}</p>");
        }

        return html.ToString();
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text);
        escaped.Replace("&", "&amp;");
        escaped.Replace("<", "&lt;");
        escaped.Replace(">", "&gt;");
        escaped.Replace("\"", "&quot;");
        escaped.Replace("'", "&#39;");
        return escaped.ToString();
    }

    /// <summary>Returns the text with each link at its fixed length and each mention without its server.</summary>
    private string GetCountedText(int reservedPerUrl)
    {
        var link = new string('x', reservedPerUrl);
        StringBuilder counted = new();
        var end = 0;
        foreach (var entity in _entities)
        {
            if (entity.Kind == EntityKind.Hashtag)
            {
                continue;
            }

            counted.Append(_text, end, entity.Start - end);
            counted.Append(entity.Kind == EntityKind.Link ? link : $"@{entity.Name}");
            end = entity.End;
        }

        counted.Append(_text, end, _text.Length - end);
        return counted.ToString();
    }

    private List<string> GetTags()
    {
        var tags = _entities.Where(entity => entity.Kind == EntityKind.Hashtag).Select(entity => entity.Name);
        return [.. tags.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private List<Account> GetMentions()
    {
        var mentions = _entities.Where(entity => entity.Kind == EntityKind.Mention);
        return [.. mentions.Select(FindMentioned).OfType<Account>().Distinct()];
    }

    private Account? FindMentioned(TextEntity mention)
    {
        var isLocal = mention.Domain is null || mention.Domain == _server.Authority;
        return isLocal ? _findAccount(mention.Name) : null;
    }

    private string CreateLink(TextEntity entity)
    {
        var text = _text[entity.Start..entity.End];
        return entity.Kind switch
        {
            EntityKind.Link => CreateUrlLink(text),
            EntityKind.Hashtag => CreateTagLink(entity.Name),
            _ when FindMentioned(entity) is { } account => CreateMentionLink(account),
            _ => Escape(text),
        };
    }

    private string CreateTagLink(string tag)
    {
        var url = $"{_server}tags/{Uri.EscapeDataString(tag)}";
        return $"<a href=\"{url}\" class=\"mention hashtag\" rel=\"tag\">#<span>{Escape(tag)}</span></a>";
    }

    private string CreateMentionLink(Account account)
    {
        var link =
            $"<a href=\"{_server}@{account.Username}\" class=\"u-url mention\">@<span>{account.Username}</span></a>";
        return $"<span class=\"h-card\" translate=\"no\">{link}</span>";
    }

    /// <summary>Creates a link that shows 30 characters of its URL; the rest is invisible.</summary>
    private static string CreateUrlLink(string url)
    {
        const int maxShown = 30;
        const string www = "www.";
        var prefixLength = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (url[prefixLength..].StartsWith(www, StringComparison.Ordinal))
        {
            prefixLength += www.Length;
        }

        var prefix = url[..prefixLength];
        var shown = url[prefixLength..];
        var hidden = "";
        var shownClass = "";
        if (shown.Length > maxShown)
        {
            hidden = shown[maxShown..];
            shown = shown[..maxShown];
            shownClass = "ellipsis";
        }

        return $"<a href=\"{Escape(url)}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">"
            + $"<span class=\"invisible\">{Escape(prefix)}</span><span class=\"{shownClass}\">{Escape(shown)}</span>"
            + $"<span class=\"invisible\">{Escape(hidden)}</span></a>";
    }
}
