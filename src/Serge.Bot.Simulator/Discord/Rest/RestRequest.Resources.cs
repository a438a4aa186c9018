namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Finds the resources of the route values, as far as the bot has access to them.</summary>
internal sealed partial record RestRequest
{
    /// <summary>Finds the channel, if the bot sees it and has the permissions there.</summary>
    public bool TryGetChannel(
        Permissions required,
        [NotNullWhen(true)] out Channel? channel,
        [NotNullWhen(false)] out RestResponse? error
    )
    {
        channel = null;
        if (!TryGetId("channel", out var id, out error))
        {
            return false;
        }

        channel = World.FindChannel(id);
        error = CheckAccess(channel, required);
        return error is null;
    }

    /// <summary>Finds the channel and the message.</summary>
    public bool TryGetMessage(
        Permissions required,
        [NotNullWhen(true)] out Channel? channel,
        [NotNullWhen(true)] out ChannelMessage? message,
        [NotNullWhen(false)] out RestResponse? error
    )
    {
        message = null;
        if (!TryGetChannel(required, out channel, out error) || !TryGetId("message", out var id, out error))
        {
            return false;
        }

        message = channel.FindMessage(id);
        if (message is null)
        {
            error = DiscordError.UnknownMessage;
        }

        return message is not null;
    }

    /// <summary>Finds the guild, if the bot is a member.</summary>
    public bool TryGetGuild([NotNullWhen(true)] out Guild? guild, [NotNullWhen(false)] out RestResponse? error)
    {
        guild = null;
        if (!TryGetId("guild", out var id, out error))
        {
            return false;
        }

        guild = World.FindGuild(id);
        if (guild is null)
        {
            error = DiscordError.UnknownGuild;
        }
        else if (!guild.Members.ContainsKey(Bot.Id))
        {
            error = DiscordError.MissingAccess;
        }

        return error is null;
    }

    /// <summary>Checks the permissions for the embeds and files of a message.</summary>
    /// <returns>The error; <see langword="null"/> if the bot has the permissions.</returns>
    public RestResponse? CheckContents(Channel channel, MessageDraft draft)
    {
        // The docs give the permissions but not the error; this one is observed.
        var permissions = channel.GetPermissions(Bot);
        if (draft.HasEmbeds && !permissions.HasFlag(Permissions.EmbedLinks))
        {
            return DiscordError.MissingPermissions;
        }

        if (draft.HasFiles && !permissions.HasFlag(Permissions.AttachFiles))
        {
            return DiscordError.MissingPermissions;
        }

        return null;
    }

    private RestResponse? CheckAccess(Channel? channel, Permissions required)
    {
        if (channel is null)
        {
            return DiscordError.UnknownChannel;
        }

        var permissions = channel.GetPermissions(Bot);
        if (!permissions.HasFlag(Permissions.ViewChannel))
        {
            return DiscordError.MissingAccess;
        }

        return permissions.HasFlag(required) ? null : DiscordError.MissingPermissions;
    }
}
