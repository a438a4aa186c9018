namespace Serge.Bot.Simulator.Mastodon;

/// <summary>One route of the API.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path on the server.</param>
/// <param name="Handle">Handles a request, under the world's lock.</param>
internal sealed record MastodonRoute(string Method, string Pattern, Func<MastodonRequest, MastodonResponse> Handle)
{
    /// <summary>The scopes of which the token of an account needs one; empty if no such token is needed.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The scopes of which a token needs one if the request has a token.</summary>
    public IReadOnlyList<string> OptionalScopes { get; init; } = [];

    /// <summary>Whether a token is needed, with any scope.</summary>
    public bool NeedsToken { get; init; }
}
