using System.Net;
using System.Net.Http.Headers;

namespace Serge.Bot.Simulator.Discord;

/// <summary>Interactions over HTTP, for applications that have an interactions endpoint.</summary>
public sealed partial class DiscordWorld
{
    private const string JsonMediaType = "application/json";

    private static readonly HttpClient EndpointClient = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        }
    );

    /// <summary>Sets an interactions endpoint as in the developer portal, which validates it: with a ping, and with a
    /// ping that has an invalid signature.</summary>
    /// <remarks>Source: Discord docs, Interactions/Overview, Configuring an Interactions Endpoint URL.</remarks>
    /// <param name="application">The application.</param>
    /// <param name="endpoint">The URL; <see langword="null"/> for the gateway.</param>
    /// <param name="cancellationToken">Cancels the validation.</param>
    /// <returns>Why the portal rejects the endpoint; <see langword="null"/> if it accepts it.</returns>
    public async Task<string?> SetInteractionsEndpointAsync(
        Application application,
        Uri? endpoint,
        CancellationToken cancellationToken = default
    )
    {
        if (endpoint is not null)
        {
            var error = await ValidateEndpointAsync(application, endpoint, cancellationToken);
            if (error is not null)
            {
                return error;
            }
        }

        lock (Lock)
        {
            application.InteractionsEndpoint = endpoint;
        }

        return null;
    }

    private async Task<string?> ValidateEndpointAsync(
        Application application,
        Uri endpoint,
        CancellationToken cancellationToken
    )
    {
        var ping = """{"version":1,"type":1,"token":"ping"}"""u8.ToArray();
        byte[] forgedPing = [.. ping, (byte)' '];
        using var response = await PostAsync(application, endpoint, ping, ping, cancellationToken);
        if (!await IsPongAsync(response, cancellationToken))
        {
            return $"The endpoint answered a ping with {(int)response.StatusCode} and no pong.";
        }

        using var rejection = await PostAsync(application, endpoint, ping, forgedPing, cancellationToken);
        if (rejection.StatusCode != HttpStatusCode.Unauthorized)
        {
            return $"The endpoint answered an invalid signature with {(int)rejection.StatusCode} instead of 401.";
        }

        return null;
    }

    private static async Task<bool> IsPongAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (response.StatusCode != HttpStatusCode.OK || mediaType != JsonMediaType)
        {
            return false;
        }

        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var type = JsonNode.Parse(body)?["type"];
        return type?.GetValue<int>() == 1;
    }

    /// <summary>Sends an interaction to its endpoint, and handles the response.</summary>
    private async Task DeliverAsync(PendingInteraction interaction, Uri endpoint, JsonObject json)
    {
        var isDelivered = false;
        try
        {
            isDelivered = await TryDeliverAsync(interaction, endpoint, json);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or JsonException)
        {
            // The member sees the same failure as without a response.
        }

        if (!isDelivered)
        {
            lock (Lock)
            {
                Fail(interaction);
            }
        }
    }

    /// <returns>Whether the endpoint has responded, or will respond through the callback route.</returns>
    private async Task<bool> TryDeliverAsync(PendingInteraction interaction, Uri endpoint, JsonObject json)
    {
        var body = Json.ToUtf8(json);
        var sending = PostAsync(interaction.Application, endpoint, body, body, CancellationToken.None);
        using var response = await sending.WaitAsync(Options.ResponseTimeout, Clock);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return response.StatusCode == HttpStatusCode.Accepted;
        }

        await using var stream = await response.Content.ReadAsStreamAsync();
        using var document = await JsonDocument.ParseAsync(stream);
        lock (Lock)
        {
            return IsValid(interaction) && _tryHandleCallback(this, interaction, document.RootElement);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(
        Application application,
        Uri endpoint,
        byte[] signedBody,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        var seconds = Clock.GetUtcNow().ToUnixTimeSeconds();
        var timestamp = seconds.ToString(CultureInfo.InvariantCulture);
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(JsonMediaType);
        request.Headers.UserAgent.ParseAdd("Discord-Interactions/1.0");
        request.Headers.Add("X-Signature-Ed25519", application.Key.Sign(timestamp, signedBody));
        request.Headers.Add("X-Signature-Timestamp", timestamp);
        return await EndpointClient.SendAsync(request, cancellationToken);
    }
}
