namespace Serge.Bot.Simulator.Faults;

/// <summary>A response that is ready to be written.</summary>
internal sealed record SimulatedResponse(int Status, byte[] Body, string ContentType)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static SimulatedResponse Html(int status, string page) =>
        new(status, Encoding.UTF8.GetBytes(page), "text/html");
}

/// <summary>Creates the responses of faults in a platform's own form.</summary>
internal interface IFaultResponses
{
    SimulatedResponse Create(int status);

    SimulatedResponse CreateRateLimited(RequestEffect.RateLimit effect, DateTimeOffset now);
}
