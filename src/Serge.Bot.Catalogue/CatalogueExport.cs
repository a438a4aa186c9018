using System.Text.Encodings.Web;
using System.Text.Json;

namespace Serge.Bot.Catalogue;

/// <summary>Writes a catalogue as JSON, for other programs.</summary>
/// <remarks>
/// <para>One object with the lists <c>quotes</c>, <c>events</c> and <c>sources</c>, in the order of the files and with
/// their keys. Sources are named by id.</para>
/// <para>A quote always has <c>id</c>, <c>text</c>, <c>work</c> (null when unknown), <c>via</c>, <c>topics</c> and
/// <c>joined</c>; an event <c>id</c>, <c>date</c>, <c>text</c>, <c>kind</c>, <c>status</c>, <c>via</c> and
/// <c>sources</c>; a source <c>id</c>, <c>kind</c> and <c>title</c>. Optional values follow; those that are not known
/// are omitted.</para>
///</remarks>
public static class CatalogueExport
{
    // The JSON is not embedded in a web page, so letters and quotation marks need no escapes.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes UTF-8 with a final line break; the stream stays open.</summary>
    public static void WriteJson(QuoteCatalogue catalogue, Stream stream)
    {
        using (Utf8JsonWriter json = new(stream, WriterOptions))
        {
            json.WriteStartObject();
            WriteList(json, "quotes", catalogue.Quotes, WriteQuote);
            WriteList(json, "events", catalogue.Events, WriteEvent);
            WriteList(json, "sources", catalogue.Sources, WriteSource);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteQuote(Utf8JsonWriter json, Quote quote)
    {
        json.WriteString("id", quote.Id);
        json.WriteString("text", quote.Text);
        json.WriteString("work", quote.Work?.Id);
        json.WriteString("via", quote.Via.Id);
        WriteStrings(json, "topics", quote.Topics);
        json.WriteBoolean("joined", quote.IsJoined);
        WriteIfKnown(json, "written", quote.Written?.Text);
        WriteIfKnown(json, "context", quote.Context);
        WriteIfKnown(json, "warning", quote.Warning);
        WriteIfKnown(json, "note", quote.Note);
    }

    private static void WriteEvent(Utf8JsonWriter json, Event @event)
    {
        json.WriteString("id", @event.Id);
        json.WriteString("date", @event.Date.Text);
        WriteIfKnown(json, "oldStyle", @event.OldStyle?.ToString());
        json.WriteString("text", @event.Text);
        json.WriteString("kind", Keyword.Get(@event.Kind));
        json.WriteString("status", Keyword.Get(@event.Status));
        WriteIds(json, "via", @event.Via);
        WriteIds(json, "sources", @event.Sources);
        WriteIfKnown(json, "note", @event.Note);
    }

    private static void WriteSource(Utf8JsonWriter json, Source source)
    {
        json.WriteString("id", source.Id);
        json.WriteString("kind", Keyword.Get(source.Kind));
        json.WriteString("title", source.Title);
        WriteIfKnown(json, "author", source.Author);
        WriteIfKnown(json, "published", source.Published?.Text);
        WriteIfKnown(json, "translator", source.Translator);
        WriteIfKnown(json, "url", source.Url?.OriginalString);
    }

    private static void WriteList<T>(
        Utf8JsonWriter json,
        string name,
        IEnumerable<T> entries,
        Action<Utf8JsonWriter, T> write
    )
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            write(json, entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<Source> sources)
    {
        WriteStrings(json, name, sources.Select(source => source.Id));
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteIfKnown(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
