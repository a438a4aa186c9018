using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Discord.Http;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>The least that an endpoint for interactions can do: it verifies the signature as the worker does, and
/// answers each command in the response with the same text. It has no limits and does not read the command.</summary>
internal static class BareEndpoint
{
    private static readonly byte[] Pong = """{"type":1}"""u8.ToArray();

    private static readonly byte[] Answer =
        """{"type":4,"data":{"content":"Words.","allowed_mentions":{"parse":[]}}}"""u8.ToArray();

    public static async Task<int> RunAsync(Uri api, string token, int port)
    {
        var key = await ReadKeyAsync(api, token);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var application = builder.Build();
        application.Run(context => HandleAsync(context, key));
        await application.RunAsync();
        return 0;
    }

    private static async Task HandleAsync(HttpContext context, byte[] key)
    {
        var buffer = new byte[64 * 1024];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        string? signature = context.Request.Headers["X-Signature-Ed25519"];
        string? timestamp = context.Request.Headers["X-Signature-Timestamp"];
        var body = buffer.AsSpan(0, length);
        if (!Ed25519Signature.IsValid(key, signature ?? "", timestamp ?? "", body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var isPing = body.IndexOf("\"type\":1,"u8) >= 0 && body.Length < 100;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(isPing ? Pong : Answer);
    }

    private static async Task<byte[]> ReadKeyAsync(Uri api, string token)
    {
        using HttpClient client = new() { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", token);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (https://bot.example/, 1.0)");
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
