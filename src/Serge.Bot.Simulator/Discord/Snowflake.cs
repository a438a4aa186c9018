using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Serge.Bot.Simulator.Discord;

/// <summary>Discord's id of anything: the moment it was made, and a counter. Digits in JSON.</summary>
/// <remarks>Source: Discord docs, Reference/Snowflakes.</remarks>
/// <param name="Value">Milliseconds since 2015-01-01 UTC in the upper 42 bits.</param>
public readonly record struct Snowflake(ulong Value) : IComparable<Snowflake>
{
    private const long Epoch = 1_420_070_400_000;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds((long)(Value >> 22) + Epoch);

    /// <summary>Reads digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Snowflake id)
    {
        var read = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = new Snowflake(value);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Snowflake other) => Value.CompareTo(other.Value);

    /// <summary>The digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether one was made before the other.</summary>
    public static bool operator <(Snowflake left, Snowflake right) => left.Value < right.Value;

    /// <summary>Whether one was made after the other.</summary>
    public static bool operator >(Snowflake left, Snowflake right) => left.Value > right.Value;

    /// <summary>Whether one was not made after the other.</summary>
    public static bool operator <=(Snowflake left, Snowflake right) => left.Value <= right.Value;

    /// <summary>Whether one was not made before the other.</summary>
    public static bool operator >=(Snowflake left, Snowflake right) => left.Value >= right.Value;

    internal static ulong First(DateTimeOffset moment) => (ulong)(moment.ToUnixTimeMilliseconds() - Epoch) << 22;
}

/// <summary>Makes ids that only ever grow. Used under the world's lock.</summary>
internal sealed class SnowflakeSource(TimeProvider clock)
{
    private ulong _last;

    public Snowflake Next()
    {
        _last = Math.Max(_last + 1, Snowflake.First(clock.GetUtcNow()));
        return new Snowflake(_last);
    }
}
