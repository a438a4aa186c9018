namespace Serge.Bot.Discord.Rest;

/// <summary>Where a person can see a message, as far as it is known: Discord's own web client, and no other server's.</summary>
/// <param name="channels">Knows which server a channel is in.</param>
/// <param name="api">Where the REST interface lives.</param>
internal sealed class Links(Channels channels, Uri api)
{
    /// <summary>The test servers of Discord have a web client of their own, such as <c>canary.discord.com</c>.</summary>
    private readonly string? _web =
        api is { Scheme: "https", IsDefaultPort: true, Host: var host }
        && (host == "discord.com" || host.EndsWith(".discord.com", StringComparison.Ordinal))
            ? $"https://{host}/channels/"
            : null;

    /// <summary>Makes links to the messages of a channel.</summary>
    /// <returns>A function from the id of a message to its link; it gives none where the server cannot be learned now.</returns>
    public async Task<Func<ulong, Uri?>> ToAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var server = _web is null ? null : await channels.ServerAsync(channel, cancellationToken);
        return message => server is null ? null : new Uri($"{_web}{server}/{channel}/{Messages.Text(message)}");
    }
}
