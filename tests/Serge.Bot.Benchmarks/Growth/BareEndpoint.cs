using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Discord.Http;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>A minimal endpoint for interactions: it verifies the signature as the worker does, and returns the same
/// text for each command. It has no limits.</summary>
internal static class BareEndpoint
{
    private static readonly byte[] Pong = """{"type":1}"""u8.ToArray();

    private static readonly byte[] Answer =
        """{"type":4,"data":{"content":"Words.","allowed_mentions":{"parse":[]}}}"""u8.ToArray();

    /// <param name="api">The address of Discord.</param>
    /// <param name="token">The bot's token.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="callsBack">Whether a command is answered by a request to Discord, as the worker sends a reply with
    /// a file, instead of in the response.</param>
    public static async Task<int> RunAsync(Uri api, string token, int port, bool callsBack)
    {
        using var client = CreateClient(api, token);
        var key = await ReadKeyAsync(client);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var application = builder.Build();
        application.Run(context => HandleAsync(context, key, callsBack ? client : null));
        await application.RunAsync();
        return 0;
    }

    private static async Task HandleAsync(HttpContext context, byte[] key, HttpClient? client)
    {
        var buffer = new byte[64 * 1024];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        string? signature = context.Request.Headers["X-Signature-Ed25519"];
        string? timestamp = context.Request.Headers["X-Signature-Timestamp"];
        if (!Ed25519Signature.IsValid(key, signature ?? "", timestamp ?? "", buffer.AsSpan(0, length)))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        const int LongestPing = 100;
        if (client is not null && length > LongestPing)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            await context.Response.CompleteAsync();
            await CallBackAsync(client, buffer.AsMemory(0, length));
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(length > LongestPing ? Answer : Pong);
    }

    private static async Task CallBackAsync(HttpClient client, ReadOnlyMemory<byte> body)
    {
        using var interaction = JsonDocument.Parse(body);
        var id = interaction.RootElement.GetProperty("id").GetString();
        var token = interaction.RootElement.GetProperty("token").GetString();
        using ByteArrayContent answer = new(Answer);
        answer.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(
            new Uri($"interactions/{id}/{token}/callback", UriKind.Relative),
            answer
        );
        response.EnsureSuccessStatusCode();
    }

    private static HttpClient CreateClient(Uri api, string token)
    {
        HttpClient client = new() { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", token);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (https://bot.example/, 1.0)");
        return client;
    }

    private static async Task<byte[]> ReadKeyAsync(HttpClient client)
    {
        using var application = JsonDocument.Parse(
            await client.GetByteArrayAsync(new Uri("applications/@me", UriKind.Relative))
        );
        await RegisterAsync(client, application.RootElement.GetProperty("id").GetString()!);
        return Ed25519Signature.ParseKey(application.RootElement.GetProperty("verify_key").GetString())!;
    }

    private static async Task RegisterAsync(HttpClient client, string application)
    {
        using StringContent commands = new(
            """[{"name":"quote","description":"A quotation","options":[{"type":3,"name":"id","description":"Which"}]}]"""
        );
        commands.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var registered = await client.PutAsync(
            new Uri($"applications/{application}/commands", UriKind.Relative),
            commands
        );
        registered.EnsureSuccessStatusCode();
    }
}
