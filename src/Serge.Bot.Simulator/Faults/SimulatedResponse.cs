namespace Serge.Bot.Simulator.Faults;

/// <summary>A response that is ready to be written.</summary>
internal sealed record SimulatedResponse(int Status, byte[] Body, string ContentType)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static SimulatedResponse Html(int status, string page) =>
        new(status, Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8");

    /// <summary>Creates a response with a JSON body, or without a body for <see langword="null"/>.</summary>
    public static SimulatedResponse Json(int status, JsonNode? body, string contentType)
    {
        if (body is null)
        {
            return new SimulatedResponse(status, [], contentType);
        }

        return new SimulatedResponse(status, Common.Json.ToUtf8(body), contentType);
    }
}

/// <summary>Creates the responses of faults in a platform's own form.</summary>
internal interface IFaultResponses
{
    SimulatedResponse Create(int status);

    SimulatedResponse CreateRateLimited(RequestEffect.RateLimit effect, DateTimeOffset now);
}
