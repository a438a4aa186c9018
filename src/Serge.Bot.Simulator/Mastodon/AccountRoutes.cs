namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Accounts, to read.</summary>
/// <remarks>Source: Mastodon docs, methods/accounts.</remarks>
internal static class AccountRoutes
{
    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("GET", "/api/v1/accounts/verify_credentials", VerifyCredentials) { Scopes = ["read", "read:accounts", "profile"] },
    ];

    private static MastodonAnswer VerifyCredentials(MastodonRequest request)
    {
        var json = request.Json(request.Account);
        request.Account.AddOwn(json);
        return MastodonAnswer.Ok(json);
    }
}
