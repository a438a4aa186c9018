namespace Serge.Bot.Publishing;

/// <summary>Explains why the Mastodon server or the account could not be read.</summary>
internal sealed class AccountFailures(MastodonSettings settings)
{
    private const string NeededScopes = "profile (or read:accounts), read:statuses and write:statuses";

    private string Address => AddressText.WithoutSecrets(settings.Address.ToString());

    /// <summary>Explains why the server's description could not be read.</summary>
    public Diagnostic Describe(Result<MastodonInstance> failure) =>
        failure switch
        {
            Result<MastodonInstance>.Unauthorized(var reason) => InvalidToken(reason),
            Result<MastodonInstance>.Unavailable(var reason) => Unavailable(reason),
            Result<MastodonInstance>.Refused(_, var reason) => Diagnostic.Error(
                $"Mastodon:Address = {Address} does not answer like a Mastodon server. "
                    + "Set the address of a server with the Mastodon API, such as "
                    + $"https://mastodon.example/. ({reason})"
            ),
            _ => throw new InvalidOperationException($"{failure} is not a failure."),
        };

    /// <summary>Explains why the token's account could not be read.</summary>
    public Diagnostic Describe(Result<MastodonAccount> failure, MastodonInstance instance) =>
        failure switch
        {
            Result<MastodonAccount>.Unauthorized(var reason) => InvalidToken(reason),
            Result<MastodonAccount>.Unavailable(var reason) => Unavailable(reason),
            Result<MastodonAccount>.Refused(Refusal.Forbidden, var reason) => Diagnostic.Error(
                $"Mastodon:AccessToken may not read its own account. If the token has the scopes "
                    + $"{NeededScopes}, check whether the account is locked; otherwise create a new token with them. "
                    + $"({reason})"
            ),
            Result<MastodonAccount>.Refused(Refusal.Gone, var reason) when instance.Version == "unknown" =>
                Diagnostic.Error(
                    $"There is no Mastodon API at Mastodon:Address = {Address}. "
                        + $"Set the server’s address without a path, such as https://mastodon.example/. ({reason})"
                ),
            Result<MastodonAccount>.Refused(_, var reason) => Diagnostic.Error(
                "The server returns no account for Mastodon:AccessToken. Create a token of the bot’s own account, "
                    + $"in its preferences under Development, with the scopes {NeededScopes}. ({reason})"
            ),
            _ => throw new InvalidOperationException($"{failure} is not a failure."),
        };

    private static Diagnostic InvalidToken(string reason) =>
        Diagnostic.Error(
            "The server rejects Mastodon:AccessToken, so nothing can be posted there. "
                + $"Create a new token in the account’s preferences, under Development. ({reason})"
        );

    private static Diagnostic Unavailable(string reason) =>
        new(
            DiagnosticKind.Unavailable,
            $"The Mastodon server is unavailable; a running bot checks again later. ({reason})"
        );
}
