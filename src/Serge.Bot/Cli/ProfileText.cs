namespace Serge.Bot.Cli;

/// <summary>Texts that an operator copies to the Mastodon profile.</summary>
internal static class ProfileText
{
    private const string Unknown = "(set About:Operator or About:Contact)";

    /// <summary>Bio, fields and introduction, each under its heading.</summary>
    public static string Create(BotSettings settings, Author author)
    {
        List<string> lines =
        [
            "Bio:",
            CreateBio(settings.About, author),
            "",
            "Fields:",
            .. CreateFields(settings.About),
            "",
            "Introduction to pin:",
            CreateIntroduction(GetTags(settings.MastodonPosts, author), author),
        ];
        return string.Join('\n', lines);
    }

    private static IReadOnlyList<string> GetTags(MastodonPostSettings posts, Author author)
    {
        if (posts.Tags.Count > 0)
        {
            return posts.Tags;
        }

        return [author.Tag];
    }

    /// <summary>Within the 500 characters of Mastodon's bio, unless the operator's name is very long.</summary>
    public static string CreateBio(AboutSettings about, Author author) =>
        $"Automated account. Quotations of {Strings.English.AuthorIs(author)}, word for word and with the "
        + "source, and what "
        + "happened on this day in that life and those times. "
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
    public static string CreateIntroduction(IReadOnlyList<string> tags, Author author)
    {
        var all = tags.Prepend("introduction");
        string[] hashtags = [.. all.Select(tag => $"#{tag}")];
        return $"This account posts quotations of {author.Name}, exactly as they are printed, and events of that life "
            + "and "
            + "those times. No quotation is shortened, and each names its source.\n\nFound an error? Reply to the "
            + "post. "
            + "Nobody answers automatically, but a person reads it.\n\n"
            + string.Join(' ', hashtags);
    }
}
