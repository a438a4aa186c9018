using System.Globalization;
using System.Text;

namespace Serge.Bot.Platforms;

/// <summary>A member's slash command, keystroke in an option, or press on a button.</summary>
public abstract record Interaction
{
    /// <summary>The same however often Discord delivers it.</summary>
    public required InteractionId Id { get; init; }

    /// <summary>The server it came from; <see langword="null"/> in direct messages and where only the member has us installed.</summary>
    public GuildId? Guild { get; init; }

    /// <summary>The channel it came from.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>The member's language, such as <c>en-GB</c> or <c>fr</c>.</summary>
    public string Locale { get; init; } = "en-US";

    /// <summary>What the member may do in that channel; none outside servers.</summary>
    public DiscordPermissions MemberPermissions { get; init; }

    /// <summary>What we may do in that channel.</summary>
    public DiscordPermissions AppPermissions { get; init; }

    /// <summary>The client's own: how to answer. It may hold a secret, so an interaction does not print it.</summary>
    public required object Handle { get; init; }

    /// <summary>A slash command.</summary>
    public sealed record Command : Interaction
    {
        /// <summary>The command and its subcommands, separated by spaces: <c>quote</c>, <c>schedule set</c>.</summary>
        public required string Name { get; init; }

        /// <summary>Option values by option name, in invariant form: text, digits, <c>true</c>/<c>false</c>, ids in digits.</summary>
        public IReadOnlyDictionary<string, string> Options { get; init; } = EmptyOptions;
    }

    /// <summary>A keystroke in an option that offers completion.</summary>
    public sealed record Completion : Interaction
    {
        /// <summary>The command and its subcommands, separated by spaces.</summary>
        public required string Name { get; init; }

        /// <summary>The option being typed.</summary>
        public required string Option { get; init; }

        /// <summary>What has been typed so far; may be empty.</summary>
        public required string Typed { get; init; }

        /// <summary>The other options as far as they are filled in.</summary>
        public IReadOnlyDictionary<string, string> Options { get; init; } = EmptyOptions;
    }

    /// <summary>A press on a button of ours.</summary>
    public sealed record ButtonPress : Interaction
    {
        /// <summary>What the button was made with; carries all its state, so that it works after a restart.</summary>
        public required string CustomId { get; init; }
    }

    /// <summary>What an interaction shows of itself in a log.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Guild = {Guild}, Channel = {Channel}");
        return true;
    }

    private static readonly IReadOnlyDictionary<string, string> EmptyOptions = new Dictionary<string, string>(
        StringComparer.Ordinal
    );
}
