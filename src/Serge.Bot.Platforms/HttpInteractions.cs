using System.Globalization;

namespace Serge.Bot.Platforms;

/// <summary>The checks of interactions over HTTP that are the same in all clients.</summary>
public static class HttpInteractions
{
    /// <summary>The maximum age of a request. Discord waits 3 s for a response; the rest is for clocks that
    /// differ.</summary>
    private const int MaxAgeSeconds = 30;

    /// <summary>The most interactions whose ids are kept; far more than arrive within the maximum age.</summary>
    public const int MaxSeen = 65_536;

    /// <summary>The type of Discord's ping.</summary>
    public const int Ping = 1;

    /// <summary>Whether a request is recent enough.</summary>
    /// <param name="timestamp">The header <c>X-Signature-Timestamp</c>, seconds since 1970.</param>
    /// <param name="now">On the system clock.</param>
    public static bool IsRecent(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= MaxAgeSeconds;
}
