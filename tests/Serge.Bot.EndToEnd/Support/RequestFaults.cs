namespace Serge.Bot.EndToEnd.Support;

/// <summary>Faults of one request, for theories about posts that must be published exactly once.</summary>
internal static class RequestFaults
{
    /// <summary>Each fault of each request: its name, the path, and the effect.</summary>
    public static TheoryData<string, string, RequestEffect> For(params (string What, string Path)[] requests)
    {
        TheoryData<string, string, RequestEffect> faults = [];
        foreach (var (what, path) in requests)
        {
            faults.Add($"{what}: the response is lost", path, new RequestEffect.LoseResponse());
            faults.Add($"{what}: the request is lost", path, new RequestEffect.Drop());
            faults.Add($"{what}: 429", path, new RequestEffect.RateLimit(TimeSpan.FromSeconds(1)));
            faults.Add($"{what}: 503", path, new RequestEffect.Respond(503));
            faults.Add($"{what}: 200 with garbage", path, new RequestEffect.HtmlPage());
            faults.Add($"{what}: 200 with nothing", path, new RequestEffect.EmptyBody());
        }

        return faults;
    }
}
