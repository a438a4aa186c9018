using System.Globalization;

namespace Serge.Bot.Platforms;

/// <summary>A Discord channel, thread or direct-message channel.</summary>
public readonly record struct ChannelId(ulong Value)
{
    /// <summary>The snowflake in decimal digits, as in a route.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A Discord guild, which users call a server.</summary>
public readonly record struct GuildId(ulong Value)
{
    /// <summary>The snowflake in decimal digits, as in a route.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An interaction. Discord may deliver it more than once, always with the same id.</summary>
public readonly record struct InteractionId(ulong Value)
{
    /// <summary>The snowflake in decimal digits, as in a route.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
