namespace Serge.Bot.Platforms;

/// <summary>The results of lookups that are the same in all Discord clients.</summary>
public static class DiscordLookups
{
    /// <summary>The result if a message cannot be compared: it may be the one that is looked for.</summary>
    public static LookupResult IncompleteMessage { get; } =
        new LookupResult.Inconclusive("A message in Discord's list lacks its id, author or text.");

    /// <summary>The result after all messages with the text are known.</summary>
    /// <param name="ids">The ids of the messages, from new to old.</param>
    /// <param name="getUrl">The web page of a message, if known.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    public static LookupResult.Found? CreateFound(IReadOnlyList<string> ids, Func<string, Uri?> getUrl)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(getUrl);
        if (ids.Count == 0)
        {
            return null;
        }

        LookupResult.Found found = new(ids[0], getUrl(ids[0]));
        if (ids.Count == 1)
        {
            return found;
        }

        return found with
        {
            Copy = getUrl(ids[1])?.AbsoluteUri ?? ids[1],
        };
    }

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
