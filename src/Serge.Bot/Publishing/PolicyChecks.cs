using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Publishing;

/// <summary>Checks what Mastodon servers ask of bots: the mark as automated, a contact in the bio, few posts per day,
/// and few of them in the public timelines.</summary>
/// <remarks>Sources: the rules for automated accounts of hachyderm.io and toot.wales; botsin.space (a public post at
/// most every six hours); Mastodon issue 7066 (contact).</remarks>
internal static partial class PolicyChecks
{
    /// <summary>Schedules are simulated for this long.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromDays(31);

    /// <summary>A schedule of every minute has no more occurrences in <see cref="Period"/>.</summary>
    private const int MaxOccurrences = 45_000;

    /// <param name="settings">All settings.</param>
    /// <param name="mastodon">The settings of the account.</param>
    /// <param name="account">The account as the server describes it.</param>
    /// <param name="now">The start of the simulation, on the schedule clock.</param>
    /// <returns>A warning for each violation, or one diagnostic that there is none.</returns>
    public static IReadOnlyList<Diagnostic> Run(
        BotSettings settings,
        MastodonSettings mastodon,
        MastodonAccount account,
        DateTimeOffset now
    )
    {
        var posts = SimulateSchedules(settings, mastodon, now);
        var perDay = posts.CountBy(post => post.Day).Select(day => day.Value);
        var maxPerDay = perDay.DefaultIfEmpty(0).Max();
        List<Diagnostic> warnings =
        [
            .. CheckAccount(account, settings.About),
            .. CheckPostsPerDay(mastodon, maxPerDay),
            .. CheckPublicPosts(mastodon, posts),
        ];
        if (warnings.Count > 0)
        {
            return warnings;
        }

        return [DescribeSuccess(mastodon, posts, maxPerDay)];
    }

    private static List<UpcomingPost> SimulateSchedules(
        BotSettings settings,
        MastodonSettings mastodon,
        DateTimeOffset now
    )
    {
        List<UpcomingPost> posts = [];
        foreach (var schedule in settings.Schedules)
        {
            if (schedule.To.Contains(Destinations.Mastodon))
            {
                posts.AddRange(SimulateSchedule(schedule, mastodon, now));
            }
        }

        return posts;
    }

    private static IEnumerable<UpcomingPost> SimulateSchedule(
        Schedule schedule,
        MastodonSettings mastodon,
        DateTimeOffset now
    )
    {
        var isPublic = (schedule.Visibility ?? mastodon.Visibility) == PostVisibility.Public;
        var end = now + Period;
        var next = schedule.GetNextOccurrence(now);
        for (var count = 0; next <= end && count < MaxOccurrences; count++)
        {
            var occurrence = next.Value;
            yield return new UpcomingPost(occurrence, schedule.GetLocalDate(occurrence), isPublic);
            next = schedule.GetNextOccurrence(occurrence);
        }
    }

    private static IEnumerable<Diagnostic> CheckAccount(MastodonAccount account, AboutSettings about)
    {
        if (!account.Bot)
        {
            yield return Diagnostic.Warning(
                $"The account {account.Acct} is not marked as automated. Mark it in the account's preferences: readers "
                    + "and moderators expect it of a bot."
            );
        }

        if (!HasContact(account.Note, about))
        {
            yield return Diagnostic.Warning(
                $"The bio of {account.Acct} names no contact. Add who runs the bot: an account such as "
                    + "@you@example.org, an e-mail address or a page."
            );
        }
    }

    private static IEnumerable<Diagnostic> CheckPostsPerDay(MastodonSettings mastodon, int maxPerDay)
    {
        const int Recommended = MastodonSettings.DefaultPostsPerDay;
        var sentPerDay = Math.Min(maxPerDay, mastodon.PostsPerDay);
        if (sentPerDay > Recommended)
        {
            yield return Diagnostic.Warning(
                $"Up to {sentPerDay} posts per day are too many: servers that accept bots ask for at "
                    + $"most {Recommended}. Reduce the schedules, or set Mastodon:PostsPerDay to {Recommended}."
            );
        }
        else if (maxPerDay > mastodon.PostsPerDay)
        {
            yield return Diagnostic.Warning(
                $"The schedules plan up to {maxPerDay} posts per day, of which at most {mastodon.PostsPerDay} can be "
                    + "sent (Mastodon:PostsPerDay). Reduce the schedules."
            );
        }
    }

    private static IEnumerable<Diagnostic> CheckPublicPosts(
        MastodonSettings mastodon,
        IReadOnlyList<UpcomingPost> posts
    )
    {
        var recommended = MastodonSettings.DefaultMinPublicInterval;
        if (mastodon.MinPublicInterval < recommended && HasPublicPostsWithin(recommended, posts))
        {
            var hours = FormatHours(recommended);
            yield return Diagnostic.Warning(
                $"Public posts would follow each other within {hours} h and crowd the public timelines. "
                    + $"Set Mastodon:MinPublicInterval to {recommended:c}, or Mastodon:Visibility to unlisted."
            );
        }
    }

    private static Diagnostic DescribeSuccess(
        MastodonSettings mastodon,
        IReadOnlyList<UpcomingPost> posts,
        int maxPerDay
    )
    {
        var visibility = "none of them in public timelines";
        if (posts.Any(post => post.IsPublic))
        {
            visibility = $"public posts at least {FormatHours(mastodon.MinPublicInterval)} h apart";
        }

        var tags = mastodon.Tags.Concat(mastodon.RequiredTags).Select(tag => $"#{tag}");
        if (mastodon.Tags.Count == 0)
        {
            tags = tags.Prepend("the author's tag");
        }

        var pace = Plural.Of(maxPerDay, "post");
        var message =
            $"policy checks passed: marked as automated, contact in the bio, at most {pace} per day, "
            + $"{visibility}, {string.Join(' ', tags)}";
        return new Diagnostic(DiagnosticKind.Ok, message);
    }

    /// <summary>Whether the bio names an account, an e-mail address, a page, or the operator or contact
    /// of the settings.</summary>
    private static bool HasContact(string bio, AboutSettings about) =>
        ContactPattern().IsMatch(bio) || Contains(bio, about.Operator) || Contains(bio, about.Contact);

    private static bool Contains(string bio, string? contact) =>
        !string.IsNullOrEmpty(contact) && bio.Contains(contact, StringComparison.OrdinalIgnoreCase);

    private static bool HasPublicPostsWithin(TimeSpan interval, IReadOnlyList<UpcomingPost> posts)
    {
        var ofPublic = posts.Where(post => post.IsPublic);
        var times = ofPublic.Select(post => post.At).Order().ToArray();
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] - times[i - 1] < interval)
            {
                return true;
            }
        }

        return false;
    }

    private static string FormatHours(TimeSpan interval) =>
        interval.TotalHours.ToString("0.#", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"@\w|https?://", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex ContactPattern();
}

/// <summary>A post that a schedule will plan.</summary>
/// <param name="At">Its occurrence.</param>
/// <param name="Day">The date of its occurrence in the schedule's time zone.</param>
/// <param name="IsPublic">Whether it will be public.</param>
internal readonly record struct UpcomingPost(DateTimeOffset At, DateOnly Day, bool IsPublic);
