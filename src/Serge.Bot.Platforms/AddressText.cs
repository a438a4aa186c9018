using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>Shows addresses without the secrets that they may contain.</summary>
public static partial class AddressText
{
    private const string Hidden = "•••";

    /// <summary>Before the token of a webhook. Source: Discord docs, Resources/Webhook, <c>url</c>.</summary>
    private const string WebhookPath = "/webhooks/";

    /// <summary>Hides, in every address of a text, the user name and password before <c>@</c>, what follows
    /// <c>/webhooks/</c>, and the query.</summary>
    /// <param name="text">An address, or a text with addresses; it may be invalid.</param>
    public static string WithoutSecrets(string text) => Replace(text, HideSecrets);

    /// <summary>Hides all that follows the host, in every address of a text, and the user name and password before
    /// it.</summary>
    /// <inheritdoc cref="WithoutSecrets"/>
    public static string UpToHost(string text) => Replace(text, HidePath);

    private static string Replace(string text, MatchEvaluator hide)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return text;
        }

        return Address().Replace(text, hide);
    }

    private static string HideSecrets(Match match)
    {
        var address = HideUser(match.Value);
        var webhook = address.IndexOf(WebhookPath, StringComparison.OrdinalIgnoreCase);
        if (webhook >= 0)
        {
            return HideFrom(address, webhook + WebhookPath.Length);
        }

        var query = address.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? address : HideFrom(address, query + 1);
    }

    private static string HidePath(Match match)
    {
        var address = HideUser(match.Value);
        var end = address.IndexOfAny(['/', '?', '#'], GetHostStart(address));
        return end < 0 ? address : HideFrom(address, end + 1);
    }

    private static string HideFrom(string address, int start)
    {
        if (start == address.Length)
        {
            return address;
        }

        return $"{address[..start]}{Hidden}";
    }

    private static string HideUser(string address)
    {
        var isAddress = Uri.TryCreate(address, UriKind.Absolute, out var uri);
        if (isAddress && uri!.UserInfo.Length == 0)
        {
            return address;
        }

        // A password may contain an at sign or a slash. The host of a valid address ends at the first slash.
        var start = GetHostStart(address);
        var hostEnd = isAddress ? address.IndexOfAny(['/', '?', '#'], start) : -1;
        var last = address.LastIndexOf('@', hostEnd < 0 ? address.Length - 1 : hostEnd);
        if (last < start)
        {
            return address;
        }

        return $"{address[..start]}{Hidden}{address[last..]}";
    }

    private static int GetHostStart(string address) => address.IndexOf("://", StringComparison.Ordinal) + "://".Length;

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.\-]*://[^\s""<>]+", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Address();
}
