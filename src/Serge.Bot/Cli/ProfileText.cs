namespace Serge.Bot.Cli;

/// <summary>Texts that an operator copies to the Mastodon profile.</summary>
internal static class ProfileText
{
    private const string Unknown = "(set About:Operator or About:Contact)";

    /// <summary>Bio, fields and introduction, each under its heading.</summary>
    public static string Create(BotSettings settings)
    {
        List<string> lines =
        [
            "Bio:",
            CreateBio(settings.About),
            "",
            "Fields:",
            .. CreateFields(settings.About),
            "",
            "Introduction to pin:",
            CreateIntroduction(settings.Mastodon?.Tags ?? MastodonSettings.DefaultTags),
        ];
        return string.Join('\n', lines);
    }

    /// <summary>Within the 500 characters of Mastodon's bio, unless the operator's name is very long.</summary>
    public static string CreateBio(AboutSettings about) =>
        "Automated account. Quotations of the writer and revolutionary Victor Serge (1890–1947), word for word and with "
        + "the source, and what happened on this day in his life and times. "
        + $"Run by {about.Operator ?? about.Contact ?? Unknown}.";

    /// <summary>Name and value of up to four fields, Mastodon's limit.</summary>
    /// <remarks>Source: Mastodon docs, user/profile.</remarks>
    public static IEnumerable<string> CreateFields(AboutSettings about)
    {
        yield return $"Contact | {about.Contact ?? about.Operator ?? Unknown}";
        yield return "Corrections | Reply to the post";
        if (about.SourceCode is { } source)
        {
            yield return $"Source code | {source}";
        }

        if (about.Privacy is { } privacy)
        {
            yield return $"Privacy | {privacy}";
        }
    }

    /// <summary>Shorter than the 500 characters of a post on Mastodon.</summary>
    public static string CreateIntroduction(IReadOnlyList<string> tags)
    {
        string[] hashtags = [.. tags.Prepend("introduction").Select(tag => $"#{tag}")];
        return "This account posts quotations of Victor Serge, exactly as two essays print them, and events of his life "
            + "and times. No quotation is shortened, and each names its source.\n\nFound an error? Reply to the post. "
            + "Nobody answers automatically, but a person reads it.\n\n"
            + string.Join(' ', hashtags);
    }
}
