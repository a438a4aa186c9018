using System.Net;
using System.Text;

namespace Serge.Bot.Tests.Commands;

/// <summary>What Discord, or anybody else, gets back who sends an interaction over HTTP.</summary>
public sealed class InteractionListenerTests : IAsyncLifetime
{
    private readonly FakeEndpoint _endpoint = new();
    private readonly HttpClient _client = new();
    private readonly InteractionListener _listener;

    public InteractionListenerTests() =>
        _listener = new InteractionListener(
            _endpoint,
            new DiscordSettings
            {
                Token = new Secret("t"),
                ApiAddress = new Uri("https://d.example"),
                Listen = new Uri("http://127.0.0.1:0/"),
            }
        );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _listener.StartAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _listener.StopAsync(Stop);
        await _listener.DisposeAsync();
    }

    [Theory]
    [InlineData(InteractionReceipt.Accepted, HttpStatusCode.Accepted, "")]
    [InlineData(InteractionReceipt.Pong, HttpStatusCode.OK, "{\"type\":1}")]
    [InlineData(InteractionReceipt.Unreadable, HttpStatusCode.BadRequest, "")]
    [InlineData(InteractionReceipt.Forged, HttpStatusCode.Unauthorized, "")]
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
        _endpoint.Receipt = InteractionReceipt.Forged;

        using var response = await PostAsync("");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal([(null, null, "")], _endpoint.Received);
    }

    [Theory]
    [InlineData("GET", InteractionListener.Path, HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("PUT", InteractionListener.Path, HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "")]
    [InlineData("POST", "/", HttpStatusCode.NotFound, "")]
    [InlineData("POST", InteractionListener.Path + "/x", HttpStatusCode.NotFound, "")]
    public async Task Request_ForAnythingElse_IsTurnedAway(
        string method,
        string path,
        HttpStatusCode status,
        string allowed
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_listener.Address, path));
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
        var address = new Uri(_listener.Address, InteractionListener.Path);
        await _listener.StopAsync(Stop);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(address, Stop));
    }

    [Fact]
    public async Task Stop_WithoutAStart_DoesNothing()
    {
        await using var idle = new InteractionListener(
            _endpoint,
            new DiscordSettings { Token = new Secret("t"), ApiAddress = new Uri("https://d.example") }
        );

        await idle.StopAsync(Stop);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(_listener.Address, InteractionListener.Path)
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
