using System.Globalization;
using System.Text;

namespace Serge.Bot.Site.Tests.Support;

internal static class Sites
{
    public static readonly Uri Root = new("https://quotes.example/serge/");

    private static readonly SiteOptions Options = new() { BaseUrl = Root, Today = new DateOnly(2026, 11, 27) };

    private static readonly Lazy<Task<SortedDictionary<string, string>>> SmallFiles = new(() =>
        RenderAsync(Content(Small()))
    );

    /// <summary>A site with two quotations, an event with one of them, and their sources.</summary>
    public static QuoteCatalogue Small(Func<Quote, Quote>? change = null)
    {
        var first = Some.Quote("first", "The first words.", ["power"], Some.Memoirs, context: "A remark.");
        var second = Some.Quote("second", "The second words.", ["power", "truth"]);
        var arrest = Some.Event("arrest", "1933-03-08", text: "He was arrested.") with
        {
            Sources = [Some.Essay],
            Quote = "second",
        };
        var birth = Some.Event("birth", "1890-12-30", text: "He was born.");
        Quote[] quotes = [first, change is null ? second : change(second)];
        return new(Some.Author, quotes, [birth, arrest], [Some.Memoirs, Some.Essay]);
    }

    /// <summary>The files of <see cref="Small"/>, rendered once for all tests.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RenderSmallAsync() => await SmallFiles.Value;

    public static SiteContent Content(QuoteCatalogue catalogue, Func<SiteOptions, SiteOptions>? change = null)
    {
        var options = change is null ? Options : change(Options);
        var english = SiteLanguage.CreateEnglish(new PlainWording(""));
        var french = SiteLanguage.CreateFrench(new PlainWording(" (fr)"));
        return new(catalogue, options, [english, french]);
    }

    public static async Task<SortedDictionary<string, string>> RenderAsync(SiteContent content)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (var file in SiteBuilder.Create(content))
        {
            files.Add(file.Path, Encoding.UTF8.GetString(await file.RenderAsync()));
        }

        return files;
    }

    /// <summary>The shared texts as simple as possible.</summary>
    /// <param name="ending">The end of every text that differs between languages.</param>
    private sealed class PlainWording(string ending) : IWording
    {
        public string FormatDate(EdtfDate date) => date.ToEnglish() + ending;

        public string FormatDayOfYear(DateOnly day) => day.ToString("d MMMM", CultureInfo.InvariantCulture);

        public string FormatMonth(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

        public string FormatOldStyle(JulianDay day) => day.ToString();

        public string AddQuotationMarks(string text) => $"“{text}”";

        public string InsertName(string text, string name) => string.Format(CultureInfo.InvariantCulture, text, name);

        public string FormatCredit(Quote quote) => $"— {quote.Author}{ending}";

        public string FormatCertainty(Event known) => $"One source gives this day.{ending}";
    }
}
