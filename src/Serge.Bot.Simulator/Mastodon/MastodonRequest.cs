using Microsoft.AspNetCore.Routing;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A request that is being handled.</summary>
internal sealed record MastodonRequest(
    HttpContext Context,
    string Root,
    MastodonWorld World,
    AccessToken? Token,
    RequestParameters Parameters
)
{
    /// <summary>The headers of the response.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The account of the token.</summary>
    public Account Account => Token?.Account ?? throw new InvalidOperationException("The route needs no account.");

    /// <summary>The address of the server as the client sees it.</summary>
    public Uri Server
    {
        get
        {
            var request = Context.Request;
            return new Uri($"{request.Scheme}://{request.Host}{request.PathBase}{Root}/");
        }
    }

    public string GetText(string routeValue) => (string)Context.GetRouteValue(routeValue)!;

    public bool CanSee(Status status) => status.Visibility is "public" or "unlisted" || IsOwn(status);

    public JsonObject ToJson(Account account) => account.ToJson(Server);

    public JsonObject ToJson(Status status) => status.ToJson(Server, IsOwn(status));

    public JsonArray ToJson(IEnumerable<Status> statuses) => Json.ToArray(statuses, ToJson);

    private bool IsOwn(Status status) => Token?.Account == status.Account;
}
