using System.Globalization;
using System.Text;

namespace Serge.Bot.Platforms;

/// <summary>Decodes text from outside. What is not valid Unicode becomes U+FFFD, the replacement character, and nothing
/// throws.</summary>
/// <remarks>.NET's own methods throw for half of a surrogate pair (<c>"\ud83d"</c>) and for bytes that are not UTF-8.
/// U+0000 and U+FFFE are replaced, too: PostgreSQL cannot store the first, and <see cref="string.Normalize()"/> throws
/// for the second.</remarks>
public static class JsonText
{
    internal const char Replacement = '\uFFFD';

    /// <summary>Decodes the contents of a JSON string, or the name of a member.</summary>
    /// <param name="raw">The bytes between the quotation marks, with escape sequences that a JSON parser has
    /// accepted.</param>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Repair(Encoding.UTF8.GetString(raw));
        }

        StringBuilder text = new(raw.Length);
        while (raw.Length > 0)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                plain = raw.Length;
            }

            text.Append(Encoding.UTF8.GetString(raw[..plain]));
            raw = raw[plain..];
            if (raw.Length > 0)
            {
                raw = raw[AppendEscape(raw, text)..];
            }
        }

        return Repair(text.ToString());
    }

    /// <summary>Replaces what is not valid in a text that another library has decoded.</summary>
    public static string Repair(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hasSurrogates = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
        if (!hasSurrogates && !text.AsSpan().ContainsAny('\0', '\uFFFE'))
        {
            return text;
        }

        StringBuilder repaired = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            repaired.Append(rune.Value is 0 or 0xFFFE ? Rune.ReplacementChar : rune);
        }

        return repaired.ToString();
    }

    /// <summary>Whether the raw name of a member is this one.</summary>
    /// <param name="raw">The bytes between the quotation marks.</param>
    /// <param name="name">ASCII.</param>
    internal static bool IsName(ReadOnlySpan<byte> raw, string name)
    {
        if (raw.Contains((byte)'\\'))
        {
            return Decode(raw).Equals(name, StringComparison.Ordinal);
        }

        return Ascii.Equals(raw, name);
    }

    /// <returns>The length of the escape sequence.</returns>
    private static int AppendEscape(ReadOnlySpan<byte> raw, StringBuilder text)
    {
        const int UnicodeLength = 6;
        switch ((char)raw[1])
        {
            case 'u':
                text.Append((char)ushort.Parse(raw[2..UnicodeLength], NumberStyles.AllowHexSpecifier, null));
                return UnicodeLength;
            case 'b':
                text.Append('\b');
                break;
            case 'f':
                text.Append('\f');
                break;
            case 'n':
                text.Append('\n');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 't':
                text.Append('\t');
                break;
            case var other:
                text.Append(other); // a quotation mark, a slash, a backslash
                break;
        }

        return 2;
    }
}
