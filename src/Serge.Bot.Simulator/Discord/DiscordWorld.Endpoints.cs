using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Interactions;
using Serge.Bot.Simulator.Discord.Rest;

namespace Serge.Bot.Simulator.Discord;

/// <summary>Interactions over HTTP, for applications that name an address for them.</summary>
public sealed partial class DiscordWorld
{
    private static readonly HttpClient Caller = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        }
    );

    /// <summary>Enters an interactions endpoint in the developer portal, which tries it at once: with a ping, and with a forged one.</summary>
    /// <remarks>Source: Discord docs, Interactions/Overview, Configuring an Interactions Endpoint URL.</remarks>
    /// <param name="application">Whose.</param>
    /// <param name="endpoint">Where Discord shall call; <see langword="null"/> to go back to the gateway.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why the portal refuses it; <see langword="null"/> if it does not.</returns>
    public async Task<string?> SetInteractionsEndpointAsync(
        Application application,
        Uri? endpoint,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(application);
        if (endpoint is not null)
        {
            var ping = "{\"version\":1,\"type\":1,\"token\":\"ping\"}"u8.ToArray();
            using var good = await CallAsync(application, endpoint, ping, ping, cancellationToken);
            if (
                good.StatusCode != HttpStatusCode.OK
                || good.Content.Headers.ContentType?.MediaType != "application/json"
                || JsonNode.Parse(await good.Content.ReadAsStringAsync(cancellationToken))?["type"]?.GetValue<int>()
                    != 1
            )
            {
                return $"The endpoint answered a ping with {(int)good.StatusCode}, and not with a pong.";
            }

            using var forged = await CallAsync(application, endpoint, ping, [.. ping, (byte)' '], cancellationToken);
            if (forged.StatusCode != HttpStatusCode.Unauthorized)
            {
                return $"The endpoint answered a forged ping with {(int)forged.StatusCode}, and not with 401.";
            }
        }

        lock (Gate)
        {
            application.InteractionsEndpoint = endpoint;
        }

        return null;
    }

    /// <summary>Takes an interaction to its endpoint, and its answer from there, if the answer comes at once.</summary>
    private async Task DeliverAsync(PendingInteraction interaction, Uri endpoint, JsonObject json)
    {
        var body = Json.ToUtf8(json);
        try
        {
            using var response = await CallAsync(interaction.Application, endpoint, body, body, CancellationToken.None)
                .WaitAsync(Options.ResponseTimeout, Clock);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                // The answer comes through the callback route.
                return;
            }

            if (response.StatusCode == HttpStatusCode.OK)
            {
                using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
                lock (Gate)
                {
                    if (
                        Lives(interaction)
                        && InteractionRoutes.Take(this, interaction, answer.RootElement).Status < 300
                    )
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or JsonException)
        {
            // To the member it is all the same.
        }

        lock (Gate)
        {
            Fail(interaction);
        }
    }

    private async Task<HttpResponseMessage> CallAsync(
        Application application,
        Uri endpoint,
        byte[] signed,
        byte[] sent,
        CancellationToken cancellationToken
    )
    {
        var timestamp = Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(sent) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("Discord-Interactions/1.0");
        request.Headers.Add("X-Signature-Ed25519", application.Key.Sign(timestamp, signed));
        request.Headers.Add("X-Signature-Timestamp", timestamp);
        return await Caller.SendAsync(request, cancellationToken);
    }
}
