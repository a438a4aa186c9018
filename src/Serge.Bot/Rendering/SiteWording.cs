using Serge.Bot.Site.Content;

namespace Serge.Bot.Rendering;

/// <summary>The texts of posts and answers, for the site.</summary>
internal sealed class SiteWording(Strings strings) : IWording
{
    /// <summary>The languages of the site with their texts; the first one is at its root.</summary>
    public static IReadOnlyList<(SiteLanguage Language, Strings Strings)> LanguagesWithStrings { get; } =
    [
        (SiteLanguage.CreateEnglish(new SiteWording(Strings.English)), Strings.English),
        (SiteLanguage.CreateFrench(new SiteWording(Strings.French)), Strings.French),
    ];

    public static IReadOnlyList<SiteLanguage> Languages { get; } =
    [.. LanguagesWithStrings.Select(pair => pair.Language)];

    public string FormatDate(EdtfDate date) => strings.Date(date);

    public string FormatDayOfYear(DateOnly day) => strings.DayOfYear(day);

    public string FormatMonth(int month) => strings.Month(month);

    public string FormatOldStyle(JulianDay day) => SourceFormatter.FormatJulianDay(day, strings);

    public string AddQuotationMarks(string text) => QuoteFormatter.AddQuotationMarks(text);

    public string InsertName(string text, string name) => strings.Insert(text, [name]);

    public string FormatCredit(Quote quote)
    {
        return QuoteFormatter.FormatAttribution(quote, Markup.Plain, strings, hasEssayTitle: true);
    }

    public string FormatCertainty(Event known) => SourceFormatter.FormatCertainty(known, Markup.Plain, strings);
}
