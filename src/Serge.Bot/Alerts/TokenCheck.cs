namespace Serge.Bot.Alerts;

/// <summary>Checks whether the platforms accept our tokens. A post waits hours for a new token before it is missed; an
/// operator should know sooner.</summary>
/// <param name="discord">One client, or none if the platform is disabled.</param>
/// <param name="mastodon">One client, or none if the platform is disabled.</param>
/// <param name="settings">How long a rejection must last before it counts.</param>
/// <param name="clocks">Measure how long a token has been rejected.</param>
internal sealed class TokenCheck(
    IEnumerable<IDiscord> discord,
    IEnumerable<IMastodon> mastodon,
    DeliverySettings settings,
    Clocks clocks
)
{
    /// <summary>When the first of the consecutive checks that rejected a token began, on the monotonic clock.</summary>
    private readonly Dictionary<InvalidToken, long> _rejectedAt = [];

    /// <summary>Whether a token was rejected so long ago that a check can confirm it.</summary>
    public bool CanConfirm
    {
        get
        {
            var now = clocks.System.GetTimestamp();
            return _rejectedAt.Values.Any(rejectedAt => IsLongAgo(rejectedAt, now));
        }
    }

    /// <returns>The tokens that were rejected twice, some time apart: a platform may reject a valid token during an
    /// outage. A platform that cannot be asked rejects none.</returns>
    public async Task<IReadOnlyList<InvalidToken>> RunAsync(CancellationToken cancellationToken)
    {
        var now = clocks.System.GetTimestamp();
        var rejected = await FindRejectedAsync(cancellationToken);
        foreach (var accepted in _rejectedAt.Keys.Except(rejected).ToArray())
        {
            _rejectedAt.Remove(accepted);
        }

        foreach (var token in rejected)
        {
            _rejectedAt.TryAdd(token, now);
        }

        return [.. rejected.Where(token => IsLongAgo(_rejectedAt[token], now))];
    }

    private bool IsLongAgo(long rejectedAt, long now) =>
        clocks.System.GetElapsedTime(rejectedAt, now) >= settings.RefusalDelay;

    private async Task<IReadOnlyList<InvalidToken>> FindRejectedAsync(CancellationToken cancellationToken)
    {
        List<InvalidToken> invalid = [];
        foreach (var client in mastodon)
        {
            if (await client.GetAccountAsync(cancellationToken) is Result<MastodonAccount>.Unauthorized)
            {
                invalid.Add(InvalidToken.Mastodon);
            }
        }

        foreach (var client in discord)
        {
            if (await client.GetApplicationAsync(cancellationToken) is Result<DiscordApplication>.Unauthorized)
            {
                invalid.Add(InvalidToken.Discord);
            }
        }

        return invalid;
    }
}

/// <summary>A token that a platform rejects.</summary>
/// <param name="Platform">As in <see cref="Destination.Platform"/>.</param>
/// <param name="Message">What it means and what to do.</param>
internal sealed record InvalidToken(string Platform, string Message)
{
    public static InvalidToken Mastodon { get; } =
        new(
            Destinations.MastodonPlatform,
            "Mastodon rejects the bot’s token, so nothing is posted there. Create a new one, set Mastodon:AccessToken, "
                + "and restart the bot."
        );

    public static InvalidToken Discord { get; } =
        new(
            Destinations.DiscordPlatform,
            "Discord rejects the bot’s token, so nothing is posted there and no command is answered. "
                + "Create a new one in the Developer Portal, set Discord:Token, and restart the bot."
        );

    /// <summary>Identifies it among the items of an alert. No quotation or event has a colon in its id.</summary>
    public string Item => $"token:{Platform}";
}
