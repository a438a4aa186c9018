namespace Serge.Bot.Alerts;

/// <summary>Whether the platforms still accept our tokens. A post waits hours for a new token before it is missed; a person should know sooner.</summary>
/// <param name="discord"><see langword="null"/> when the platform is off.</param>
/// <param name="mastodon"><see langword="null"/> when the platform is off.</param>
internal sealed class Tokens(IDiscord? discord, IMastodon? mastodon)
{
    /// <summary>Asks both platforms.</summary>
    /// <returns>A line for each token that is not accepted. A platform that cannot be asked has none.</returns>
    public async Task<IReadOnlyList<TokenTrouble>> ExamineAsync(CancellationToken cancellationToken)
    {
        List<TokenTrouble> troubles = [];
        if (
            mastodon is not null
            && await mastodon.AccountAsync(cancellationToken) is Answer<MastodonAccount>.Unauthorized
        )
        {
            troubles.Add(
                new TokenTrouble(
                    IsMastodons: true,
                    "Mastodon no longer accepts the bot’s token, so nothing is posted there. Make a new one, set Mastodon:AccessToken, and start the bot again."
                )
            );
        }

        if (
            discord is not null
            && await discord.ApplicationAsync(cancellationToken) is Answer<DiscordApplication>.Unauthorized
        )
        {
            troubles.Add(
                new TokenTrouble(
                    IsMastodons: false,
                    "Discord no longer accepts the bot’s token, so nothing is posted there and no command is answered. Make a new one in the Developer Portal, set Discord:Token, and start the bot again."
                )
            );
        }

        return troubles;
    }
}

/// <summary>A token that is not accepted.</summary>
/// <param name="IsMastodons">Mastodon's; else Discord's.</param>
/// <param name="Says">What to do.</param>
internal sealed record TokenTrouble(bool IsMastodons, string Says)
{
    /// <summary>What it is called among the items of the alert that tells of it. No quotation or event has a colon in its id.</summary>
    public string Mark => IsMastodons ? "token:mastodon" : "token:discord";
}
