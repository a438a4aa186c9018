using System.Globalization;

namespace Serge.Bot.Site.Content;

/// <summary>The paths of the pages, relative to the folder of a language. Each is a folder with an
/// <c>index.html</c>. They are public and must not be changed: others link to them.</summary>
public static class SitePaths
{
    public const string Start = "";
    public const string Quotes = "quotes/";
    public const string Timeline = "timeline/";
    public const string Days = "days/";
    public const string Topics = "topics/";
    public const string Sources = "sources/";
    public const string Search = "search/";
    public const string About = "about/";
    public const string Rights = "rights/";
    public const string Privacy = "privacy/";

    public static string GetQuotePath(string id) => $"quote/{id}/";

    public static string GetEventPath(string id) => $"event/{id}/";

    public static string GetSourcePath(string id) => $"source/{id}/";

    public static string GetTopicPath(string topic) => $"topic/{topic}/";

    public static string GetYearPath(int year) => string.Create(CultureInfo.InvariantCulture, $"year/{year}/");

    /// <summary>The page of a day of every year, such as <c>day/02-01/</c>.</summary>
    public static string GetDayPath(DateOnly day) => day.ToString("'day/'MM-dd'/'", CultureInfo.InvariantCulture);

    /// <summary>A further page of a list; the first one is the list itself.</summary>
    /// <param name="list">The path of the list.</param>
    /// <param name="page">1 or more.</param>
    public static string GetListPagePath(string list, int page)
    {
        if (page == 1)
        {
            return list;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{list}{page}/");
    }

    /// <summary>The paths of all quotations, then of all events.</summary>
    public static IEnumerable<string> GetEntryPaths(QuoteCatalogue catalogue)
    {
        var quotes = catalogue.Quotes.Select(quote => GetQuotePath(quote.Id));
        var events = catalogue.Events.Select(known => GetEventPath(known.Id));
        return quotes.Concat(events);
    }

    /// <summary>Whether it is the path of a quotation or an event.</summary>
    public static bool IsEntryPath(string path)
    {
        var parts = path.Split('/');
        return parts is ["quote" or "event", var id, ""] && IsId(id);
    }

    /// <summary>Checks an id before it becomes the name of a folder.</summary>
    /// <exception cref="ArgumentException">It has other characters than lower-case letters, digits and
    /// hyphens.</exception>
    public static void CheckId(string id)
    {
        if (!IsId(id))
        {
            throw new ArgumentException($"'{id}' is no id: write lower-case letters, digits and hyphens.", nameof(id));
        }
    }

    private static bool IsId(string id)
    {
        return id.Length > 0 && id.All(IsIdCharacter);
    }

    private static bool IsIdCharacter(char character)
    {
        return char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-';
    }
}
