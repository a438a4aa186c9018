using Serge.Bot.Simulator.Discord.Model;

namespace Serge.Bot.Playground.Api;

/// <summary>The simulated platforms and the bot's commands.</summary>
internal sealed record PlatformsView(
    string Guild,
    string Channel,
    string ChannelId,
    string Member,
    string Bot,
    string Account,
    string DisplayName,
    string Author,
    IReadOnlyList<CommandView> Commands
)
{
    public static PlatformsView Create(SimulatedPlatforms platforms)
    {
        var commands = platforms.World.Discord.GetCommands(platforms.Bot, platforms.Guild);
        // What a member can type: the page has no menus of messages.
        var byName = commands
            .Where(command => command.IsSlashCommand)
            .OrderBy(command => command.Name, StringComparer.Ordinal);
        return new PlatformsView(
            platforms.Guild.Name,
            platforms.Channel.Name,
            platforms.Channel.Id.ToString(),
            platforms.Member.Name,
            platforms.Bot.Name,
            platforms.Account.Username,
            platforms.Account.DisplayName,
            platforms.Author.Name,
            [.. byName.Select(CommandView.Create)]
        );
    }
}

/// <summary>A slash command.</summary>
internal sealed record CommandView(string Name, string Description, IReadOnlyList<OptionView> Options)
{
    public static CommandView Create(RegisteredCommand command)
    {
        var options = command.Options.Select(OptionView.Create);
        return new CommandView(command.Name, command.Description, [.. options]);
    }
}

/// <summary>An option of a command, or a subcommand with its own options.</summary>
internal sealed record OptionView(
    string Name,
    string Description,
    bool Required,
    bool Completes,
    bool IsSubcommand,
    IReadOnlyList<ChoiceView> Choices,
    IReadOnlyList<OptionView> Options
)
{
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Option Type.</remarks>
    private const int Subcommand = 1;
    private const int SubcommandGroup = 2;
    private const int Boolean = 5;

    /// <summary>What a Discord client offers for a switch.</summary>
    private static readonly ChoiceView[] SwitchChoices = [new("True", "True"), new("False", "False")];

    public static OptionView Create(RegisteredOption option)
    {
        var choices = option.Type == Boolean ? SwitchChoices : option.Choices.Select(ChoiceView.Create);
        var options = option.Options.Select(Create);
        return new OptionView(
            option.Name,
            option.Description,
            option.IsRequired,
            option.Autocomplete,
            option.Type is Subcommand or SubcommandGroup,
            [.. choices],
            [.. options]
        );
    }
}

/// <summary>A value of an option.</summary>
internal sealed record ChoiceView(string Name, string Value)
{
    public static ChoiceView Create(RegisteredChoice choice) => new(choice.Name, choice.Value.ToString());
}

/// <summary>The schedule clock and its range.</summary>
/// <param name="OffsetMilliseconds">The difference from the system clock.</param>
/// <param name="Zone">The IANA name of its time zone; <see langword="null"/> for a bot outside the playground, whose
/// time zone is unknown.</param>
/// <param name="Earliest">The first day that can be set.</param>
/// <param name="Latest">The last day that can be set.</param>
internal sealed record CalendarView(long OffsetMilliseconds, string? Zone, DateOnly Earliest, DateOnly Latest)
{
    /// <summary>The range is one year back and three years ahead, so that it has a leap year.</summary>
    public static CalendarView Create(PlaygroundContext playground)
    {
        var (clocks, zone) = (playground.Clocks, playground.Settings.TimeZone);
        var today = ClockJumps.GetDay(clocks.System.GetUtcNow(), zone);
        DateOnly earliest = new(today.Year - 1, 1, 1);
        DateOnly latest = new(today.Year + 3, 12, 31);
        var offset = (long)playground.ScheduleClock.Offset.TotalMilliseconds;
        var name = playground.HasBot ? zone.Id : null;
        return new CalendarView(offset, name, earliest, latest);
    }
}

/// <summary>The state of the bot.</summary>
/// <param name="State"><c>running</c> or <c>stopped</c>; <c>external</c> if it runs outside the playground.</param>
/// <param name="Gateway"><c>connected</c>, <c>resumable</c> or <c>none</c>.</param>
/// <param name="TokenRevoked">Whether its Mastodon token is revoked.</param>
/// <param name="MastodonRequest">When it used Mastodon last, on the system clock.</param>
internal sealed record WorkerView(string State, string Gateway, bool TokenRevoked, DateTimeOffset? MastodonRequest)
{
    public static WorkerView Create(PlaygroundContext playground)
    {
        var gateway = GetGatewayState(playground.Platforms);
        var isRevoked = playground.Platforms.IsMastodonTokenRevoked;
        if (!playground.HasBot)
        {
            return new WorkerView("external", gateway, isRevoked, playground.Traffic.LastRequest);
        }

        var state = playground.Worker.Services is null ? "stopped" : "running";
        return new WorkerView(state, gateway, isRevoked, MastodonRequest: null);
    }

    private static string GetGatewayState(SimulatedPlatforms platforms)
    {
        var sessions = platforms.World.Discord.Sessions;
        if (sessions.Any(session => session.IsConnected))
        {
            return "connected";
        }

        return sessions.Count > 0 ? "resumable" : "none";
    }
}

/// <summary>An entry of the channel.</summary>
internal sealed record MessageView(
    string Id,
    string Author,
    bool Bot,
    DateTimeOffset At,
    string Content,
    bool Ephemeral,
    bool Thinking,
    bool Edited,
    bool Failed,
    string? Command,
    string? User,
    IReadOnlyList<ButtonView> Buttons,
    IReadOnlyList<PictureView> Pictures
)
{
    public static MessageView Create(ConversationEntry entry, SimulatedPlatforms platforms)
    {
        if (entry.Message is { } message)
        {
            return Create(entry, message);
        }

        return new MessageView(
            entry.Id,
            platforms.Bot.Name,
            Bot: true,
            entry.At,
            entry.Failure!.Error,
            Ephemeral: true,
            Thinking: false,
            Edited: false,
            Failed: true,
            entry.Failure.Command,
            platforms.Member.Name,
            [],
            []
        );
    }

    private static MessageView Create(ConversationEntry entry, ChannelMessage message) =>
        new(
            entry.Id,
            message.Author.Name,
            message.Author.IsBot,
            entry.At,
            message.Content,
            message.IsEphemeral,
            message.IsLoading,
            message.Edited is not null,
            Failed: false,
            message.Origin?.CommandName,
            message.Origin?.User.Name,
            GetButtons(message.Components),
            [.. message.Attachments.Select(PictureApi.CreateView)]
        );

    private static List<ButtonView> GetButtons(JsonElement rows)
    {
        List<ButtonView> buttons = [];
        foreach (var row in rows.EnumerateArray())
        {
            if (!row.TryGetProperty("components", out var components))
            {
                continue;
            }

            foreach (var component in components.EnumerateArray())
            {
                if (component.TryGetProperty("custom_id", out var customId))
                {
                    buttons.Add(ButtonView.Create(component, customId.GetString()!));
                }
            }
        }

        return buttons;
    }
}

/// <summary>A button of a message.</summary>
internal sealed record ButtonView(string Label, string CustomId, bool Disabled)
{
    public static ButtonView Create(JsonElement button, string customId)
    {
        var isDisabled = button.TryGetProperty("disabled", out var disabled) && disabled.GetBoolean();
        string? text = null;
        if (button.TryGetProperty("label", out var label))
        {
            text = label.GetString();
        }

        return new ButtonView(text ?? "", customId, isDisabled);
    }
}

/// <summary>A status in the timeline.</summary>
internal sealed record StatusView(
    string Id,
    DateTimeOffset At,
    string Name,
    string Account,
    string Html,
    string Warning,
    string Visibility,
    string? Language,
    bool Edited,
    IReadOnlyList<PictureView> Pictures
)
{
    public static StatusView Create(TimelineEntry entry)
    {
        var status = entry.Status;
        return new StatusView(
            status.Id,
            entry.At,
            status.Account.DisplayName,
            status.Account.Username,
            status.Content,
            status.SpoilerText,
            status.Visibility,
            status.Language,
            status.EditedAt is not null,
            [.. status.Media.Select(PictureApi.CreateView)]
        );
    }
}

/// <summary>An armed fault.</summary>
internal sealed record FaultView(FaultKind Kind, FaultPlatform Side);
