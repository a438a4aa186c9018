using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Publishing;

/// <summary>Creates the request that sends an alert to a webhook.</summary>
internal static class WebhookRequest
{
    private const string Title = "Serge.Bot needs attention";

    /// <param name="settings">The address and the format.</param>
    /// <param name="post">The alert.</param>
    /// <param name="systemNow">The time that is signed.</param>
    /// <param name="deadline">Until when the body may begin to be sent.</param>
    public static HttpRequestMessage Create(
        WebhookSettings settings,
        Post post,
        DateTimeOffset systemNow,
        SendDeadline deadline
    )
    {
        var text = post.Payload?.Text ?? "";
        var (request, body) = settings.Format switch
        {
            WebhookFormat.Ntfy => CreateForNtfy(settings, post.Key, text),
            WebhookFormat.Discord => CreateForDiscord(settings, text),
            _ => CreateJson(settings, post, text, systemNow),
        };
        request.Headers.UserAgent.Add(PlatformTransport.UserAgent);
        request.Content = new DeadlineContent(body.ToContent(), deadline);
        return request;
    }

    /// <remarks>Source: Standard Webhooks 1.0, Signature scheme.</remarks>
    public static string Sign(byte[] key, string id, string timestamp, byte[] body)
    {
        var prefix = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        byte[] signed = [.. prefix, .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }

    private static (HttpRequestMessage Request, RequestBody Body) CreateJson(
        WebhookSettings settings,
        Post post,
        string text,
        DateTimeOffset systemNow
    )
    {
        AlertBody alert = new("alert", post.Key, post.Occurrence.UtcDateTime, Title, text);
        var body = RequestBody.FromJson(JsonSerializer.SerializeToUtf8Bytes(alert, WebhookJson.Default.AlertBody));
        var timestamp = systemNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        HttpRequestMessage request = new(HttpMethod.Post, settings.GetAddress());
        request.Headers.Add("webhook-id", post.Key);
        request.Headers.Add("webhook-timestamp", timestamp);
        if (settings.GetSigningKey() is { } key)
        {
            request.Headers.Add("webhook-signature", Sign(key, post.Key, timestamp, body.Bytes));
        }

        return (request, body);
    }

    /// <remarks>Source: ntfy docs, Publishing. With a sequence id that it knows, ntfy 2.16 and later replaces the
    /// notification; older versions ignore it.</remarks>
    private static (HttpRequestMessage Request, RequestBody Body) CreateForNtfy(
        WebhookSettings settings,
        string key,
        string text
    )
    {
        HttpRequestMessage request = new(HttpMethod.Post, settings.GetAddress());
        request.Headers.Add("Title", Title);
        request.Headers.Add("Priority", "high");
        request.Headers.Add("Tags", "warning");
        request.Headers.Add("X-Sequence-ID", key);
        return (request, new RequestBody(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8"));
    }

    private static (HttpRequestMessage Request, RequestBody Body) CreateForDiscord(
        WebhookSettings settings,
        string text
    )
    {
        DiscordWebhookBody message = new(text, new DiscordWebhookMentions([]));
        var body = RequestBody.FromJson(
            JsonSerializer.SerializeToUtf8Bytes(message, WebhookJson.Default.DiscordWebhookBody)
        );
        var address = GetDiscordAddress(settings.GetAddress());
        return (new HttpRequestMessage(HttpMethod.Post, address), body);
    }

    /// <summary>Without <c>wait=true</c> Discord also confirms a message that it does not save (Discord docs, Execute
    /// Webhook).</summary>
    private static Uri GetDiscordAddress(Uri address)
    {
        UriBuilder builder = new(address);
        builder.Query = builder.Query.Length > 0 ? $"{builder.Query}&wait=true" : "wait=true";
        return builder.Uri;
    }
}

/// <summary>The body of the format <see cref="WebhookFormat.Json"/>.</summary>
/// <param name="Type">Always <c>alert</c>.</param>
/// <param name="Id">The same for each repetition of an alert.</param>
/// <param name="Timestamp">When the alert was planned, in UTC.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Plain text with several lines.</param>
internal sealed record AlertBody(string Type, string Id, DateTime Timestamp, string Title, string Text);

/// <summary>The body for Discord.</summary>
internal sealed record DiscordWebhookBody(string Content, DiscordWebhookMentions AllowedMentions);

/// <summary>Who is notified.</summary>
/// <param name="Parse">Empty: no mention notifies.</param>
internal sealed record DiscordWebhookMentions(string[] Parse);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AlertBody))]
[JsonSerializable(typeof(DiscordWebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext;
