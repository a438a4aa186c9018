using System.Globalization;

namespace Serge.Bot.Publishing;

/// <summary>What a server does not do, said before anybody wonders.</summary>
/// <remarks>What was seen where: <c>docs/platforms.md</c>, Other servers.</remarks>
internal static class ServerNotes
{
    /// <summary>Notes about this server for a bot with these settings.</summary>
    public static IEnumerable<Diagnostic> Of(MastodonInstance instance, Capabilities capabilities, BotSettings settings)
    {
        var visibilities = settings
            .Schedules.Select(schedule => schedule.Visibility)
            .OfType<PostVisibility>()
            .Append(settings.Mastodon?.Visibility ?? PostVisibility.Unlisted)
            .ToHashSet();
        if (instance.Software == MastodonSoftware.Other)
        {
            yield return Note(
                $"The server's software ({instance.Version}) is none that the bot has been tried with. It goes by what Mastodon's documentation says."
            );
        }

        if (instance.Software == MastodonSoftware.Mastodon && IsBefore(instance.Version, 4, 2))
        {
            yield return Note(
                $"Mastodon {instance.Version} is older than 4.2, the oldest version that the bot is made for. Updating it is worth while."
            );
        }

        if (!capabilities.SupportsIdempotency)
        {
            yield return Note(
                "The server may post again what is sent again under the same key. After a lost answer the bot looks whether the post is there, and sends nothing before it knows."
            );
        }

        if (instance.Software != MastodonSoftware.Snac)
        {
            yield break;
        }

        // Public posts become unlisted too, when they come too close to each other.
        if (!visibilities.SetEquals([PostVisibility.Private]))
        {
            yield return Note("snac has no unlisted posts: they become public there.");
        }

        if (visibilities.Contains(PostVisibility.Private))
        {
            yield return Note(
                "snac does not list posts for followers only, so the bot cannot look for one whose answer was lost. It then stays unknown until a person has looked."
            );
        }

        if (
            instance.Version.Contains("snac/2.", StringComparison.Ordinal)
            && IsBefore(
                instance.Version[(instance.Version.IndexOf("snac/", StringComparison.Ordinal) + 5)..].TrimEnd(')'),
                2,
                96
            )
        )
        {
            yield return Note(
                "This version of snac does not delete posts at a bot's request. Take one back on snac's own page."
            );
        }
    }

    private static Diagnostic Note(string says) => new(DiagnosticKind.Note, says);

    /// <summary>Whether a version's first two numbers are lower than these.</summary>
    private static bool IsBefore(string version, int major, int minor)
    {
        var parts = version.Split('.', '-', '+', ' ');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            && (first, second).CompareTo((major, minor)) < 0;
    }
}
