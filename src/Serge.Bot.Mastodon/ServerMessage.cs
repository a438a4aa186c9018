using System.Text;

namespace Serge.Bot.Mastodon;

/// <summary>Describes a response as one line for a person. No decision depends on it.</summary>
internal static class ServerMessage
{
    private const int MaxLength = 200;

    /// <summary>The status, and the server's <c>error</c> or text if there is one.</summary>
    public static string Describe(HttpResponseMessage response, ReadOnlySpan<byte> body, string secret)
    {
        var status = $"HTTP {(int)response.StatusCode}";
        if (response.IsSuccessStatusCode)
        {
            return status;
        }

        var message = GetMessage(response, body);
        if (message.Length == 0)
        {
            return status;
        }

        return $"{status}: {ToLine(message, secret)}";
    }

    /// <summary>A text as one line, without the secret in case the server repeats it.</summary>
    public static string ToLine(string text, string secret)
    {
        var withoutSecret = text.Replace(secret, "…", StringComparison.Ordinal);
        return SingleLine.Create(withoutSecret, MaxLength);
    }

    private static string GetMessage(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
        {
            return $"redirect to {location}";
        }

        return response.Content.Headers.ContentType?.MediaType switch
        {
            "text/html" => "", // the page of a proxy or a web site
            "application/json" => JsonReader.Parse(body).Member("error").Text() ?? "",
            _ => Encoding.UTF8.GetString(body), // complete: a part of the secret would not be recognised
        };
    }
}
