using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>The dispatch <c>INTERACTION_CREATE</c>. A class, so that it does not print its token.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Object.</remarks>
internal sealed class InteractionModel
{
    public ulong? Id { get; init; }

    public ulong? ApplicationId { get; init; }

    /// <summary>See <see cref="InteractionType"/>.</summary>
    public int? Type { get; init; }

    public InteractionData? Data { get; init; }

    public ulong? GuildId { get; init; }

    public ulong? ChannelId { get; init; }

    /// <summary>Only in servers.</summary>
    public Member? Member { get; init; }

    /// <summary>What is needed to answer; good for 15 minutes.</summary>
    public string? Token { get; init; }

    public ulong? AppPermissions { get; init; }

    public string? Locale { get; init; }
}

/// <summary>What was typed or pressed.</summary>
internal sealed record InteractionData
{
    public string? Name { get; init; }

    /// <summary>Of a command: 1 for a slash command.</summary>
    public int? Type { get; init; }

    public OptionValue[]? Options { get; init; }

    public string? CustomId { get; init; }

    /// <summary>Of a component: 2 for a button.</summary>
    public int? ComponentType { get; init; }
}

/// <summary>An option as it was filled in, or the subcommand that was chosen.</summary>
internal sealed record OptionValue
{
    public string? Name { get; init; }

    public int? Type { get; init; }

    /// <summary>Text, a number, or true or false.</summary>
    public JsonElement? Value { get; init; }

    public OptionValue[]? Options { get; init; }

    /// <summary>This is the option being typed.</summary>
    public bool? Focused { get; init; }
}

/// <summary>The kinds of interactions that we know.</summary>
internal static class InteractionType
{
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;
}
