using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A request that got through to its route.</summary>
internal sealed record MastodonRequest(
    HttpContext Context,
    string Root,
    MastodonWorld World,
    AccessToken? Token,
    Parameters Parameters
)
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers of the answer.</summary>
    public Dictionary<string, string> Headers => _headers;

    /// <summary>Whose token it carries.</summary>
    public Account Account => Token?.Account ?? throw new InvalidOperationException("The route asks for no account.");

    /// <summary>The server's own address as the client sees it.</summary>
    public Uri Server => new($"{Context.Request.Scheme}://{Context.Request.Host}{Context.Request.PathBase}{Root}/");

    public string Text(string routeValue) => (string)Context.GetRouteValue(routeValue)!;

    public JsonObject Json(Account account) => account.ToJson(Server);

    /// <summary>Whether the caller may see a status.</summary>
    public bool MaySee(Status status) =>
        status.Visibility is "public" or "unlisted" || Token?.Account == status.Account;

    public JsonObject Json(Status status) =>
        status.ToJson(Server, Json(status.Account), Token?.Account == status.Account);
}

/// <summary>One route of the server.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Pattern">The path on the server.</param>
/// <param name="Handle">Acts on a request, under the world's lock.</param>
internal sealed record MastodonRoute(string Method, string Pattern, Func<MastodonRequest, MastodonAnswer> Handle)
{
    /// <summary>The scopes of which the token needs one, with an account behind it; empty where no token is needed.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The scopes of which a token needs one if there is a token at all.</summary>
    public IReadOnlyList<string> OptionalScopes { get; init; } = [];

    /// <summary>Whether any token will do, but one must be there.</summary>
    public bool AnyToken { get; init; }
}

/// <summary>What a request is answered with.</summary>
internal sealed record MastodonAnswer(int Status, JsonNode? Body)
{
    /// <summary>A web page in place of JSON.</summary>
    public string? Page { get; init; }

    public static MastodonAnswer Ok(JsonNode body) => new(200, body);

    public static MastodonAnswer Error(int status, string text) => new(status, new JsonObject { ["error"] = text });

    public static MastodonAnswer InvalidToken => Error(401, "The access token is invalid");

    public static MastodonAnswer OutOfScope => Error(403, "This action is outside the authorized scopes");

    public static MastodonAnswer Suspended => Error(403, "Your login is currently disabled");

    public static MastodonAnswer NoUser => Error(422, "This method requires an authenticated user");

    public static MastodonAnswer NotFound => Error(404, "Record not found");

    /// <summary>As small servers say it.</summary>
    public static MastodonAnswer NoSuchPage => new(404, null) { Page = "<h1>404 Not Found</h1>" };

    /// <summary>A refusal without a word.</summary>
    public static MastodonAnswer Wordless(int status) => new(status, null);

    public static MastodonAnswer NoSuchRoute => Error(404, "Not Found");

    public static MastodonAnswer TooMany => Error(429, "Too many requests");

    public static MastodonAnswer Invalid(string what) => Error(422, $"Validation failed: {what}");
}
