using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Serge.Bot.BareBot;

/// <summary>A minimal bot: it reads frames from one socket and writes the same response to another. It has no limits,
/// no retries and no heartbeat, so it works only for the minute that a measurement takes.</summary>
internal static class BareBot
{
    private static readonly byte[] Answer =
        """{"type":4,"data":{"content":"Words.","allowed_mentions":{"parse":[]}}}"""u8.ToArray();

    /// <param name="api">The address of Discord's API.</param>
    /// <param name="token">The bot's token.</param>
    /// <param name="usesHttpClient">Whether it responds through .NET's HTTP client instead of a socket.</param>
    public static async Task<int> RunAsync(Uri api, string token, bool usesHttpClient)
    {
        using HttpClient client = new() { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", token);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (https://bot.example/, 1.0)");
        var application = JsonDocument
            .Parse(await client.GetByteArrayAsync(new Uri("applications/@me", UriKind.Relative)))
            .RootElement.GetProperty("id")
            .GetString();
        using StringContent commands = new(
            """[{"name":"quote","description":"A quotation","options":[{"type":3,"name":"id","description":"Which"}]}]""",
            Encoding.UTF8,
            "application/json"
        );
        using var registered = await client.PutAsync(
            new Uri($"applications/{application}/commands", UriKind.Relative),
            commands
        );
        registered.EnsureSuccessStatusCode();

        var gateway = JsonDocument
            .Parse(await client.GetByteArrayAsync(new Uri("gateway/bot", UriKind.Relative)))
            .RootElement.GetProperty("url")
            .GetString();
        using ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("User-Agent", "DiscordBot (https://bot.example/, 1.0)");
        await socket.ConnectAsync(new Uri($"{gateway}?v=10&encoding=json"), CancellationToken.None);
        using TcpClient rest = new(api.Host, api.Port) { NoDelay = true };
        var wire = rest.GetStream();

        var buffer = new byte[64 * 1024];
        var reply = new byte[16 * 1024];
        while (await ReadFrameAsync(socket, buffer) is { } length)
        {
            switch (Read(buffer.AsSpan(0, length)))
            {
                case { Op: 10 }:
                    var identify =
                        $$$$"""{"op":2,"d":{"token":"{{{{token}}}}","intents":1,"properties":{"os":"linux","browser":"bare","device":"bare"}}}""";
                    await socket.SendAsync(
                        Encoding.UTF8.GetBytes(identify),
                        WebSocketMessageType.Text,
                        endOfMessage: true,
                        CancellationToken.None
                    );
                    break;
                case { Event: "INTERACTION_CREATE" } interaction when usesHttpClient:
                    await RespondAsync(client, interaction);
                    break;
                case { Event: "INTERACTION_CREATE" } interaction:
                    var head =
                        $"POST {api.AbsolutePath}interactions/{interaction.Id}/{interaction.Token}/callback HTTP/1.1\r\nHost: {api.Authority}\r\n"
                        + $"User-Agent: DiscordBot (https://bot.example/, 1.0)\r\nContent-Type: application/json\r\nContent-Length: {Answer.Length}\r\n\r\n";
                    await wire.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. Answer]);
                    await ReadAnswerAsync(wire, reply);
                    break;
            }
        }

        return 0;
    }

    private static async Task RespondAsync(HttpClient client, Frame interaction)
    {
        Uri callback = new($"interactions/{interaction.Id}/{interaction.Token}/callback", UriKind.Relative);
        using ByteArrayContent content = new(Answer);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(callback, content);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<int?> ReadFrameAsync(ClientWebSocket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return length;
            }
        }
    }

    /// <summary>A 204 response has no body and ends with the empty line.</summary>
    private static async Task ReadAnswerAsync(NetworkStream wire, byte[] buffer)
    {
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await wire.ReadAsync(buffer.AsMemory(length));
            length += read > 0 ? read : throw new IOException("The connection ended.");
        }
    }

    private static Frame Read(ReadOnlySpan<byte> json)
    {
        Frame frame = default;
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var depth = reader.CurrentDepth;
            switch (
                Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan)
            )
            {
                case "op" when depth == 1 && reader.Read():
                    frame.Op = reader.GetInt32();
                    break;
                case "t" when depth == 1 && reader.Read():
                    frame.Event = reader.GetString();
                    break;
                case "id" when depth == 2 && reader.Read():
                    frame.Id = reader.GetString();
                    break;
                case "token" when depth == 2 && reader.Read():
                    frame.Token = reader.GetString();
                    break;
                default:
                    break;
            }
        }

        return frame;
    }

    private struct Frame
    {
        public int Op;
        public string? Event;
        public string? Id;
        public string? Token;
    }
}
