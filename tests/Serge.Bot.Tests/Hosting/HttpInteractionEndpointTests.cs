using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Hosting;

/// <summary>Responses to interactions over HTTP, from Discord or anybody else.</summary>
public sealed class HttpInteractionEndpointTests : IAsyncLifetime
{
    private readonly FakeEndpoint _endpoint = new();
    private readonly HttpClient _client = new();
    private readonly WebServer _server;

    public HttpInteractionEndpointTests() =>
        _server = new WebServer([new HttpInteractionEndpoint(_endpoint, Settings)], NullLogger<WebServer>.Instance);

    private static DiscordSettings Settings => Some.Discord() with { Listen = new Uri("http://127.0.0.1:0/") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(Stop);
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(InteractionReceipt.Accepted, HttpStatusCode.Accepted, "")]
    [InlineData(InteractionReceipt.Pong, HttpStatusCode.OK, "{\"type\":1}")]
    [InlineData(InteractionReceipt.Malformed, HttpStatusCode.BadRequest, "")]
    [InlineData(InteractionReceipt.Unauthorized, HttpStatusCode.Unauthorized, "")]
    [InlineData(InteractionReceipt.Busy, HttpStatusCode.ServiceUnavailable, "")]
    public async Task Post_GetsTheStatusOfItsReceipt(InteractionReceipt receipt, HttpStatusCode status, string body)
    {
        _endpoint.Receipt = receipt;

        using var response = await PostAsync("é", ("X-Signature-Ed25519", "ab"), ("X-Signature-Timestamp", "12"));

        Assert.Equal((status, body), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
        Assert.Equal(
            receipt == InteractionReceipt.Pong ? "application/json" : null,
            response.Content.Headers.ContentType?.ToString()
        );
        Assert.Equal([("ab", "12", "é")], _endpoint.Received);
    }

    [Fact]
    public async Task Post_WithoutASignature_IsHandedOnWithoutOne()
    {
        _endpoint.Receipt = InteractionReceipt.Unauthorized;

        using var response = await PostAsync("");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal([(null, null, "")], _endpoint.Received);
    }

    [Theory]
    [InlineData("GET", InteractionEndpointCheck.Path, HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("PUT", InteractionEndpointCheck.Path, HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "")]
    [InlineData("POST", "/", HttpStatusCode.NotFound, "")]
    [InlineData("POST", InteractionEndpointCheck.Path + "/x", HttpStatusCode.NotFound, "")]
    public async Task Request_ForAnythingElse_IsTurnedAway(
        string method,
        string path,
        HttpStatusCode status,
        string allowed
    )
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri(_server.GetAddress<HttpInteractionEndpoint>(), path)
        );
        using var response = await _client.SendAsync(request, Stop);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Empty(_endpoint.Received);
    }

    [Theory]
    [InlineData(256 * 1024, HttpStatusCode.Accepted)]
    [InlineData((256 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_OfMoreThanAnyInteraction_IsTurnedAway(int bytes, HttpStatusCode status)
    {
        using var response = await PostAsync(new string('x', bytes));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.Accepted ? 1 : 0, _endpoint.Received.Count);
    }

    [Fact]
    public async Task Stop_ClosesTheAddress()
    {
        var address = new Uri(_server.GetAddress<HttpInteractionEndpoint>(), InteractionEndpointCheck.Path);
        await _server.StopAsync(Stop);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(address, Stop));
    }

    private async Task<HttpResponseMessage> PostAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(_server.GetAddress<HttpInteractionEndpoint>(), InteractionEndpointCheck.Path)
        );
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _client.SendAsync(request, Stop);
    }

    private sealed class FakeEndpoint : IInteractionEndpoint
    {
        public InteractionReceipt Receipt { get; set; }

        public List<(string? Signature, string? Timestamp, string Body)> Received { get; } = [];

        public InteractionReceipt Receive(string? signature, string? timestamp, ReadOnlySpan<byte> body)
        {
            Received.Add((signature, timestamp, Encoding.UTF8.GetString(body)));
            return Receipt;
        }
    }
}
