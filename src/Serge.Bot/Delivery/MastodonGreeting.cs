using Microsoft.Extensions.Hosting;
using Serge.Bot.Rendering;

namespace Serge.Bot.Delivery;

/// <summary>Introduces the bot to its Mastodon server at the start: whose account the token is, and what the server's limits are.</summary>
/// <remarks>Posts do not wait for it. A server that is down is asked again, less and less often; a token that is refused is not.</remarks>
internal sealed partial class MastodonGreeting(IMastodon mastodon, InstanceLimits limits, Clocks clocks, ILogger<MastodonGreeting> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = FirstWait; !await GreetAsync(stoppingToken); wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            await Task.Delay(wait, clocks.Wire, stoppingToken);
        }
    }

    /// <summary>One try.</summary>
    /// <returns>Whether it is over, for better or worse.</returns>
    internal async Task<bool> GreetAsync(CancellationToken cancellationToken)
    {
        switch (await limits.AskAsync(mastodon, cancellationToken))
        {
            case Answer<MastodonInstance>.Refused(_, var reason):
                LogNotMastodon(reason);
                return true;
            case Answer<MastodonInstance>.Unauthorized(var reason):
                LogBadToken(reason);
                return true;
            case Answer<MastodonInstance>.Unavailable(var reason):
                LogDown(reason);
                return false;
        }

        switch (await mastodon.AccountAsync(cancellationToken))
        {
            case Answer<MastodonAccount>.Got(var account):
                LogReady(account.Acct, limits.Current.Version, limits.Current.MaxCharacters);
                if (!account.Bot)
                {
                    LogNoBotFlag(account.Acct);
                }

                return true;
            case Answer<MastodonAccount>.Refused(_, var reason):
                LogScope(reason);
                return true;
            case Answer<MastodonAccount>.Unauthorized(var reason):
                LogBadToken(reason);
                return true;
            case Answer<MastodonAccount>.Unavailable(var reason):
                LogDown(reason);
                return false;
            default:
                return true;
        }
    }

    [LoggerMessage(LogLevel.Information, "Mastodon is ready: posting as {Account} on a server of version {Version}, at most {MaxCharacters} characters a post")]
    private partial void LogReady(string account, string version, int maxCharacters);

    [LoggerMessage(LogLevel.Warning, "The account {Account} is not marked as automated. Set it in the account's preferences: readers and moderators expect it of a bot")]
    private partial void LogNoBotFlag(string account);

    [LoggerMessage(LogLevel.Error, "Mastodon:AccessToken is not accepted, so nothing can be posted there until it is mended: {Reason}")]
    private partial void LogBadToken(string reason);

    [LoggerMessage(LogLevel.Error, "Mastodon:AccessToken may not read its own account. Give it the scopes profile (or read:accounts), read:statuses and write:statuses: {Reason}")]
    private partial void LogScope(string reason);

    [LoggerMessage(LogLevel.Error, "Mastodon:Address does not answer as a Mastodon server does: {Reason}")]
    private partial void LogNotMastodon(string reason);

    [LoggerMessage(LogLevel.Warning, "The Mastodon server cannot be reached and is asked again later: {Reason}")]
    private partial void LogDown(string reason);
}
