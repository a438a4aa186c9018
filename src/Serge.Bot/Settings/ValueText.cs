using System.Globalization;

namespace Serge.Bot.Settings;

/// <summary>Rules for the text of every value, whatever reads it later.</summary>
internal static class ValueText
{
    /// <summary>More than the length of any token or connection string, in UTF-16 units.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>What is wrong with a value: a control character, half of a surrogate pair, or its length. White space
    /// around it is allowed.</summary>
    /// <returns>The end of a sentence, without the value, which may be a secret; <see langword="null"/> if nothing
    /// is.</returns>
    public static string? FindProblem(string value)
    {
        if (value.Length > MaxLength)
        {
            return $"has {value.Length} characters; at most {MaxLength} are allowed.";
        }

        var start = value.Length - value.TrimStart().Length;
        return Describe(value, start, IsText);
    }

    /// <summary>What is wrong with a token: a character other than visible ASCII, with which no request could be
    /// sent.</summary>
    /// <inheritdoc cref="FindProblem"/>
    public static string? FindTokenProblem(string token) =>
        Describe(token, start: 0, static (text, i) => text[i] is > ' ' and <= '~');

    private static string? Describe(string value, int start, Func<string, int, bool> isAllowed)
    {
        var end = value.TrimEnd().Length;
        for (var i = start; i < end; i++)
        {
            if (!isAllowed(value, i))
            {
                var code = ((int)value[i]).ToString("X4", CultureInfo.InvariantCulture);
                return $"contains the character U+{code} at position {i + 1}. Remove it, or copy the value again.";
            }
        }

        return null;
    }

    private static bool IsText(string value, int i)
    {
        if (char.IsControl(value[i]))
        {
            return false;
        }

        var isPair = char.IsSurrogatePair(value, Math.Max(0, i - 1));
        if (char.IsLowSurrogate(value[i]))
        {
            return i > 0 && isPair;
        }

        if (!char.IsHighSurrogate(value[i]))
        {
            return true;
        }

        return i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
    }
}
