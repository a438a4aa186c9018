using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Hosting;

/// <summary>Names the accounts of the settings without revealing their tokens.</summary>
internal static class SenderAccountNames
{
    private const int HashBytes = 8;

    /// <summary>One name per platform with credentials: the platform and the first 64 bits of a hash
    /// of the token.</summary>
    public static SenderAccounts Create(BotSettings settings)
    {
        List<string> names = [];
        if (settings.Discord is { } discord)
        {
            var token = discord.Token.Reveal();
            names.Add(Create(Destinations.DiscordPlatform, token));
        }

        if (settings.Mastodon is { } mastodon)
        {
            var account = $"{mastodon.Address} {mastodon.AccessToken.Reveal()}";
            names.Add(Create(Destinations.MastodonPlatform, account));
        }

        return new SenderAccounts(names);
    }

    private static string Create(string platform, string secret)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        return $"{platform}:{Convert.ToHexStringLower(hash.AsSpan(0, HashBytes))}";
    }
}
