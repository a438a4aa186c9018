using System.Text;
using Serge.Bot.Mastodon.Model;

namespace Serge.Bot.Mastodon.Rest;

/// <summary>What a server says with its answer, as one short line for a person. Nothing is ever decided by it.</summary>
internal static class ServerWords
{
    private const int LongestLine = 200;

    /// <summary>The status, and the server's <c>error</c> or short text where it gives one.</summary>
    public static string Of(HttpResponseMessage response, ReadOnlySpan<byte> body, string secret)
    {
        var said = (int)response.StatusCode is >= 200 and < 300 ? "" : Said(response, body);
        return said.Length == 0
            ? $"HTTP {(int)response.StatusCode}"
            : $"HTTP {(int)response.StatusCode}: {Line(said, secret)}";
    }

    /// <summary>Any text as one line without control characters, shortened, and without the secret should somebody echo it.</summary>
    public static string Line(string text, string secret)
    {
        var line = new StringBuilder();
        var safe = text.Replace(secret, "…", StringComparison.Ordinal);
        foreach (var word in safe.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            line.Append(line.Length == 0 ? "" : " ").Append(word.Where(letter => !char.IsControl(letter)).ToArray());
            if (line.Length > LongestLine)
            {
                line.Length = LongestLine;
                return line.Append('…').ToString();
            }
        }

        return line.ToString();
    }

    private static string Said(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (response.Headers.Location is { } elsewhere && (int)response.StatusCode is >= 300 and < 400)
        {
            return $"it sends us on to {elsewhere}";
        }

        return response.Content.Headers.ContentType?.MediaType switch
        {
            "text/html" => "", // a proxy's or a web site's page
            "application/json" => JsonReader.Parse(body).Member("error").Text() ?? "",
            _ => Encoding.UTF8.GetString(body), // whole: a secret that is cut in two would not be recognised
        };
    }
}
