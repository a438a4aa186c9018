using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>Shows addresses without the user name and password that they may contain.</summary>
public static partial class AddressText
{
    private const string Hidden = "•••";

    /// <summary>Replaces what stands between <c>://</c> and <c>@</c> in every address of a text.</summary>
    /// <param name="text">An address, or a text with addresses; it may be invalid.</param>
    public static string WithoutPassword(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains("://", StringComparison.Ordinal) || !text.Contains('@', StringComparison.Ordinal))
        {
            return text;
        }

        return Address().Replace(text, HideUser);
    }

    private static string HideUser(Match match)
    {
        var address = match.Value;
        var isAddress = Uri.TryCreate(address, UriKind.Absolute, out var uri);
        if (isAddress && uri!.UserInfo.Length == 0)
        {
            return address;
        }

        // A password may contain an at sign or a slash. The host of a valid address ends at the first slash.
        var start = address.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        var hostEnd = isAddress ? address.IndexOfAny(['/', '?', '#'], start) : -1;
        var last = address.LastIndexOf('@', hostEnd < 0 ? address.Length - 1 : hostEnd);
        if (last < start)
        {
            return address;
        }

        return $"{address[..start]}{Hidden}{address[last..]}";
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.\-]*://[^\s""<>]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
