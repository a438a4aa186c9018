using System.Globalization;
using System.Text.Json;

namespace Serge.Bot.Site.Feeds;

/// <summary>The files for programs. Their schema is in <c>docs/site.md</c>; members may be added, not
/// changed.</summary>
internal sealed class DataFiles
{
    /// <summary>The file that <c>serge doctor</c> reads.</summary>
    public const string EditionPath = "edition.json";

    /// <summary>The days after today in <c>today.json</c>: so long a start page may go without being rebuilt.</summary>
    private const int NextDays = 30;

    private readonly SiteContent _content;

    private DataFiles(SiteContent content)
    {
        _content = content;
    }

    public static IEnumerable<SiteFile> Create(SiteContent content)
    {
        DataFiles files = new(content);
        yield return JsonFile.Create(EditionPath, files.WriteEdition);
        yield return JsonFile.Create("today.json", files.WriteToday);
        yield return JsonFile.Create("quotes.json", files.WriteQuotes);
        yield return JsonFile.Create("events.json", files.WriteEvents);
        yield return new("events.ics", () => Task.FromResult(EventCalendarFile.Write(content)));
        foreach (var language in content.Languages)
        {
            yield return JsonFile.Create(
                $"{language.Folder}search.json",
                json => files.WriteSearchIndex(json, language)
            );
        }
    }

    private void WriteEdition(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteEditionMember(json);
        json.WriteNumber("quotes", _content.Catalogue.Quotes.Count);
        json.WriteNumber("events", _content.Events.Count);
        json.WriteEndObject();
    }

    private void WriteToday(Utf8JsonWriter json)
    {
        var today = _content.Options.Today;
        json.WriteStartObject();
        WriteEditionMember(json);
        json.WritePropertyName("today");
        WriteDay(json, today);
        json.WriteStartArray("next");
        for (var i = 1; i <= NextDays; i++)
        {
            WriteDay(json, today.AddDays(i));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteDay(Utf8JsonWriter json, DateOnly date)
    {
        var day = _content.GetDay(date);
        json.WriteStartObject();
        json.WriteString("date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (day.Quote is not null)
        {
            json.WritePropertyName("quote");
            WriteQuote(json, day.Quote);
        }

        json.WriteStartArray("events");
        foreach (var known in day.Events)
        {
            WriteEvent(json, known);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteQuotes(Utf8JsonWriter json) => WriteAll(json, "quotes", _content.Catalogue.Quotes, WriteQuote);

    private void WriteEvents(Utf8JsonWriter json) => WriteAll(json, "events", _content.Events, WriteEvent);

    private static void WriteAll<T>(
        Utf8JsonWriter json,
        string name,
        IEnumerable<T> items,
        Action<Utf8JsonWriter, T> write
    )
    {
        json.WriteStartObject();
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteQuote(Utf8JsonWriter json, Quote quote)
    {
        json.WriteStartObject();
        json.WriteString("id", quote.Id);
        json.WriteString("page", SitePaths.GetQuotePath(quote.Id));
        json.WriteString("text", quote.Text);
        WriteInEachLanguage(json, "credit", wording => wording.FormatCredit(quote));
        json.WriteString("author", quote.Author);
        json.WriteOptional("work", quote.Work?.Title);
        json.WriteOptional("quotedIn", quote.Via?.ShortName);
        json.WriteOptional("written", quote.Written?.Text);
        json.WriteStartArray("topics");
        foreach (var topic in quote.Topics)
        {
            json.WriteStringValue(topic);
        }

        json.WriteEndArray();
        json.WriteOptional("context", quote.Context);
        json.WriteOptional("warning", quote.Warning);
        json.WriteOptional("note", quote.Note);
        json.WriteEndObject();
    }

    private void WriteEvent(Utf8JsonWriter json, Event known)
    {
        json.WriteStartObject();
        json.WriteString("id", known.Id);
        json.WriteString("page", SitePaths.GetEventPath(known.Id));
        json.WriteString("date", known.Date.Text);
        WriteInEachLanguage(json, "date", wording => wording.FormatDate(known.Date));
        json.WriteString("text", known.Text);
        WriteInEachLanguage(json, "certainty", wording => wording.FormatCertainty(known));
        json.WriteStartArray("sources");
        foreach (var source in known.Sources)
        {
            json.WriteStringValue(source.ShortName);
        }

        json.WriteEndArray();
        json.WriteOptional("warning", known.Warning);
        json.WriteOptional("note", known.Note);
        json.WriteOptional("quote", known.Quote);
        json.WriteEndObject();
    }

    private void WriteInEachLanguage(Utf8JsonWriter json, string name, Func<IWording, string> format)
    {
        foreach (var language in _content.Languages)
        {
            json.WriteString($"{name}-{language.Code}", format(language.Wording));
        }
    }

    /// <summary>As short as possible, because a browser loads all of it: for each entry the path, the whole text and a
    /// remark.</summary>
    private void WriteSearchIndex(Utf8JsonWriter json, SiteLanguage language)
    {
        json.WriteStartArray();
        foreach (var quote in _content.Catalogue.Quotes)
        {
            var path = SitePaths.GetQuotePath(quote.Id);
            var text = LineText.Get(quote, language);
            var credit = language.Wording.FormatCredit(quote);
            WriteSearchLine(json, path, text, credit);
        }

        foreach (var known in _content.Events)
        {
            var path = SitePaths.GetEventPath(known.Id);
            var text = LineText.Get(known, language);
            var date = language.Wording.FormatDate(known.Date);
            WriteSearchLine(json, path, text, date);
        }

        json.WriteEndArray();
    }

    private static void WriteSearchLine(Utf8JsonWriter json, string path, string text, string remark)
    {
        json.WriteStartArray();
        json.WriteStringValue(path);
        json.WriteStringValue(text);
        json.WriteStringValue(remark);
        json.WriteEndArray();
    }

    private void WriteEditionMember(Utf8JsonWriter json) => json.WriteString("edition", _content.Edition);
}
