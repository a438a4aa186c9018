using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Interactions;

namespace Serge.Bot.Simulator.Discord;

public sealed partial class DiscordWorld
{
    private const string NoResponse = "The application did not respond";
    private readonly Dictionary<Snowflake, PendingInteraction> _interactions = [];
    private readonly Dictionary<string, PendingInteraction> _interactionsByToken = new(StringComparer.Ordinal);

    /// <summary>Sends a slash command as a member's client would, and waits until there is something to show.</summary>
    /// <remarks>Meanwhile a deferred answer shows as <see cref="SimulatorEvent.MessageCreated"/> with
    /// <see cref="Message.IsLoading"/>.</remarks>
    /// <param name="user">Who sends it.</param>
    /// <param name="channel">From where.</param>
    /// <param name="line">As it is typed: <c>/quote topic:revolution search:the end</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<InteractionResult> InvokeAsync(
        User user,
        Channel channel,
        string line,
        CancellationToken cancellationToken = default
    )
    {
        PendingInteraction? sent;
        InteractionResult? refusal;
        lock (Gate)
        {
            sent = SendCommand(user, channel, line, focused: null, out refusal);
        }

        return sent is null ? Task.FromResult(refusal!) : ResultAsync(sent, cancellationToken);
    }

    /// <summary>Asks the bot for suggestions as a member's client does at each keystroke.</summary>
    /// <param name="user">Who types.</param>
    /// <param name="channel">Where.</param>
    /// <param name="line">The line so far, the option in question included: <c>/quote search:revol</c>.</param>
    /// <param name="option">The option being typed.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<InteractionResult> AutocompleteAsync(
        User user,
        Channel channel,
        string line,
        string option,
        CancellationToken cancellationToken = default
    )
    {
        PendingInteraction? sent;
        InteractionResult? refusal;
        lock (Gate)
        {
            sent = SendCommand(user, channel, line, option, out refusal);
        }

        return sent is null ? Task.FromResult(refusal!) : ResultAsync(sent, cancellationToken);
    }

    /// <summary>Presses a button.</summary>
    /// <param name="user">Who presses it.</param>
    /// <param name="message">The message with the button, as it stands.</param>
    /// <param name="customId">Which button.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<InteractionResult> PressButtonAsync(
        User user,
        Message message,
        string customId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!Buttons(message.Components).Any(button => CanPress(button, customId)))
        {
            return Task.FromResult<InteractionResult>(
                new InteractionResult.Refused("There is no such button, or it is switched off.")
            );
        }

        PendingInteraction sent;
        lock (Gate)
        {
            if (
                FindChannel(message.ChannelId) is not { } channel
                || FindApplication(message.Author.Id) is not { } application
                || !BothThere(channel, user, application)
            )
            {
                return Task.FromResult<InteractionResult>(new InteractionResult.Refused("This message is gone."));
            }

            JsonObject data = new()
            {
                ["component_type"] = 2,
                ["custom_id"] = customId,
                ["id"] = 2,
            };
            sent = Send(application, PendingInteraction.Component, customId, user, channel, data, message);
        }

        return ResultAsync(sent, cancellationToken);
    }

    /// <summary>Finds an interaction whose token is still good.</summary>
    internal PendingInteraction? FindInteraction(string token) =>
        _interactionsByToken.TryGetValue(token, out var interaction) && Lives(interaction) ? interaction : null;

    private static bool BothThere(Channel channel, User user, Application application) =>
        channel.Guild is { } guild
            ? guild.Members.ContainsKey(user.Id) && guild.Members.ContainsKey(application.Id)
            : channel.Recipient == user && channel.Bot == application;

    private static bool CanPress(JsonElement button, string customId) =>
        button.TryGetProperty("custom_id", out var id)
        && id.ValueEquals(customId)
        && !(button.TryGetProperty("disabled", out var disabled) && disabled.ValueKind == JsonValueKind.True);

    private static IEnumerable<JsonElement> Buttons(JsonElement components) =>
        components
            .EnumerateArray()
            .SelectMany(one => one.TryGetProperty("components", out var inner) ? Buttons(inner) : [one]);

    private bool Lives(PendingInteraction interaction)
    {
        var lifetime = interaction.CallbackType is null ? Options.ResponseTimeout : Options.InteractionLifetime;
        return !interaction.Expired && Clock.GetUtcNow() - interaction.SentAt < lifetime;
    }

    private PendingInteraction? SendCommand(
        User user,
        Channel channel,
        string line,
        string? focused,
        out InteractionResult? refusal
    )
    {
        var name = line.TrimStart().TrimStart('/').Split(' ', 2)[0];
        if (FindOffered(user, channel, name) is not var (application, command))
        {
            refusal = new InteractionResult.Refused($"There is no command \"/{name}\" here.");
            return null;
        }

        var payload = CommandPayload.Build(command, user, channel.Guild, line, focused);
        if (payload.Problem is not null)
        {
            refusal = new InteractionResult.Refused(payload.Problem);
            return null;
        }

        refusal = null;
        var type = focused is null ? PendingInteraction.Command : PendingInteraction.Autocomplete;
        return Send(application, type, payload.FullName, user, channel, payload.Data, source: null);
    }

    /// <summary>The command of that name as far as this member is offered it in this channel.</summary>
    private (Application Application, RegisteredCommand Command)? FindOffered(User user, Channel channel, string name)
    {
        var applications = channel.Guild is { } guild
            ? _applications.Values.Where(application => guild.Members.ContainsKey(application.Id))
            : [channel.Bot!];
        foreach (var application in applications)
        {
            if (
                application.Commands.Offered(channel.Guild?.Id, name, user.Locale) is { } command
                && MayUse(user, channel, command)
            )
            {
                return (application, command);
            }
        }

        return null;
    }

    private static bool MayUse(User user, Channel channel, RegisteredCommand command)
    {
        if (command.Contexts is { } contexts && !contexts.Contains(channel.Guild is null ? 1 : 0))
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

        var permissions = channel.PermissionsOf(member);
        return permissions.HasFlag(Permissions.ViewChannel | Permissions.UseApplicationCommands)
            && command.DefaultMemberPermissions switch
            {
                null => true,
                Permissions.None => permissions.HasFlag(Permissions.Administrator),
                { } needed => permissions.HasFlag(needed),
            };
    }

    private PendingInteraction Send(
        Application application,
        int type,
        string name,
        User user,
        Channel channel,
        JsonObject data,
        Message? source
    )
    {
        ForgetOldInteractions();
        PendingInteraction interaction = new()
        {
            Id = Ids.Next(),
            Token = Random.CreateToken(64),
            Application = application,
            Type = type,
            Name = name,
            User = user,
            Channel = channel,
            Source = source,
            SentAt = Clock.GetUtcNow(),
        };
        _interactions.Add(interaction.Id, interaction);
        _interactionsByToken.Add(interaction.Token, interaction);
        var guild = channel.Guild;
        var json = interaction.ToJson(
            data,
            guild is null ? Permissions.Default : channel.PermissionsOf(guild.Members[user.Id]),
            guild is null ? Permissions.Default : channel.PermissionsOf(guild.Members[application.Id])
        );
        Publish(new SimulatorEvent.InteractionSent(interaction.Id, name));
        if (application.InteractionsEndpoint is { } endpoint)
        {
            interaction.Delivery = DeliverAsync(interaction, endpoint, json);
        }
        else if (!Gateway.Dispatch(application, guild?.Id, "INTERACTION_CREATE", json))
        {
            Fail(interaction);
        }

        return interaction;
    }

    private async Task<InteractionResult> ResultAsync(
        PendingInteraction interaction,
        CancellationToken cancellationToken
    )
    {
        await interaction.Delivery.WaitAsync(cancellationToken);
        await FailUnlessAsync(interaction, interaction.Answered.Task, Options.ResponseTimeout, cancellationToken);
        await FailUnlessAsync(interaction, interaction.Result.Task, Options.InteractionLifetime, cancellationToken);
        return await interaction.Result.Task;
    }

    private async Task FailUnlessAsync(
        PendingInteraction interaction,
        Task awaited,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await awaited.WaitAsync(within, Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (Gate)
            {
                // It may have come at the very last moment.
                if (!awaited.IsCompleted)
                {
                    Fail(interaction);
                }
            }
        }
    }

    private void Fail(PendingInteraction interaction)
    {
        interaction.Expired = true;
        Publish(new SimulatorEvent.InteractionFailed(interaction.Id, NoResponse));
        interaction.Result.TrySetResult(new InteractionResult.DidNotRespond(NoResponse));
        interaction.Answered.TrySetResult();
    }

    private void ForgetOldInteractions()
    {
        var oldest = Clock.GetUtcNow() - Options.InteractionLifetime;
        foreach (var old in _interactions.Values.Where(interaction => interaction.SentAt < oldest).ToList())
        {
            _interactions.Remove(old.Id);
            _interactionsByToken.Remove(old.Token);
        }
    }
}
