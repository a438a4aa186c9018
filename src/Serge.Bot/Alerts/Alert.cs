using System.Globalization;

namespace Serge.Bot.Alerts;

/// <summary>A word to whoever runs the bot: what did not go out, and what to do. It names no member, no server and no secret.</summary>
internal static class Alert
{
    /// <summary>What alerts are called in the ledger: no key of a setting has a colon.</summary>
    public const string ScheduleName = "serge: alert";

    /// <summary>More than this is read in the listing, not in an alert.</summary>
    private const int MostLines = 10;

    /// <summary>Platforms may explain themselves at length.</summary>
    private const int LongestReason = 200;

    /// <summary>Whether an alert may go out now.</summary>
    /// <param name="told">When alerts went out before.</param>
    /// <param name="now">On the calendar.</param>
    /// <param name="settings">The limits.</param>
    public static bool IsAllowed(IEnumerable<DateTimeOffset> told, DateTimeOffset now, AlertSettings settings)
    {
        // One alert may have gone to two places. What is ahead of now is from before the calendar was turned back.
        var today = told.Where(at => at > now.AddDays(-1) && at <= now).Distinct().ToArray();
        return today.Length < settings.PerDay && today.All(at => at + settings.MinInterval <= now);
    }

    /// <summary>The text.</summary>
    /// <param name="failures">Posts that came to a bad end.</param>
    /// <param name="troubles">What else is wrong, a sentence or two each.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="fits">Whether a text is short enough. What does not fit is counted, not shown.</param>
    public static string Text(
        IReadOnlyList<Post> failures,
        IReadOnlyList<string> troubles,
        Markup markup,
        Func<string, bool> fits
    )
    {
        for (var lines = Math.Min(failures.Count, MostLines); lines > 0; lines--)
        {
            if (Text(failures, troubles, markup, lines) is var text && fits(text))
            {
                return text;
            }
        }

        return Text(failures, troubles, markup, lines: 0);
    }

    private static string Text(IReadOnlyList<Post> failures, IReadOnlyList<string> troubles, Markup markup, int lines)
    {
        List<string> text = [.. troubles.Select(trouble => Words(trouble, markup))];
        if (failures.Count > 0)
        {
            text.Add(
                failures.Count == 1
                    ? "One post needs you."
                    : string.Create(CultureInfo.InvariantCulture, $"{failures.Count} posts need you.")
            );
            text.AddRange(failures.Take(lines).Select(post => Line(post, markup)));
            if (failures.Count > lines && lines > 0)
            {
                text.Add(string.Create(CultureInfo.InvariantCulture, $"And {failures.Count - lines} more."));
            }

            text.Add(
                "See them with “serge deliveries --failed”; “serge retry” and the first letters of an id sends one again."
            );
        }

        return string.Join('\n', text);
    }

    private static string Line(Post post, Markup markup)
    {
        // An alert may outlive what is kept about a server, so a server's schedule has no name here.
        var schedule = GuildSchedule.GetGuild(post.Schedule) is null ? post.Schedule : "a server’s schedule";
        var platform = post.Destination.Channel is null ? "Mastodon" : "Discord";
        var state = post.State switch
        {
            PostState.Refused => "refused",
            PostState.Missed => "missed",
            _ => "perhaps there, perhaps not",
        };
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{post.Key[..8]}  {schedule}, {platform}, {post.Occurrence:yyyy-MM-dd HH:mm} UTC: {state}."
        );
        return Words($"{what} {Shortened(post.Reason ?? "")}".TrimEnd(), markup);
    }

    private static string Shortened(string reason)
    {
        var line = reason.ReplaceLineEndings(" ");
        return line.Length <= LongestReason
            ? line
            : $"{line[..(char.IsHighSurrogate(line[LongestReason - 1]) ? LongestReason - 1 : LongestReason)]}…";
    }

    /// <summary>On Mastodon a direct message goes to everybody it mentions, so what we quote must mention nobody.</summary>
    private static string Words(string words, Markup markup) =>
        markup.Text(words.Replace("@", "(at)", StringComparison.Ordinal));
}
