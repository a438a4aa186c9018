namespace Serge.Bot.Alerts;

/// <summary>The text of a message to the operator about mentions of the Mastodon account.</summary>
internal static class MentionDigest
{
    /// <summary>The maximum number of mentions that a digest shows.</summary>
    private const int MaxLines = 10;

    /// <param name="mentions">At least one, oldest first.</param>
    /// <param name="server">The server of the account, where the operator finds all of them.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="fits">Whether a text is short enough. Mentions that do not fit are only counted.</param>
    public static string GetText(
        IReadOnlyList<MastodonMention> mentions,
        Uri server,
        Markup markup,
        Func<string, bool> fits
    )
    {
        for (var lines = Math.Min(mentions.Count, MaxLines); lines > 0; lines--)
        {
            var text = GetText(mentions, server, markup, lines);
            if (fits(text))
            {
                return text;
            }
        }

        return GetText(mentions, server, markup, lines: 0);
    }

    private static string GetText(IReadOnlyList<MastodonMention> mentions, Uri server, Markup markup, int lines)
    {
        var heading = "The Mastodon account was mentioned.";
        if (mentions.Count > 1)
        {
            heading = FormattableString.Invariant($"The Mastodon account was mentioned {mentions.Count} times.");
        }

        var shown = mentions.Take(lines).Select(mention => GetLine(mention, markup));
        List<string> text = [heading, .. shown];
        if (mentions.Count > lines)
        {
            var more = FormattableString.Invariant($"{mentions.Count - lines} more");
            var page = markup.Link(new Uri(server, "notifications"));
            text.Add($"All of them, also {more}: {page}");
        }

        return string.Join('\n', text);
    }

    /// <summary>What only some may read is not repeated: the operator's channel may have other readers.</summary>
    private static string GetLine(MastodonMention mention, Markup markup)
    {
        var author = mention.Acct ?? "unknown account";
        var words = mention.Text.Length == 0 ? "(no text)" : Alert.Shorten(mention.Text);
        if (mention.IsPrivate)
        {
            words = "(not public)";
        }

        var line = Alert.Escape($"{author}: {words}", markup);
        if (mention.Url is null)
        {
            return line;
        }

        return $"{line} {Alert.Link(mention.Url, markup)}";
    }
}
