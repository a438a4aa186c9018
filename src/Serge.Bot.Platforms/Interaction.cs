using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace Serge.Bot.Platforms;

/// <summary>A user's slash command, command of a message's menu, input in an option with suggestions, or press of a
/// button.</summary>
public abstract record Interaction
{
    /// <summary>Equal for repeated deliveries.</summary>
    public required InteractionId Id { get; init; }

    /// <summary><see langword="null"/> in direct messages, and where only the user has installed the bot.</summary>
    public GuildId? Guild { get; init; }

    public ChannelId? Channel { get; init; }

    /// <summary>The user's language, such as <c>en-GB</c> or <c>fr</c>.</summary>
    public string Locale { get; init; } = "en-US";

    /// <summary>The user's permissions in the channel; none outside guilds.</summary>
    public DiscordPermissions MemberPermissions { get; init; }

    /// <summary>The bot's permissions in the channel.</summary>
    public DiscordPermissions AppPermissions { get; init; }

    /// <summary>What the client needs to respond. It may hold a secret, so an interaction does not print it.</summary>
    public required object Handle { get; init; }

    /// <summary>A slash command.</summary>
    public sealed record Command : Interaction
    {
        /// <summary>The command and its subcommands, separated by spaces: <c>quote</c>, <c>schedule set</c>.</summary>
        public required string Name { get; init; }

        /// <summary>Values by option name, in invariant form: text, digits, <c>true</c>/<c>false</c>, ids in
        /// digits.</summary>
        public IReadOnlyDictionary<string, string> Options { get; init; } = ReadOnlyDictionary<string, string>.Empty;
    }

    /// <summary>A command of the menu of a message.</summary>
    /// <remarks>Discord sends the text of the message also without the message content intent. Source: Discord docs,
    /// Events/Gateway, Message Content Intent.</remarks>
    public sealed record MessageCommand : Interaction
    {
        /// <summary>The command, as it is registered.</summary>
        public required string Name { get; init; }

        /// <summary>The text of the message, in Discord's markdown; empty if it has none, such as a
        /// picture.</summary>
        public required string Text { get; init; }
    }

    /// <summary>Input in an option with suggestions.</summary>
    public sealed record Autocomplete : Interaction
    {
        /// <summary>The command and its subcommands, separated by spaces.</summary>
        public required string Name { get; init; }

        /// <summary>The name of the option that the user edits.</summary>
        public required string Option { get; init; }

        /// <summary>The current text of the option; may be empty.</summary>
        public required string Input { get; init; }

        /// <summary>The values of the other options.</summary>
        public IReadOnlyDictionary<string, string> Options { get; init; } = ReadOnlyDictionary<string, string>.Empty;
    }

    /// <summary>A press of a button of the bot.</summary>
    public sealed record ButtonPress : Interaction
    {
        /// <summary>The id of the button. It holds all state, so a button works after a restart, too.</summary>
        public required string CustomId { get; init; }
    }

    /// <summary>Prints the ids only.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Guild = {Guild}, Channel = {Channel}");
        return true;
    }
}
