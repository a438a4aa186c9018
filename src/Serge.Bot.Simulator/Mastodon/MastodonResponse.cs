namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The response to a request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; <see langword="null"/> for none.</param>
internal sealed record MastodonResponse(int Status, JsonNode? Body)
{
    /// <summary>An HTML page instead of JSON.</summary>
    private string? Page { get; init; }

    public static MastodonResponse OutOfScope => Error(403, "This action is outside the authorized scopes");

    public static MastodonResponse Suspended => Error(403, "Your login is currently disabled");

    public static MastodonResponse NoUser => Error(422, "This method requires an authenticated user");

    public static MastodonResponse NotFound => Error(404, "Record not found");

    /// <summary>The 404 of servers that lack a part of the API.</summary>
    public static MastodonResponse PageNotFound => new(404, null) { Page = "<h1>404 Not Found</h1>" };

    public static MastodonResponse RouteNotFound => Error(404, "Not Found");

    public static MastodonResponse TooManyRequests => Error(429, "Too many requests");

    public static MastodonResponse Ok(JsonNode body) => new(200, body);

    public static MastodonResponse Error(int status, string text) => new(status, new JsonObject { ["error"] = text });

    public static MastodonResponse Invalid(string error) => Error(422, $"Validation failed: {error}");

    /// <summary>Returns the error for an unknown token; without a body unless the status is 401.</summary>
    public static MastodonResponse InvalidToken(int status)
    {
        if (status == 401)
        {
            return Error(status, "The access token is invalid");
        }

        return new MastodonResponse(status, null);
    }

    public SimulatedResponse ToSimulated()
    {
        if (Page is not null)
        {
            return SimulatedResponse.Html(Status, Page);
        }

        return SimulatedResponse.Json(Status, Body, "application/json; charset=utf-8");
    }
}
