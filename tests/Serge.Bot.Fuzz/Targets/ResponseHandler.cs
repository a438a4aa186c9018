using System.Net;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>Returns the same body for every request. The first bytes of the body select the status code.</summary>
internal sealed class ResponseHandler(byte[] input) : HttpMessageHandler
{
    private static readonly HttpStatusCode[] Codes =
    [
        HttpStatusCode.OK,
        HttpStatusCode.OK,
        HttpStatusCode.OK,
        HttpStatusCode.Forbidden,
        HttpStatusCode.NotFound,
        HttpStatusCode.TooManyRequests,
        HttpStatusCode.UnprocessableEntity,
        HttpStatusCode.BadGateway,
    ];

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var code = Codes[input.Length % Codes.Length];
        ByteArrayContent content = new(input);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return Task.FromResult(new HttpResponseMessage(code) { Content = content, RequestMessage = request });
    }
}
