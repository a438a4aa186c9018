namespace Serge.Bot.Platforms;

/// <summary>Shortens a text without splitting a character.</summary>
public static class Truncation
{
    /// <summary>The beginning of a text; it does not end within a surrogate pair.</summary>
    /// <remarks>Half of a pair is not valid Unicode. PostgreSQL does not store it; a platform shows U+FFFD.</remarks>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">The most UTF-16 units, 0 or more.</param>
    public static string Truncate(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = maxLength;
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }
}
