namespace Serge.Bot.Simulator.Discord;

public sealed partial class DiscordWorld
{
    private const string NoResponse = "The application did not respond";
    private const int ButtonType = 2;
    private readonly Dictionary<string, PendingInteraction> _interactions = [];

    /// <summary>Sends a slash command as a member's client, and waits for the result.</summary>
    /// <remarks>A deferred response is published as <see cref="DiscordWorldEvent.MessageCreated"/> with
    /// <see cref="ChannelMessage.IsLoading"/>.</remarks>
    /// <param name="user">The member.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="line">The command as the member types it: <c>/quote topic:revolution search:the end</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<InteractionResult> InvokeAsync(
        User user,
        Channel channel,
        string line,
        CancellationToken cancellationToken = default
    ) => SendCommandAsync(user, channel, line, focused: null, cancellationToken);

    /// <summary>Requests suggestions as a member's client does at each keystroke.</summary>
    /// <param name="user">The member.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="line">The line so far, including the option that the member types:
    /// <c>/quote search:revol</c>.</param>
    /// <param name="option">The option that the member types.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<InteractionResult> AutocompleteAsync(
        User user,
        Channel channel,
        string line,
        string option,
        CancellationToken cancellationToken = default
    ) => SendCommandAsync(user, channel, line, option, cancellationToken);

    /// <summary>Uses a command of the menu "Apps" of a message as a member.</summary>
    /// <remarks>The bot gets the whole message, also without the message content intent. Source: Discord docs,
    /// Events/Gateway, Message Content Intent.</remarks>
    /// <param name="user">The member.</param>
    /// <param name="message">The message. Ephemeral messages have no such menu.</param>
    /// <param name="name">The name of the command, in the member's language or as registered.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<InteractionResult> UseMessageCommandAsync(
        User user,
        ChannelMessage message,
        string name,
        CancellationToken cancellationToken = default
    )
    {
        PendingInteraction sent;
        lock (Lock)
        {
            var channel = FindChannel(message.ChannelId);
            if (channel is null || message.IsEphemeral)
            {
                return Refuse("The message does not exist any more, or is ephemeral.");
            }

            if (FindCommand(user, channel, RegisteredCommand.MessageMenu, name) is not var (application, command))
            {
                return Refuse($"There is no command \"{name}\" in the menu of a message here.");
            }

            var data = CommandPayload.CreateForMessage(command, message);
            sent = Send(application, PendingInteraction.Command, command.Name, user, channel, data, message);
        }

        return WaitForResultAsync(sent, cancellationToken);
    }

    /// <summary>Presses a button as a member.</summary>
    /// <param name="user">The member.</param>
    /// <param name="message">The message with the button.</param>
    /// <param name="customId">The button's custom id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<InteractionResult> PressButtonAsync(
        User user,
        ChannelMessage message,
        string customId,
        CancellationToken cancellationToken = default
    )
    {
        if (!GetButtons(message.Components).Any(button => CanPress(button, customId)))
        {
            return Refuse("There is no such button, or it is disabled.");
        }

        PendingInteraction sent;
        lock (Lock)
        {
            var channel = FindChannel(message.ChannelId);
            var application = FindApplication(message.Author.Id);
            if (channel is null || application is null || !HasBoth(channel, user, application))
            {
                return Refuse("The message does not exist any more.");
            }

            JsonObject data = new()
            {
                ["component_type"] = ButtonType,
                ["custom_id"] = customId,
                ["id"] = 2,
            };
            sent = Send(application, PendingInteraction.Component, customId, user, channel, data, message);
        }

        return WaitForResultAsync(sent, cancellationToken);
    }

    /// <summary>Finds an interaction whose token is still valid.</summary>
    internal PendingInteraction? FindInteraction(string token)
    {
        var interaction = _interactions.GetValueOrDefault(token);
        return interaction is not null && IsValid(interaction) ? interaction : null;
    }

    private static Task<InteractionResult> Refuse(string reason) =>
        Task.FromResult<InteractionResult>(new InteractionResult.Refused(reason));

    private static bool HasBoth(Channel channel, User user, Application application)
    {
        if (channel.Guild is { } guild)
        {
            return guild.Members.ContainsKey(user.Id) && guild.Members.ContainsKey(application.Id);
        }

        return channel.Recipient == user && channel.Bot == application;
    }

    private static bool CanPress(JsonElement button, string customId)
    {
        var isDisabled =
            button.TryGetProperty("disabled", out var disabled) && disabled.ValueKind == JsonValueKind.True;
        return !isDisabled && button.TryGetProperty("custom_id", out var id) && id.ValueEquals(customId);
    }

    private static IEnumerable<JsonElement> GetButtons(JsonElement components)
    {
        foreach (var row in components.EnumerateArray())
        {
            foreach (var button in row.GetProperty("components").EnumerateArray())
            {
                yield return button;
            }
        }
    }

    private bool IsValid(PendingInteraction interaction)
    {
        var lifetime = Options.InteractionLifetime;
        if (interaction.CallbackType is null)
        {
            lifetime = Options.ResponseTimeout;
        }

        return !interaction.HasTimedOut && Clock.GetUtcNow() - interaction.SentAt < lifetime;
    }

    private Task<InteractionResult> SendCommandAsync(
        User user,
        Channel channel,
        string line,
        string? focused,
        CancellationToken cancellationToken
    )
    {
        PendingInteraction sent;
        lock (Lock)
        {
            var name = line.TrimStart().TrimStart('/').Split(' ', 2)[0];
            if (FindCommand(user, channel, RegisteredCommand.SlashCommand, name) is not var (application, command))
            {
                return Refuse($"There is no command \"/{name}\" here.");
            }

            var payload = CommandPayload.Create(command, user, channel.Guild, line, focused);
            if (payload.Error is not null)
            {
                return Refuse(payload.Error);
            }

            var type = focused is null ? PendingInteraction.Command : PendingInteraction.Autocomplete;
            sent = Send(application, type, payload.FullName, user, channel, payload.Data, source: null);
        }

        return WaitForResultAsync(sent, cancellationToken);
    }

    /// <summary>Finds a command that a member can use in a channel.</summary>
    private (Application Application, RegisteredCommand Command)? FindCommand(
        User user,
        Channel channel,
        int type,
        string name
    )
    {
        foreach (var application in GetBots(channel))
        {
            var command = application.Commands.FindVisible(channel.Guild?.Id, type, name, user.Locale);
            if (command is not null && CanUse(user, channel, command))
            {
                return (application, command);
            }
        }

        return null;
    }

    private IEnumerable<Application> GetBots(Channel channel)
    {
        if (channel.Guild is not { } guild)
        {
            return [channel.Bot!];
        }

        return _applications.Values.Where(application => guild.Members.ContainsKey(application.Id));
    }

    private static bool CanUse(User user, Channel channel, RegisteredCommand command)
    {
        var context = channel.Guild is null ? 1 : 0;
        if (command.Contexts?.Contains(context) == false)
        {
            return false;
        }

        if (channel.Guild is not { } guild)
        {
            return true;
        }

        if (!guild.Members.TryGetValue(user.Id, out var member))
        {
            return false;
        }

        var required = command.DefaultMemberPermissions switch
        {
            null => Permissions.None,
            Permissions.None => Permissions.Administrator,
            { } permissions => permissions,
        };
        required |= Permissions.ViewChannel | Permissions.UseApplicationCommands;
        return channel.GetPermissions(member).HasFlag(required);
    }

    private PendingInteraction Send(
        Application application,
        int type,
        string name,
        User user,
        Channel channel,
        JsonObject data,
        ChannelMessage? source
    )
    {
        RemoveExpiredInteractions();
        PendingInteraction interaction = new()
        {
            Id = Ids.Create(),
            Token = Random.CreateToken(64),
            Application = application,
            Type = type,
            Name = name,
            User = user,
            Channel = channel,
            Source = source,
            SentAt = Clock.GetUtcNow(),
        };
        _interactions.Add(interaction.Token, interaction);
        var json = interaction.ToJson(data);
        Publish(new DiscordWorldEvent.InteractionSent(interaction.Id, name));
        if (application.InteractionsEndpoint is { } endpoint)
        {
            interaction.Delivery = DeliverAsync(interaction, endpoint, json);
        }
        else if (!Gateway.Dispatch(application, channel.Guild?.Id, "INTERACTION_CREATE", json))
        {
            Fail(interaction);
        }

        return interaction;
    }

    private async Task<InteractionResult> WaitForResultAsync(
        PendingInteraction interaction,
        CancellationToken cancellationToken
    )
    {
        var (answered, result) = (interaction.Answered.Task, interaction.Result.Task);
        await interaction.Delivery.WaitAsync(cancellationToken);
        await WaitOrFailAsync(interaction, answered, Options.ResponseTimeout, cancellationToken);
        await WaitOrFailAsync(interaction, result, Options.InteractionLifetime, cancellationToken);
        return await result;
    }

    private async Task WaitOrFailAsync(
        PendingInteraction interaction,
        Task awaited,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await awaited.WaitAsync(timeout, Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (Lock)
            {
                // The response may have arrived since the timeout.
                if (!awaited.IsCompleted)
                {
                    TimeOut(interaction);
                }
            }
        }
    }

    private void TimeOut(PendingInteraction interaction)
    {
        if (interaction.CallbackType == PendingInteraction.DeferredUpdate)
        {
            // The member's client shows nothing while it waits.
            interaction.Result.TrySetResult(new InteractionResult.Acknowledged());
            return;
        }

        Fail(interaction);
    }

    private void Fail(PendingInteraction interaction)
    {
        interaction.HasTimedOut = true;
        Publish(new DiscordWorldEvent.InteractionFailed(interaction.Id, NoResponse));
        interaction.Result.TrySetResult(new InteractionResult.DidNotRespond(NoResponse));
        interaction.Answered.TrySetResult();
    }

    private void RemoveExpiredInteractions()
    {
        var oldest = Clock.GetUtcNow() - Options.InteractionLifetime;
        foreach (var (token, interaction) in _interactions)
        {
            if (interaction.SentAt < oldest)
            {
                _interactions.Remove(token);
            }
        }
    }
}
