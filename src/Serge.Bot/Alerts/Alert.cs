using System.Text.RegularExpressions;

namespace Serge.Bot.Alerts;

/// <summary>A message to the operator: what failed, and what to do. It names no member, no server
/// and no secret.</summary>
internal static partial class Alert
{
    /// <summary>Schedule of all alerts in the ledger. A schedule in the settings cannot have this name, because a
    /// colon separates sections there.</summary>
    public static readonly ScheduleId Schedule = ScheduleId.OfOperator("serge:alert");

    /// <summary>The maximum number of failed posts that an alert lists.</summary>
    private const int MaxLines = 10;

    /// <summary>The maximum length of a platform's reason, or of a mention.</summary>
    private const int MaxReasonLength = 200;

    /// <summary>The length of a key's prefix that identifies a post.</summary>
    private const int KeyPrefixLength = 8;

    /// <summary>Whether an alert may be sent now.</summary>
    /// <param name="earlier">When alerts were sent before.</param>
    /// <param name="scheduleNow">The current time.</param>
    /// <param name="settings">The limits.</param>
    public static bool IsAllowed(
        IEnumerable<DateTimeOffset> earlier,
        DateTimeOffset scheduleNow,
        AlertSettings settings
    )
    {
        // One alert may have several recipients. A moment in the future is from before the clock was set back.
        var dayAgo = scheduleNow.AddDays(-1);
        DateTimeOffset[] recent = [.. earlier.Where(at => at > dayAgo && at <= scheduleNow).Distinct()];
        return recent.Length < settings.PerDay && recent.All(at => at + settings.MinInterval <= scheduleNow);
    }

    /// <param name="failures">Failed posts.</param>
    /// <param name="problems">Other problems, as sentences.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="fits">Whether a text is short enough. Failures that do not fit are only counted.</param>
    public static string GetText(
        IReadOnlyList<Post> failures,
        IReadOnlyList<string> problems,
        Markup markup,
        Func<string, bool> fits
    )
    {
        for (var lines = Math.Min(failures.Count, MaxLines); lines > 0; lines--)
        {
            var text = GetText(failures, problems, markup, lines);
            if (fits(text))
            {
                return text;
            }
        }

        return GetText(failures, problems, markup, lines: 0);
    }

    private static string GetText(
        IReadOnlyList<Post> failures,
        IReadOnlyList<string> problems,
        Markup markup,
        int lines
    )
    {
        List<string> text = [.. problems.Select(problem => Escape(problem, markup))];
        if (failures.Count > 0)
        {
            var count = failures.Count == 1 ? "One post" : Invariant($"{failures.Count} posts");
            text.Add($"{count} failed.");
            text.AddRange(failures.Take(lines).Select(post => GetLine(post, markup)));
            if (failures.Count > lines && lines > 0)
            {
                text.Add(Invariant($"And {failures.Count - lines} more."));
            }

            text.Add(
                "“serge deliveries --failed” lists them; with the first letters of a key “serge retry” sends one "
                    + "again, and “serge dismiss” removes it from the list."
            );
        }

        return string.Join('\n', text);
    }

    private static string GetLine(Post post, Markup markup)
    {
        // Alerts may be kept longer than the data of a server, so they do not name its schedules.
        var schedule = "a server’s schedule";
        if (post.Schedule.Owner == ScheduleId.Operator)
        {
            schedule = post.Schedule.Name;
        }

        var platform = Destinations.GetPlatformName(post.Destination);
        var state = post.State switch
        {
            PostState.Refused => "refused",
            PostState.Missed => "missed",
            PostState.Sent => "sent, perhaps twice",
            PostState.Retracted => "retracted, a second copy may be public",
            _ => "unknown whether it was published",
        };
        var key = post.Key[..KeyPrefixLength];
        var summary = Invariant($"{key}  {schedule}, {platform}, {post.Occurrence:yyyy-MM-dd HH:mm} UTC: {state}.");
        var reason = Shorten(post.Reason ?? "");
        return Escape($"{summary} {reason}".TrimEnd(), markup);
    }

    /// <summary>Puts a text from outside on one line of at most 200 characters.</summary>
    public static string Shorten(string reason)
    {
        var line = reason.ReplaceLineEndings(" ");
        if (line.Length <= MaxReasonLength)
        {
            return line;
        }

        return $"{Truncation.Truncate(line, MaxReasonLength)}…";
    }

    /// <summary>On Mastodon a direct message is sent to every account that it mentions, so quoted text must
    /// not mention any.</summary>
    public static string Escape(string text, Markup markup) => markup.Escape(MentionSign().Replace(text, "(at)"));

    /// <summary>A link to an address from outside. Like quoted text it must not mention any account.</summary>
    public static string Link(Uri address, Markup markup)
    {
        // The text is changed, not the address: an address with %40 before its host would be invalid.
        var link = markup.Link(address);
        return MentionSignInAddress().Replace(link, "%40");
    }

    /// <summary>Not within an address such as <c>https://mastodon.example/@serge/1</c>, which is no mention.</summary>
    /// <remarks>Source: Mastodon 4.5.7, <c>Account::MENTION_RE</c>.</remarks>
    [GeneratedRegex(@"(?<!https?://[^\s@]+/)@", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex MentionSign();

    /// <summary>Mastodon also finds mentions within addresses, such as in <c>https://evil.example/-@ada</c>, but not
    /// directly after a slash.</summary>
    /// <remarks>Source: as above.</remarks>
    [GeneratedRegex("(?<!/)@", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex MentionSignInAddress();

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
