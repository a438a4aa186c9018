using System.Text.Encodings.Web;
using System.Text.Json;

namespace Serge.Bot.Site.Feeds;

/// <summary>Writes a JSON file of the site.</summary>
internal static class JsonFile
{
    // Files are not embedded in pages, so letters and quotation marks need no escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SiteFile Create(string path, Action<Utf8JsonWriter> write) =>
        new(path, () => Task.FromResult(Write(write)));

    public static void WriteOptional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            write(json);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
