namespace Serge.Bot.EndToEnd.Support;

/// <summary>What can happen to one request, for the theories of posts that must be there exactly once.</summary>
internal static class RequestTroubles
{
    /// <summary>Each trouble of each request: its name, the path, and the effect.</summary>
    public static TheoryData<string, string, RequestEffect> For(params (string What, string Path)[] requests)
    {
        TheoryData<string, string, RequestEffect> troubles = [];
        foreach (var (what, path) in requests)
        {
            troubles.Add($"{what}: the answer is lost", path, new RequestEffect.LoseResponse());
            troubles.Add($"{what}: the request is lost", path, new RequestEffect.Drop());
            troubles.Add($"{what}: 429", path, new RequestEffect.RateLimit(TimeSpan.FromSeconds(1)));
            troubles.Add($"{what}: 503", path, new RequestEffect.Respond(503));
            troubles.Add($"{what}: 200 with garbage", path, new RequestEffect.HtmlPage());
            troubles.Add($"{what}: 200 with nothing", path, new RequestEffect.EmptyBody());
        }

        return troubles;
    }
}
