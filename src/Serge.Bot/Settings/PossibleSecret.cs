using System.Buffers;

namespace Serge.Bot.Settings;

/// <summary>Recognizes values that may be secrets, so that an error does not show one that was written into the wrong
/// setting.</summary>
internal static class PossibleSecret
{
    private const string Hidden = "•••";

    /// <summary>The length of 128 bits in Base64 without padding. Tokens of the platforms are longer.</summary>
    private const int MinTokenLength = 22;

    /// <summary>What a token consists of. Source: RFC 9110, 11.2, <c>token68</c>.</summary>
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/="
    );

    /// <summary>Replaces a value that looks like a token or like the connection string of a database, and is not a
    /// path.</summary>
    /// <param name="value">The value of a setting.</param>
    /// <param name="home">Where relative paths start.</param>
    public static string Hide(string value, string home)
    {
        var isToken = LooksLikeToken(value.Trim()) && !IsPath(value, home);
        if (isToken || PostgresAddress.LooksLikeAddress(value))
        {
            return Hidden;
        }

        return value;
    }

    /// <summary>Whether a value is certainly a path: what it names exists, or at least its first folder does.</summary>
    /// <inheritdoc cref="Hide"/>
    public static bool IsPath(string value, string home)
    {
        if (Path.Exists(Path.Combine(home, value)))
        {
            return true;
        }

        var rootLength = Path.GetPathRoot(value)?.Length ?? 0;
        var end = value.IndexOfAny([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], rootLength);
        return end > rootLength && Directory.Exists(Path.Combine(home, value[..end]));
    }

    private static bool LooksLikeToken(string text) =>
        text.Length >= MinTokenLength
        && !text.AsSpan().ContainsAnyExcept(TokenCharacters)
        && text.Any(char.IsAsciiDigit)
        && text.Any(char.IsAsciiLetter);
}
