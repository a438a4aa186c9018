using System.Text;
using System.Text.Json;

namespace Serge.Bot.Site;

/// <summary>A quotation as a <c>Quotation</c> of schema.org, for search engines. One with a content warning has the
/// warning instead of the words, because search engines show them.</summary>
/// <remarks>Source: schema.org/Quotation.</remarks>
internal static class StructuredData
{
    public static string Write(Quote quote, PageFrame page)
    {
        using MemoryStream stream = new();
        // The default encoder escapes < and >, so that no text can end the script that contains the JSON.
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("@context", "https://schema.org");
            json.WriteString("@type", "Quotation");
            if (quote.Warning is null)
            {
                json.WriteString("text", quote.Text);
            }
            else
            {
                json.WriteString("description", LineText.Get(quote, page.Language));
            }

            WriteNamed(json, "creator", "Person", quote.Author);
            if (quote.Work is { } work)
            {
                WriteNamed(json, "isPartOf", "CreativeWork", work.Title);
            }

            if (page.GetAddress(page.Path) is { } address)
            {
                json.WriteString("url", address);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteNamed(Utf8JsonWriter json, string property, string type, string name)
    {
        json.WriteStartObject(property);
        json.WriteString("@type", type);
        json.WriteString("name", name);
        json.WriteEndObject();
    }
}
