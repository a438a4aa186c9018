using System.Globalization;

namespace Serge.Bot.Platforms;

/// <summary>A Discord channel, thread or direct-message channel.</summary>
/// <param name="Value">The snowflake, as Discord prints it.</param>
public readonly record struct ChannelId(ulong Value)
{
    /// <summary>The snowflake in decimal digits, as it stands in a route.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A Discord server, which the API calls a guild.</summary>
/// <param name="Value">The snowflake, as Discord prints it.</param>
public readonly record struct GuildId(ulong Value)
{
    /// <summary>The snowflake in decimal digits, as it stands in a route.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One interaction. Discord may deliver it more than once, always under the same id.</summary>
/// <param name="Value">The snowflake, as Discord prints it.</param>
public readonly record struct InteractionId(ulong Value)
{
    /// <summary>The snowflake in decimal digits, as it stands in a route.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
