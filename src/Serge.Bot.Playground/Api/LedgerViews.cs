namespace Serge.Bot.Playground.Api;

/// <summary>The posts of the ledger, and the posts that a jump of the schedule clock skipped.</summary>
internal sealed record LedgerView(IReadOnlyList<PostView> Posts, IReadOnlyList<SkippedView> Skipped)
{
    private const int MaxPosts = 60;

    /// <summary>Open posts come first, then sent ones, newest first, then the others.</summary>
    public static LedgerView Create(IReadOnlyList<Post> posts)
    {
        var shown = posts
            .Where(post => !IsSkipped(post))
            .OrderByDescending(post => post.IsOpen())
            .ThenByDescending(post => post.FirstAttemptAt ?? DateTimeOffset.MinValue)
            .ThenByDescending(post => post.Occurrence)
            .Take(MaxPosts)
            .Select(PostView.Create);
        var skipped = GetSkipped(posts);
        return new LedgerView([.. shown], [.. skipped]);
    }

    private static IEnumerable<SkippedView> GetSkipped(IReadOnlyList<Post> posts)
    {
        var groups = posts
            .Where(IsSkipped)
            .GroupBy(post => (Schedule: post.Schedule.ToString(), Platform: post.Destination.Platform))
            .OrderBy(group => group.Key.Schedule, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Platform, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var (schedule, platform) = group.Key;
            yield return SkippedView.Create(schedule, platform, [.. group]);
        }
    }

    private static bool IsSkipped(Post post) => post is { State: PostState.Missed, Attempts: 0 };
}

/// <summary>What the page asks about a post.</summary>
internal static class PostExtensions
{
    /// <summary>Whether the post is planned, sending or unknown.</summary>
    public static bool IsOpen(this Post post) =>
        post.State is PostState.Planned or PostState.Sending or PostState.Unknown;
}

/// <summary>A post of the ledger.</summary>
internal sealed record PostView(
    string Key,
    string Schedule,
    DateTimeOffset Occurrence,
    string Destination,
    PostState State,
    string? Reason,
    int Attempts,
    int Lookups,
    DateTimeOffset? LeaseUntil,
    IReadOnlyList<string> Items
)
{
    public static PostView Create(Post post) =>
        new(
            post.Key,
            post.Schedule.ToString(),
            post.Occurrence,
            post.Destination.Platform,
            post.State,
            post.Reason,
            post.Attempts,
            post.Lookups,
            post.LeaseUntil,
            post.Items
        );
}

/// <summary>The skipped posts of one schedule to one platform.</summary>
internal sealed record SkippedView(
    string Schedule,
    string Destination,
    int Count,
    DateTimeOffset First,
    DateTimeOffset Last
)
{
    public static SkippedView Create(string schedule, string platform, IReadOnlyList<Post> posts)
    {
        var times = posts.Select(post => post.Occurrence).ToList();
        return new SkippedView(schedule, platform, posts.Count, times.Min(), times.Max());
    }
}

/// <summary>The next posts.</summary>
/// <param name="Known">Whether a worker is running.</param>
/// <param name="Posts">The posts.</param>
internal sealed record PlanView(bool Known, IReadOnlyList<PlannedView> Posts)
{
    private const int MaxPosts = 8;

    public static PlanView Create(IReadOnlyList<PlanEntry>? plan, QuoteCatalogue? catalogue)
    {
        var next = (plan ?? []).Take(MaxPosts);
        return new PlanView(plan is not null, [.. next.Select(entry => PlannedView.Create(entry, catalogue))]);
    }
}

/// <summary>A planned post; <c>Kind</c> is <c>quote</c> or <c>event</c>.</summary>
internal sealed record PlannedView(
    DateTimeOffset At,
    string Schedule,
    string Destination,
    string? Text,
    string? Warning,
    int? Length,
    int? Limit,
    string? Reason,
    string? Kind,
    IReadOnlyList<string> Items
)
{
    public static PlannedView Create(PlanEntry entry, QuoteCatalogue? catalogue) =>
        new(
            entry.Local.ToUniversalTime(),
            entry.Schedule,
            GetPlatform(entry),
            entry.Text,
            entry.Warning,
            entry.Length,
            entry.Limit,
            entry.Reason,
            entry.Items.Select(id => ItemLine.GetKind(id, catalogue)).FirstOrDefault(),
            entry.Items
        );

    public static string GetPlatform(PlanEntry entry) => entry.Destination == "mastodon" ? "mastodon" : "discord";
}
