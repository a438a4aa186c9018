namespace Serge.Bot.Tests.Cli.Support;

/// <summary>Answers each HTTP request as the test specifies, and records the requests.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    public List<string> Requests { get; } = [];

    public Func<HttpResponseMessage> OnRequest { get; set; } = static () => new HttpResponseMessage();

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Requests.Add($"{request.Method} {request.RequestUri} no-cache={request.Headers.CacheControl?.NoCache}");
        return Task.FromResult(OnRequest());
    }
}
