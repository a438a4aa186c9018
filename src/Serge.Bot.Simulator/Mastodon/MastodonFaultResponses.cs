namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Creates the responses of faults in Mastodon's form.</summary>
internal sealed class MastodonFaultResponses : IFaultResponses
{
    private const string TemporaryProblem = "There was a temporary problem serving your request, please try again";

    public SimulatedResponse Create(int status)
    {
        if (status is 502 or 504)
        {
            return SimulatedResponse.Html(status, $"<html><body>{status} nginx</body></html>");
        }

        var error = status switch
        {
            401 => "The access token is invalid",
            404 => "Record not found",
            422 => "Validation failed: Simulated error",
            503 => TemporaryProblem,
            _ => "Internal Server Error",
        };
        return MastodonResponse.Error(status, error).ToSimulated();
    }

    public SimulatedResponse CreateRateLimited(RequestEffect.RateLimit effect, DateTimeOffset now)
    {
        Dictionary<string, string> headers = [];
        Allowance allowance = new(300, 0, now + effect.RetryAfter, IsExceeded: true);
        allowance.AddTo(headers);
        return MastodonResponse.TooManyRequests.ToSimulated() with { Headers = headers };
    }
}
