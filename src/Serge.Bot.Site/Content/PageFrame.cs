using System.Globalization;

namespace Serge.Bot.Site.Content;

/// <summary>One page in one language: what its head and its links need.</summary>
public sealed record PageFrame
{
    /// <summary>The longest description. Search engines and previews show about this much.</summary>
    private const int MaxDescription = 200;

    public required SiteContent Content { get; init; }

    public required SiteLanguage Language { get; init; }

    /// <summary>The path within the folder of the language, see <see cref="SitePaths"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Without the name of the site.</summary>
    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>A schema.org object as JSON, in which no character can end a script; null when there is none.</summary>
    public string? StructuredData { get; init; }

    /// <summary>Whether search engines may list it.</summary>
    public bool IsIndexed { get; init; } = true;

    /// <summary>Whether its links begin with a slash, because it is served at any address.</summary>
    public bool UsesAbsoluteLinks { get; init; }

    /// <summary>The name of a script in the root of the site; null when the page needs none.</summary>
    public string? Script { get; init; }

    public SiteTexts Texts => Language.Texts;

    public IWording Wording => Language.Wording;

    public SiteOptions Options => Content.Options;

    public Author Author => Content.Author;

    /// <summary>The preview; null when there is none.</summary>
    public SitePicture? Picture => Options.Pictures.GetValueOrDefault(Language.Folder + Path);

    public string FullTitle => Path.Length == 0 ? Title : $"{Title} · {Author.Name}";

    public string ShortDescription => Suggestion.Shorten(Description, MaxDescription);

    public IEnumerable<SiteLanguage> OtherLanguages => Content.Languages.Where(other => other != Language);

    /// <summary>A link to a page of the same language.</summary>
    public string GetLink(string path) => GetRootLink(Language.Folder + path);

    /// <summary>A link to the same page in another language.</summary>
    public string GetLinkIn(SiteLanguage other) => GetRootLink(other.Folder + Path);

    /// <summary>A link to a file in the root of the site.</summary>
    public string GetRootLink(string path)
    {
        if (UsesAbsoluteLinks)
        {
            var root = Options.BaseUrl?.AbsolutePath ?? "/";
            return root + path;
        }

        var folder = Language.Folder + Path;
        var depth = folder.Count(letter => letter == '/');
        var toRoot = string.Concat(Enumerable.Repeat("../", depth));
        var link = toRoot + path;
        return link.Length == 0 ? "./" : link;
    }

    /// <summary>The complete address of a page in this language; null when the site's address is not known.</summary>
    public string? GetAddress(string path) => GetAddress(Language, path);

    /// <summary>The complete address of this page in a language.</summary>
    public string? GetAddressIn(SiteLanguage other) => GetAddress(other, Path);

    /// <summary>The sections in the order of the navigation.</summary>
    public IEnumerable<PageSection> GetSections()
    {
        yield return CreateSection(SitePaths.Quotes, Texts.Quotations, "quote/");
        yield return CreateSection(SitePaths.Days, Texts.Days, "day/");
        yield return CreateSection(SitePaths.Timeline, Texts.Timeline, "event/", "year/");
        yield return CreateSection(SitePaths.Topics, Texts.Topics, "topic/");
        yield return CreateSection(SitePaths.Sources, Texts.Sources, "source/");
        yield return CreateSection(SitePaths.Search, Texts.Search);
    }

    public string Format(string text, params object[] values)
    {
        return string.Format(CultureInfo.InvariantCulture, text, values);
    }

    private PageSection CreateSection(string path, string name, params string[] prefixes)
    {
        var all = prefixes.Append(path);
        var isHere = all.Any(prefix => Path.StartsWith(prefix, StringComparison.Ordinal));
        return new(path, name, isHere);
    }

    private string? GetAddress(SiteLanguage language, string path)
    {
        if (Options.BaseUrl is not { } root)
        {
            return null;
        }

        return root.AbsoluteUri + language.Folder + path;
    }
}

/// <summary>A section in the navigation.</summary>
/// <param name="Path">Its first page.</param>
/// <param name="Name">Its name in the language of the page.</param>
/// <param name="IsHere">Whether the page is in it.</param>
public sealed record PageSection(string Path, string Name, bool IsHere);
