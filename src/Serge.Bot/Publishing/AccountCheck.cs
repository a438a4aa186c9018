using System.Globalization;
using System.Runtime.CompilerServices;

namespace Serge.Bot.Publishing;

/// <summary>Looks at the Mastodon account and its server: whether they can be worked with, what the server does not do, and whether the bot behaves. The same for the start of
/// the worker and for <c>doctor</c>.</summary>
internal sealed class AccountCheck(
    IMastodon mastodon,
    InstanceLimits limits,
    MastodonRenderer renderer,
    LiveCatalogue catalogue,
    BotSettings settings,
    Clocks clocks
)
{
    private const string NeededScopes = "profile (or read:accounts), read:statuses and write:statuses";

    private readonly MastodonSettings _settings =
        settings.Mastodon ?? throw new ArgumentException("Mastodon is off.", nameof(settings));
    private volatile IReadOnlyList<Diagnostic>? _last;

    /// <summary>Why nothing may be posted there now; <see langword="null"/> when it may. Only where <c>Mastodon:PolicyChecks</c> is <c>enforce</c>.</summary>
    public string? BlockedReason
    {
        get
        {
            if (!_settings.EnforcesPolicyChecks)
            {
                return null;
            }

            var obstacle = _last?.FirstOrDefault(finding =>
                finding.Kind is DiagnosticKind.Warning or DiagnosticKind.Error or DiagnosticKind.Unavailable
            );
            return obstacle is not null ? $"Mastodon:PolicyChecks is enforce, so nothing is posted there. {obstacle.Message}"
                : _last is null ? "Mastodon:PolicyChecks is enforce, and the account has not been looked at yet."
                : null;
        }
    }

    /// <summary>Asks the server.</summary>
    /// <returns>Everything found, in the order in which a person should read it.</returns>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancellationToken)
    {
        List<Diagnostic> found = [];
        await foreach (var finding in FindAsync(cancellationToken))
        {
            found.Add(finding);
        }

        _last = found;
        return found;
    }

    private async IAsyncEnumerable<Diagnostic> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var described = await limits.AskAsync(mastodon, cancellationToken);
        if (described is not Result<MastodonInstance>.Success(var instance))
        {
            yield return NoServer(described);
            yield break;
        }

        var asked = await mastodon.GetAccountAsync(cancellationToken);
        if (asked is not Result<MastodonAccount>.Success(var account))
        {
            yield return NoAccount(asked, instance);
            yield break;
        }

        yield return new Diagnostic(
            DiagnosticKind.Ok,
            string.Create(
                CultureInfo.InvariantCulture,
                $"ready: posting as {account.Acct} on a server of version {instance.Version}, at most {instance.MaxCharacters} characters a post"
            )
        );
        var notes = Scopes(await mastodon.GetTokenScopesAsync(cancellationToken))
            .Concat(ServerNotes.Of(instance, mastodon.Capabilities, settings))
            .Concat(TooLong())
            .Concat(PolicyChecks.Of(settings, _settings, account, clocks.Schedule.GetUtcNow()));
        foreach (var finding in notes)
        {
            yield return finding;
        }
    }

    private Diagnostic NoServer(Result<MastodonInstance> answer) =>
        answer switch
        {
            Result<MastodonInstance>.Unauthorized(var reason) => BadToken(reason),
            Result<MastodonInstance>.Unavailable(var reason) => Down(reason),
            Result<MastodonInstance>.Refused(_, var reason) => Wrong(
                $"Mastodon:Address = {_settings.Address} does not answer as a Mastodon server does. Give the address of a server with the Mastodon API, such as https://mastodon.example/. ({reason})"
            ),
            _ => throw new InvalidOperationException($"{answer} is no failure."),
        };

    private Diagnostic NoAccount(Result<MastodonAccount> answer, MastodonInstance instance) =>
        answer switch
        {
            Result<MastodonAccount>.Unauthorized(var reason) => BadToken(reason),
            Result<MastodonAccount>.Unavailable(var reason) => Down(reason),
            Result<MastodonAccount>.Refused(Refusal.Forbidden, var reason) => Wrong(
                $"Mastodon:AccessToken may not read its own account. Give it the scopes {NeededScopes}; if it has them, look whether the account is locked. ({reason})"
            ),
            Result<MastodonAccount>.Refused(Refusal.Gone, var reason) when instance.Version == "unknown" => Wrong(
                $"There is no Mastodon API at Mastodon:Address = {_settings.Address}. Give the server’s address without a path, such as https://mastodon.example/. ({reason})"
            ),
            Result<MastodonAccount>.Refused(_, var reason) => Wrong(
                $"The server does not say whose account Mastodon:AccessToken is. Make a token of the bot’s own account, in its preferences under Development, with the scopes {NeededScopes}. ({reason})"
            ),
            _ => throw new InvalidOperationException($"{answer} is no failure."),
        };

    private static IEnumerable<Diagnostic> Scopes(MastodonTokenScopes access)
    {
        if (access.WriteStatuses == false)
        {
            yield return Wrong(
                "Mastodon:AccessToken may not post, so nothing goes out there. Give it the scope write:statuses."
            );
        }

        if (access.ReadStatuses == false)
        {
            yield return Wrong(
                "Mastodon:AccessToken may not read its own posts, so a post whose answer is lost cannot be looked for. Give it the scope read:statuses."
            );
        }
    }

    private IEnumerable<Diagnostic> TooLong()
    {
        var ids = renderer
            .FindTooLong(catalogue.Current)
            .Select(tooLong => tooLong.Quote.Id)
            .ToArray();
        return ids.Length == 0
            ? []
            :
            [
                new Diagnostic(
                    DiagnosticKind.Note,
                    $"Too long for this server, and so never chosen there, for a quotation is never cut: {string.Join(", ", ids)}"
                ),
            ];
    }

    private static Diagnostic BadToken(string reason) =>
        Wrong(
            $"Mastodon:AccessToken is not accepted, so nothing can be posted there until it is mended. Make a new one in the account’s preferences, under Development. ({reason})"
        );

    private static Diagnostic Down(string reason) =>
        new(DiagnosticKind.Unavailable, $"The Mastodon server cannot be asked now; it is asked again later. ({reason})");

    private static Diagnostic Wrong(string says) => new(DiagnosticKind.Error, says);
}
