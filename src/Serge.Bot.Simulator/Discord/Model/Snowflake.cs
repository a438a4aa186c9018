namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A Discord id: the time of its creation and a counter. Digits in JSON.</summary>
/// <remarks>Source: Discord docs, Reference/Snowflakes.</remarks>
/// <param name="Value">Milliseconds since 2015-01-01 UTC in the upper 42 bits.</param>
public readonly record struct Snowflake(ulong Value)
{
    private const long Epoch = 1_420_070_400_000;

    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds((long)(Value >> 22) + Epoch);

    public static bool TryParse([NotNullWhen(true)] string? text, out Snowflake id)
    {
        var isValid = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = new Snowflake(value);
        return isValid;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the value of the first id that can be created at a time.</summary>
    internal static ulong GetFirstValue(DateTimeOffset time) => (ulong)(time.ToUnixTimeMilliseconds() - Epoch) << 22;
}
