using System.Globalization;
using System.Runtime.CompilerServices;
using Serge.Bot.Delivery;
using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Citizenship;

/// <summary>Looks at the Mastodon account and its server: whether they can be worked with, what the server does not do, and whether the bot behaves. The same for the start of
/// the worker and for <c>doctor</c>.</summary>
internal sealed class AccountExam(
    IMastodon mastodon,
    InstanceLimits limits,
    PostRenderer renderer,
    LiveCatalogue catalogue,
    BotSettings settings,
    Clocks clocks
)
{
    private const string NeededScopes = "profile (or read:accounts), read:statuses and write:statuses";

    private readonly MastodonSettings _settings =
        settings.Mastodon ?? throw new ArgumentException("Mastodon is off.", nameof(settings));
    private volatile IReadOnlyList<Finding>? _last;

    /// <summary>Why nothing may be posted there now; <see langword="null"/> when it may. Only where <c>Mastodon:Citizenship</c> is <c>strict</c>.</summary>
    public string? ClosedBecause
    {
        get
        {
            if (!_settings.IsStrict)
            {
                return null;
            }

            var obstacle = _last?.FirstOrDefault(finding =>
                finding.Kind is FindingKind.Breach or FindingKind.Wrong or FindingKind.Down
            );
            return obstacle is not null ? $"Mastodon:Citizenship is strict, so nothing is posted there. {obstacle.Says}"
                : _last is null ? "Mastodon:Citizenship is strict, and the account has not been looked at yet."
                : null;
        }
    }

    /// <summary>Asks the server.</summary>
    /// <returns>Everything found, in the order in which a person should read it.</returns>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        List<Finding> found = [];
        await foreach (var finding in FindAsync(cancellationToken))
        {
            found.Add(finding);
        }

        _last = found;
        return found;
    }

    private async IAsyncEnumerable<Finding> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var described = await limits.AskAsync(mastodon, cancellationToken);
        if (described is not Answer<MastodonInstance>.Got(var instance))
        {
            yield return NoServer(described);
            yield break;
        }

        var asked = await mastodon.AccountAsync(cancellationToken);
        if (asked is not Answer<MastodonAccount>.Got(var account))
        {
            yield return NoAccount(asked, instance);
            yield break;
        }

        yield return new Finding(
            FindingKind.Good,
            string.Create(
                CultureInfo.InvariantCulture,
                $"ready: posting as {account.Acct} on a server of version {instance.Version}, at most {instance.MaxCharacters} characters a post"
            )
        );
        var notes = Scopes(await mastodon.AccessAsync(cancellationToken))
            .Concat(ServerNotes.Of(instance, mastodon.Capabilities, settings))
            .Concat(TooLong())
            .Concat(Manners.Of(settings, _settings, account, clocks.Calendar.GetUtcNow()));
        foreach (var finding in notes)
        {
            yield return finding;
        }
    }

    private Finding NoServer(Answer<MastodonInstance> answer) =>
        answer switch
        {
            Answer<MastodonInstance>.Unauthorized(var reason) => BadToken(reason),
            Answer<MastodonInstance>.Unavailable(var reason) => Down(reason),
            Answer<MastodonInstance>.Refused(_, var reason) => Wrong(
                $"Mastodon:Address = {_settings.Address} does not answer as a Mastodon server does. Give the address of a server with the Mastodon API, such as https://mastodon.example/. ({reason})"
            ),
            _ => throw new InvalidOperationException($"{answer} is no failure."),
        };

    private Finding NoAccount(Answer<MastodonAccount> answer, MastodonInstance instance) =>
        answer switch
        {
            Answer<MastodonAccount>.Unauthorized(var reason) => BadToken(reason),
            Answer<MastodonAccount>.Unavailable(var reason) => Down(reason),
            Answer<MastodonAccount>.Refused(Refusal.Forbidden, var reason) => Wrong(
                $"Mastodon:AccessToken may not read its own account. Give it the scopes {NeededScopes}; if it has them, look whether the account is locked. ({reason})"
            ),
            Answer<MastodonAccount>.Refused(Refusal.Gone, var reason) when instance.Version == "unknown" => Wrong(
                $"There is no Mastodon API at Mastodon:Address = {_settings.Address}. Give the server’s address without a path, such as https://mastodon.example/. ({reason})"
            ),
            Answer<MastodonAccount>.Refused(_, var reason) => Wrong(
                $"The server does not say whose account Mastodon:AccessToken is. Make a token of the bot’s own account, in its preferences under Development, with the scopes {NeededScopes}. ({reason})"
            ),
            _ => throw new InvalidOperationException($"{answer} is no failure."),
        };

    private static IEnumerable<Finding> Scopes(MastodonAccess access)
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

    private IEnumerable<Finding> TooLong()
    {
        var ids = renderer
            .TooLong(catalogue.Current, Destination.Mastodon)
            .Select(tooLong => tooLong.Quote.Id)
            .ToArray();
        return ids.Length == 0
            ? []
            :
            [
                new Finding(
                    FindingKind.Note,
                    $"Too long for this server, and so never chosen there, for a quotation is never cut: {string.Join(", ", ids)}"
                ),
            ];
    }

    private static Finding BadToken(string reason) =>
        Wrong(
            $"Mastodon:AccessToken is not accepted, so nothing can be posted there until it is mended. Make a new one in the account’s preferences, under Development. ({reason})"
        );

    private static Finding Down(string reason) =>
        new(FindingKind.Down, $"The Mastodon server cannot be asked now; it is asked again later. ({reason})");

    private static Finding Wrong(string says) => new(FindingKind.Wrong, says);
}
