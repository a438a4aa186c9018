using System.Globalization;

namespace Serge.Bot.Publishing;

/// <summary>Describes features that the account's server lacks. <c>docs/platforms.md</c>, Other servers,
/// has the observations.</summary>
internal static class ServerNotes
{
    private const string SnacName = "snac/";

    public static IEnumerable<Diagnostic> Find(
        MastodonInstance instance,
        Capabilities capabilities,
        BotSettings settings
    )
    {
        if (instance.Software == MastodonSoftware.Other)
        {
            yield return Diagnostic.Note(
                $"The bot has not been tested with this server's software ({instance.Version}). "
                    + "It relies on Mastodon's documentation."
            );
        }

        if (instance.Software == MastodonSoftware.Mastodon && IsBefore(instance.Version, 4, 2))
        {
            yield return Diagnostic.Note(
                $"Mastodon {instance.Version} is older than 4.2, the oldest supported version. An "
                    + "upgrade is recommended."
            );
        }

        if (!capabilities.SupportsIdempotency)
        {
            yield return Diagnostic.Note(
                "The server may publish a post twice if it is sent again with the same idempotency key. "
                    + "After a lost response the bot looks the post up, and sends nothing until it knows the result."
            );
        }

        if (instance.Software == MastodonSoftware.Snac)
        {
            foreach (var note in FindSnacNotes(instance, settings))
            {
                yield return note;
            }
        }
    }

    private static IEnumerable<Diagnostic> FindSnacNotes(MastodonInstance instance, BotSettings settings)
    {
        var visibilities = GetVisibilities(settings);

        // Public posts that follow each other too closely become unlisted, too.
        if (!visibilities.SetEquals([PostVisibility.Private]))
        {
            yield return Diagnostic.Note("snac has no unlisted posts: it publishes them as public.");
        }

        if (visibilities.Contains(PostVisibility.Private))
        {
            yield return Diagnostic.Note(
                "snac does not list posts for followers only, so the bot cannot look up one whose response was lost. "
                    + "Such a post stays unknown until an operator decides."
            );
        }

        if (IsSnacWithoutDelete(instance.Version))
        {
            yield return Diagnostic.Note(
                "This version of snac does not delete posts at a bot's request. Delete them on snac's own page."
            );
        }
    }

    private static HashSet<PostVisibility> GetVisibilities(BotSettings settings)
    {
        HashSet<PostVisibility> visibilities = [settings.Mastodon?.Visibility ?? PostVisibility.Unlisted];
        foreach (var schedule in settings.Schedules)
        {
            if (schedule.Visibility is { } visibility)
            {
                visibilities.Add(visibility);
            }
        }

        return visibilities;
    }

    /// <summary>Whether a version such as <c>4.0.0 (not true; really snac/2.75)</c> is before snac 2.96.</summary>
    private static bool IsSnacWithoutDelete(string version)
    {
        var start = version.IndexOf(SnacName, StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        var snacVersion = version[(start + SnacName.Length)..].TrimEnd(')');
        return snacVersion.StartsWith("2.", StringComparison.Ordinal) && IsBefore(snacVersion, 2, 96);
    }

    /// <summary>Whether a version's first two numbers are lower than these.</summary>
    private static bool IsBefore(string version, int major, int minor)
    {
        var parts = version.Split('.', '-', '+', ' ');
        if (
            parts.Length < 2
            || !TryParseNumber(parts[0], out var actualMajor)
            || !TryParseNumber(parts[1], out var actualMinor)
        )
        {
            return false;
        }

        if (actualMajor == major)
        {
            return actualMinor < minor;
        }

        return actualMajor < major;
    }

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
