namespace Serge.Bot.Platforms;

/// <summary>The results of lookups that are the same in all Discord clients.</summary>
public static class DiscordLookups
{
    /// <summary>The result after the most messages that a lookup reads.</summary>
    public static LookupResult CreateTooManyMessages(int count) =>
        new LookupResult.Inconclusive($"The channel has more than {count} newer messages.", NeedsOperator: true);

    /// <summary>Decides whether a channel is empty: without the permission to read its history, it looks empty,
    /// too.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Get Channel Messages.</remarks>
    public static LookupResult CheckEmptyChannel(Result<ChannelAccess> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        const DiscordPermissions Required = DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory;
        if (!read.TryGetValue(out var access))
        {
            return LookupResult.FromFailure(read);
        }

        if (access.Permissions is not { } permissions)
        {
            const string Reason =
                "The channel looks empty, and the server does not say whether the bot can read earlier messages in it.";
            return new LookupResult.Inconclusive(Reason, NeedsOperator: true);
        }

        if (permissions.HasFlag(Required))
        {
            return new LookupResult.NotFound();
        }

        return new LookupResult.Inconclusive(
            "The bot cannot read earlier messages in the channel: the permission Read Message History is missing.",
            NeedsOperator: true
        );
    }
}
