using System.Diagnostics.CodeAnalysis;
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

    /// <summary>The signature of Ed25519 in hexadecimal digits.</summary>
    private const int SignatureLength = 128;

    /// <summary>Checks what is known of a request before its body is read.</summary>
    /// <param name="signature">The header <c>X-Signature-Ed25519</c>.</param>
    /// <param name="timestamp">The header <c>X-Signature-Timestamp</c>.</param>
    /// <param name="now">On the system clock.</param>
    /// <returns>Whether the signature may be valid, and the request is recent enough.</returns>
    public static bool AreValidHeaders(
        [NotNullWhen(true)] string? signature,
        [NotNullWhen(true)] string? timestamp,
        DateTimeOffset now
    ) =>
        signature is { Length: SignatureLength }
        && signature.All(char.IsAsciiHexDigit)
        && timestamp is not null
        && IsRecent(timestamp, now);

    /// <summary>Whether a request is recent enough.</summary>
    /// <param name="timestamp">The header <c>X-Signature-Timestamp</c>, seconds since 1970.</param>
    /// <param name="now">On the system clock.</param>
    public static bool IsRecent(string timestamp, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        var age = now.ToUnixTimeSeconds() - seconds;
        return age is >= -MaxAgeSeconds and <= MaxAgeSeconds;
    }
}
