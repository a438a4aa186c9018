namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>Formats timestamps as Discord does: ISO 8601 with six decimals and an offset.</summary>
internal static class Timestamps
{
    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'";

    public static string Format(DateTimeOffset timestamp) =>
        timestamp.UtcDateTime.ToString(Iso8601, CultureInfo.InvariantCulture);

    public static string? Format(DateTimeOffset? timestamp) => timestamp is { } known ? Format(known) : null;
}
