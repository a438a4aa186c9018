using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A request as the server receives it.</summary>
internal sealed record Seen(
    TimeSpan At,
    string Method,
    string Path,
    string? Authorization,
    string? UserAgent,
    string? ContentType,
    string? Body
)
{
    public JsonElement Json => JsonDocument.Parse(Body!).RootElement;

    public string Line => $"{Method} {Path}";
}

/// <summary>The handling of a request by the server.</summary>
public delegate Task<HttpResponseMessage> Behaviour(HttpRequestMessage request, CancellationToken cancellationToken);

/// <summary>Discord's REST API, controlled by the test. Responses are set per route, one after the other; the last one
/// repeats.</summary>
internal sealed class FakeApi(VirtualTime time, string address = FakeApi.Base) : HttpMessageHandler
{
    /// <summary>Discord's own address; no request is sent over the network.</summary>
    public const string Base = "https://discord.com/api/v10/";

    private readonly Dictionary<string, Queue<Behaviour>> _answers = new(StringComparer.Ordinal);

    /// <summary>All requests whose body has arrived, or that have no body.</summary>
    public List<Seen> Requests { get; } = [];

    /// <summary>Sets the response of a route.</summary>
    public FakeApi On(string line, params Behaviour[] answers)
    {
        _answers[line] = new(answers);
        return this;
    }

    /// <summary>The usual responses: the bot's user, and a channel of a guild in which everything is allowed.</summary>
    public FakeApi WithServer(ulong channel = 1, ulong guild = 7) =>
        this.On("GET users/@me", Json(200, """{"id":"40","username":"serge"}"""))
            .On("GET applications/@me", Json(200, """{"id":"41","name":"Serge"}"""))
            .On(
                $"GET channels/{channel}",
                Json(200, $$"""{"id":"{{channel}}","type":0,"guild_id":"{{guild}}","name":"general"}""")
            )
            .On(
                $"GET guilds/{guild}",
                Json(200, $$"""{"id":"{{guild}}","owner_id":"1","roles":[{"id":"{{guild}}","permissions":"68608"}]}""")
            )
            .On($"GET guilds/{guild}/members/40", Json(200, """{"roles":[]}"""));

    /// <summary>A client of this API.</summary>
    public DiscordClient Client(LogLines? log = null, bool overHttp = false) =>
        new(
            new DiscordClientOptions
            {
                Token = " the-token\n",
                ApiAddress = new Uri(address),
                InteractionsOverHttp = overHttp,
            },
            time,
            new FixedChance(0.5),
            log ?? new LogLines(),
            this,
            () => throw new NotSupportedException()
        );

    /// <summary>The REST client of this API.</summary>
    public RestClient Rest(LogLines? log = null) =>
        new(Settings(address), time, new FixedChance(0.5), log ?? new LogLines(), this);

    public static RestSettings Settings(string address, double requestsPerSecond = 50) =>
        new()
        {
            Address = new Uri(address),
            Token = "the-token",
            UserAgent = "DiscordBot (https://bot.example/, 1.0)",
            RequestsPerSecond = requestsPerSecond,
        };

    public static Behaviour Json(int status, string json, params (string Name, string Value)[] headers) =>
        async (request, _) =>
        {
            await ReadAsync(request);
            return Response(status, json, "application/json", headers);
        };

    public static Behaviour Page(int status, string html) =>
        async (request, _) =>
        {
            await ReadAsync(request);
            return Response(status, html, "text/html", []);
        };

    public static Behaviour Nothing(int status) => Json(status, "");

    public static Behaviour Error(int status, int code, string message) =>
        Json(status, $$"""{"code":{{code}},"message":"{{message}}"}""");

    public static Behaviour RateLimited(double seconds, string scope = "user") =>
        Json(
            429,
            new JsonObject
            {
                ["message"] = "You are being rate limited.",
                ["retry_after"] = seconds,
                ["global"] = scope == "global",
            }.ToJsonString(),
            ("X-RateLimit-Scope", scope),
            ("Retry-After", Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>No server: the request is not sent.</summary>
    public static Behaviour Unreachable(HttpRequestError error = HttpRequestError.ConnectionError) =>
        (_, _) => throw new HttpRequestException(error, "Connection refused (127.0.0.1:5080)");

    /// <summary>The request arrives, and the connection breaks before the response.</summary>
    public static Behaviour Lost() =>
        async (request, _) =>
        {
            await ReadAsync(request);
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        };

    /// <summary>The body of the response is truncated.</summary>
    public static Behaviour TruncatesBody(int status) =>
        async (request, _) =>
        {
            await ReadAsync(request);
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new BrokenContent() };
        };

    /// <summary>The request arrives, and there is no response.</summary>
    public static Behaviour Hangs() =>
        async (request, cancellationToken) =>
        {
            await ReadAsync(request);
            await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException();
        };

    /// <summary>Connecting never completes.</summary>
    public static Behaviour NeverConnects() =>
        async (_, cancellationToken) =>
        {
            await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException();
        };

    /// <summary>Responds after a delay.</summary>
    public Behaviour After(TimeSpan delay, Behaviour then) =>
        async (request, cancellationToken) =>
        {
            await Task.Delay(delay, time, cancellationToken);
            return await then(request, cancellationToken);
        };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        time.CountStep();
        Assert.StartsWith(address, request.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
        var line = $"{request.Method} {request.RequestUri.AbsoluteUri[address.Length..]}";
        if (!_answers.TryGetValue(line, out var answers))
        {
            return await Error(404, 0, $"404: Not Found ({line})")(request, cancellationToken);
        }

        var answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        Requests.Add(SeenOf(line, request));
        return await answer(request, cancellationToken);
    }

    private Seen SeenOf(string line, HttpRequestMessage request) =>
        new(
            time.Elapsed,
            request.Method.Method,
            line[(request.Method.Method.Length + 1)..],
            request.Headers.Authorization?.ToString(),
            request.Headers.TryGetValues("User-Agent", out var agents) ? string.Join(' ', agents) : null,
            request.Content?.Headers.ContentType?.ToString(),
            request.Content is CallContent body ? PeekAt(body) : null
        );

    /// <summary>Reads a body without sending it.</summary>
    private static string PeekAt(CallContent body) => Encoding.UTF8.GetString(body.Bytes.Span);

    public static async Task ReadAsync(HttpRequestMessage request)
    {
        if (request.Content is { } content)
        {
            await content.CopyToAsync(Stream.Null);
        }
    }

    private static HttpResponseMessage Response(
        int status,
        string body,
        string type,
        (string Name, string Value)[] headers
    )
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private sealed class BrokenContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new IOException("The connection was reset.");

        protected override bool TryComputeLength(out long length)
        {
            length = 10;
            return true;
        }
    }
}
