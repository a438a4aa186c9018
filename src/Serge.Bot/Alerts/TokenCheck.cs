namespace Serge.Bot.Alerts;

/// <summary>Whether the platforms still accept our tokens. A post waits hours for a new token before it is missed; a person should know sooner.</summary>
/// <param name="discord"><see langword="null"/> when the platform is off.</param>
/// <param name="mastodon"><see langword="null"/> when the platform is off.</param>
internal sealed class TokenCheck(IDiscord? discord, IMastodon? mastodon)
{
    /// <summary>Asks both platforms.</summary>
    /// <returns>A line for each token that is not accepted. A platform that cannot be asked has none.</returns>
    public async Task<IReadOnlyList<InvalidToken>> RunAsync(CancellationToken cancellationToken)
    {
        List<InvalidToken> troubles = [];
        if (
            mastodon is not null
            && await mastodon.GetAccountAsync(cancellationToken) is Result<MastodonAccount>.Unauthorized
        )
        {
            troubles.Add(
                new InvalidToken(
                    IsMastodon: true,
                    "Mastodon no longer accepts the bot’s token, so nothing is posted there. Make a new one, set Mastodon:AccessToken, and start the bot again."
                )
            );
        }

        if (
            discord is not null
            && await discord.GetApplicationAsync(cancellationToken) is Result<DiscordApplication>.Unauthorized
        )
        {
            troubles.Add(
                new InvalidToken(
                    IsMastodon: false,
                    "Discord no longer accepts the bot’s token, so nothing is posted there and no command is answered. Make a new one in the Developer Portal, set Discord:Token, and start the bot again."
                )
            );
        }

        return troubles;
    }
}

/// <summary>A token that is not accepted.</summary>
/// <param name="IsMastodon">Mastodon's; else Discord's.</param>
/// <param name="Message">What to do.</param>
internal sealed record InvalidToken(bool IsMastodon, string Message)
{
    /// <summary>What it is called among the items of the alert that tells of it. No quotation or event has a colon in its id.</summary>
    public string Mark => IsMastodon ? "token:mastodon" : "token:discord";
}
