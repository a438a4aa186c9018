namespace Serge.Bot.Site.Content;

/// <summary>A language of the site's own texts. Quotations and events are in English, as printed.</summary>
/// <param name="Code">As in HTML: <c>en</c> or <c>fr</c>.</param>
/// <param name="Folder">The folder of its pages, with a slash at its end; empty for the first language.</param>
/// <param name="Texts">The site's own texts.</param>
/// <param name="Wording">The texts that the site shares with posts.</param>
public sealed record SiteLanguage(string Code, string Folder, SiteTexts Texts, IWording Wording)
{
    public static SiteLanguage CreateEnglish(IWording wording) => new("en", "", SiteTexts.English, wording);

    public static SiteLanguage CreateFrench(IWording wording) => new("fr", "fr/", SiteTexts.French, wording);

    public string GetAbout(Author author) => Code == "fr" ? author.AboutInFrench : author.About;

    /// <summary>"writer and revolutionary, 1890–1947".</summary>
    public string GetAboutWithYears(Author author)
    {
        var about = GetAbout(author);
        var years = Code == "fr" ? author.YearsInFrench : author.Years;
        return years.Length > 0 ? $"{about}, {years}" : about;
    }
}
