using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Publishing;

/// <summary>The good manners of a bot: marked as one, with somebody to turn to, few posts, few of them in the public timelines, few tags.</summary>
/// <remarks>Sources: the rules for automated accounts of hachyderm.io and toot.wales; botsin.space, of a public post at most every six hours; Mastodon issues 7066 (contact),
/// 8241 (PascalCase), 19185 (tags).</remarks>
internal static partial class PolicyChecks
{
    /// <summary>How far ahead schedules are played to see how much they post.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(31);

    /// <summary>A schedule of every minute has no more occurrences than this in that time; more are not needed to know that it is too much.</summary>
    private const int MostOccurrences = 45_000;

    /// <summary>Whatever is against good manners, or one line that all is well.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="mastodon">Those of the account.</param>
    /// <param name="account">The account as the server describes it.</param>
    /// <param name="now">From here the schedules are played ahead; on the calendar.</param>
    public static IReadOnlyList<Diagnostic> Of(
        BotSettings settings,
        MastodonSettings mastodon,
        MastodonAccount account,
        DateTimeOffset now
    )
    {
        var coming = settings
            .Schedules.Where(schedule => schedule.To.Contains(Destinations.Mastodon))
            .SelectMany(schedule => Coming(schedule, mastodon, now))
            .ToArray();
        var busiest = coming.CountBy(post => post.Day).Select(day => day.Value).DefaultIfEmpty(0).Max();
        Diagnostic[] found = [.. Breaches(settings, mastodon, account, coming, busiest)];
        return found.Length > 0
            ? found
            :
            [
                new Diagnostic(
                    DiagnosticKind.Ok,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"good manners: marked as automated, the bio says whom to turn to, at most {busiest} posts a day, {Seen(coming, mastodon)}, {string.Join(' ', mastodon.Tags.Concat(mastodon.RequiredTags).Select(tag => "#" + tag))}"
                    )
                ),
            ];
    }

    private static IEnumerable<Diagnostic> Breaches(
        BotSettings settings,
        MastodonSettings mastodon,
        MastodonAccount account,
        IReadOnlyList<Coming> coming,
        int busiest
    )
    {
        if (!account.Bot)
        {
            yield return Breach(
                $"The account {account.Acct} is not marked as automated. Mark it in the account's preferences: readers and moderators expect it of a bot."
            );
        }

        if (!NamesSomebody(account.Note, settings.About))
        {
            yield return Breach(
                $"The bio of {account.Acct} names nobody to turn to. Add who runs the bot: an account such as @you@example.org, an e-mail address or a page."
            );
        }

        var most = Math.Min(busiest, mastodon.PostsPerDay);
        if (most > MastodonSettings.DefaultPostsPerDay)
        {
            yield return Breach(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Up to {most} posts a day are too many: servers that welcome bots ask for {MastodonSettings.DefaultPostsPerDay} at most. Thin out the schedules, or set Mastodon:PostsPerDay to {MastodonSettings.DefaultPostsPerDay}."
                )
            );
        }
        else if (busiest > mastodon.PostsPerDay)
        {
            yield return Breach(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The schedules have up to {busiest} posts a day, of which only {mastodon.PostsPerDay} go out (Mastodon:PostsPerDay). Thin out the schedules."
                )
            );
        }

        var standard = MastodonSettings.DefaultMinPublicInterval;
        if (mastodon.MinPublicInterval < standard && ArePublicCloserThan(standard, coming))
        {
            yield return Breach(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Public posts would follow each other within {standard.TotalHours:0} hours, and the public timelines are everybody's. Set Mastodon:MinPublicInterval to {standard:c}, or Mastodon:Visibility to unlisted."
                )
            );
        }
    }

    private static Diagnostic Breach(string says) => new(DiagnosticKind.Warning, says);

    /// <summary>Somebody's account, an e-mail address, a page, or whatever the operator gave as contact.</summary>
    private static bool NamesSomebody(string note, AboutSettings about) =>
        Contact().IsMatch(note)
        || new[] { about.Operator, about.Contact }.Any(known =>
            known is { Length: > 0 } && note.Contains(known, StringComparison.OrdinalIgnoreCase)
        );

    private static IEnumerable<Coming> Coming(Schedule schedule, MastodonSettings mastodon, DateTimeOffset now)
    {
        var isPublic = (schedule.Visibility ?? mastodon.Visibility) == PostVisibility.Public;
        var at = schedule.GetNextOccurrence(now);
        for (var count = 0; at is { } moment && moment <= now + Ahead && count < MostOccurrences; count++)
        {
            yield return new Coming(moment, schedule.GetLocalDate(moment), isPublic);
            at = schedule.GetNextOccurrence(moment);
        }
    }

    private static bool ArePublicCloserThan(TimeSpan span, IEnumerable<Coming> coming)
    {
        var moments = coming.Where(post => post.IsPublic).Select(post => post.At).Order().ToArray();
        return moments.Zip(moments.Skip(1)).Any(pair => pair.Second - pair.First < span);
    }

    private static string Seen(IReadOnlyList<Coming> coming, MastodonSettings mastodon) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(coming.Any(post => post.IsPublic) ? $"public at most every {mastodon.MinPublicInterval.TotalHours:0.#} hours" : "none of them in public timelines")}"
        );

    [GeneratedRegex(@"@\w|https?://", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Contact();
}

/// <summary>A post that a schedule has coming.</summary>
/// <param name="At">When.</param>
/// <param name="Day">The day that is where the schedule lives.</param>
/// <param name="IsPublic">Whether it is to be public.</param>
internal readonly record struct Coming(DateTimeOffset At, DateOnly Day, bool IsPublic);
