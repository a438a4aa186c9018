using System.Text.Encodings.Web;
using System.Text.Json;

namespace Serge.Bot.Catalogue;

/// <summary>Writes a catalogue as JSON, for other programs.</summary>
/// <remarks>
/// <para>One object with <c>author</c> and the lists <c>quotes</c>, <c>events</c> and <c>sources</c>, in the order of
/// the files and with their keys. Sources are named by id.</para>
/// <para>The author always has <c>name</c>, <c>sortName</c>, <c>about</c> and <c>tag</c>; a quote <c>id</c>,
/// <c>text</c>, <c>work</c> and <c>via</c> (each null when unknown), <c>topics</c> and <c>joined</c>; an event
/// <c>id</c>, <c>date</c>, <c>text</c>, <c>kind</c>, <c>status</c>, <c>sources</c>, <c>mentionedBy</c> and <c>post</c>;
/// a source <c>id</c>, <c>kind</c> and <c>title</c>. Optional values follow; those that are not known are
/// omitted.</para></remarks>
public static class CatalogueExport
{
    // The JSON is not embedded in a web page, so letters and quotation marks need no escapes.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes UTF-8 with a final line break; the stream stays open.</summary>
    public static void WriteJson(QuoteCatalogue catalogue, Stream stream)
    {
        using (Utf8JsonWriter json = new(stream, WriterOptions))
        {
            EntryWriter writer = new(json);
            json.WriteStartObject();
            writer.WriteAuthor(catalogue.Author);
            writer.WriteList("quotes", catalogue.Quotes, writer.WriteQuote);
            writer.WriteList("events", catalogue.Events, writer.WriteEvent);
            writer.WriteList("sources", catalogue.Sources, writer.WriteSource);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private sealed class EntryWriter(Utf8JsonWriter json)
    {
        public void WriteList<T>(string name, IEnumerable<T> entries, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                write(entry);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        public void WriteAuthor(Author author)
        {
            json.WriteStartObject("author");
            json.WriteString("name", author.Name);
            json.WriteString("sortName", author.SortName);
            json.WriteStartObject("about");
            json.WriteString("en", author.About);
            json.WriteString("fr", author.AboutInFrench);
            json.WriteEndObject();
            json.WriteString("tag", author.Tag);
            WriteOptional("lived", author.Lived?.Text);
            WriteOptional("pronoun", author.Pronoun);
            WriteStrings("otherNames", author.OtherNames);
            json.WriteEndObject();
        }

        public void WriteQuote(Quote quote)
        {
            json.WriteString("id", quote.Id);
            json.WriteString("text", quote.Text);
            json.WriteString("work", quote.Work?.Id);
            json.WriteString("via", quote.Via?.Id);
            WriteStrings("topics", quote.Topics);
            json.WriteBoolean("joined", quote.IsJoined);
            WriteOptional("speaker", quote.Speaker);
            WriteOptional("written", quote.Written?.Text);
            WriteOptional("context", quote.Context);
            WriteOptional("warning", quote.Warning);
            WriteOptional("note", quote.Note);
            if (quote.Answers.Count > 0)
            {
                WriteAnswers(quote.Answers);
            }
        }

        public void WriteEvent(Event @event)
        {
            json.WriteString("id", @event.Id);
            json.WriteString("date", @event.Date.Text);
            WriteOptional("oldStyle", @event.OldStyle?.ToString());
            json.WriteString("text", @event.Text);
            json.WriteString("kind", Keyword.Get(@event.Kind));
            json.WriteString("status", Keyword.Get(@event.Status));
            WriteIds("sources", @event.Sources);
            WriteIds("mentionedBy", @event.MentionedBy);
            json.WriteBoolean("post", @event.IsPosted);
            WriteOptional("quote", @event.Quote);
            WriteOptional("warning", @event.Warning);
            WriteOptional("note", @event.Note);
        }

        public void WriteSource(Source source)
        {
            json.WriteString("id", source.Id);
            json.WriteString("kind", Keyword.Get(source.Kind));
            json.WriteString("title", source.Title);
            WriteOptional("label", source.Label);
            WriteOptional("author", source.Author);
            WriteOptional("published", source.Published?.Text);
            WriteOptional("translator", source.Translator);
            WriteOptional("url", source.Url?.OriginalString);
        }

        private void WriteAnswers(IReadOnlyDictionary<string, string> answers)
        {
            json.WriteStartObject("answers");
            foreach (var (question, answer) in answers)
            {
                json.WriteString(question, answer);
            }

            json.WriteEndObject();
        }

        private void WriteIds(string name, IEnumerable<Source> sources)
        {
            var ids = sources.Select(source => source.Id);
            WriteStrings(name, ids);
        }

        private void WriteStrings(string name, IEnumerable<string> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        private void WriteOptional(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }
    }
}
