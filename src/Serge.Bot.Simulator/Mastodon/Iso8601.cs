namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Formats times as Mastodon does: ISO 8601 in UTC.</summary>
internal static class Iso8601
{
    public static string FormatMilliseconds(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>Formats a time as in <c>X-RateLimit-Reset</c>.</summary>
    public static string FormatMicroseconds(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

    private static string Format(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
