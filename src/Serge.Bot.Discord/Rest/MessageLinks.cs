namespace Serge.Bot.Discord.Rest;

/// <summary>Finds the web address of messages in Discord's own web client; other servers have none.</summary>
/// <param name="channels">Finds the guild of a channel.</param>
/// <param name="apiAddress">The address of the REST API.</param>
internal sealed class MessageLinks(Channels channels, Uri apiAddress)
{
    /// <summary>The web client, such as <c>https://discord.com/channels/</c>, or the one of a test server such as
    /// <c>canary.discord.com</c>.</summary>
    private readonly string? _webClient = GetWebClient(apiAddress);

    /// <summary>Finds the web address of a channel.</summary>
    /// <returns><see langword="null"/> if there is none, or if the guild of the channel cannot be read now.</returns>
    public async Task<string?> GetChannelUrlAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var guildUrl = await GetGuildUrlAsync(channel, cancellationToken);
        if (guildUrl is null)
        {
            return null;
        }

        return $"{guildUrl}{channel}/";
    }

    /// <summary>Finds the web address of the guild of a channel, which the id of a thread follows.</summary>
    /// <inheritdoc cref="GetChannelUrlAsync"/>
    public async Task<string?> GetGuildUrlAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        if (_webClient is null)
        {
            return null;
        }

        var guild = await channels.GetGuildSegmentAsync(channel, cancellationToken);
        if (guild is null)
        {
            return null;
        }

        return $"{_webClient}{guild}/";
    }

    /// <summary>The web address of a message in a channel with this address.</summary>
    public static Uri? Combine(string? channelUrl, string messageId) =>
        channelUrl is null ? null : new Uri(channelUrl + messageId);

    private static string? GetWebClient(Uri apiAddress)
    {
        var host = apiAddress.Host;
        var isDiscord = host == "discord.com" || host.EndsWith(".discord.com", StringComparison.Ordinal);
        if (isDiscord && apiAddress is { Scheme: "https", IsDefaultPort: true })
        {
            return $"https://{host}/channels/";
        }

        return null;
    }
}
