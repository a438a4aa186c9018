namespace Serge.Bot.Posting.Scheduling;

/// <summary>What a destination has got and is to get, as far as the next post depends on it.</summary>
public sealed class DestinationHistory
{
    /// <summary>How far around a moment other posts matter: the longest wait between two public ones, and more than any local day.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(7);

    /// <summary>No two moments of one local day are further apart: days have 25 hours when the clocks go back.</summary>
    private static readonly TimeSpan LongestDay = TimeSpan.FromHours(26);

    private readonly List<string> _used;
    private readonly SortedSet<(DateTimeOffset At, int Order)> _posts = [];
    private readonly SortedSet<(DateTimeOffset At, int Order)> _public = [];

    /// <summary>Takes it from what the ledger knows.</summary>
    /// <param name="used">The ids of what it got before, oldest first.</param>
    /// <param name="posts">Its posts around the time in question.</param>
    public DestinationHistory(IEnumerable<string> used, IEnumerable<Post> posts)
    {
        _used = [.. used];
        // A word to an operator or to a server's admins is no post for readers.
        foreach (
            var post in posts.Where(post =>
                post.State is PostState.Planned or PostState.Sending or PostState.Sent or PostState.Unknown
                && post.Schedule != Alert.ScheduleName
                && !GuildPauses.IsNotice(post)
            )
        )
        {
            Count(post.Occurrence, post.Payload);
        }
    }

    /// <summary>The ids of what it got before, oldest first.</summary>
    public IReadOnlyList<string> Used => _used;

    /// <summary>Reads what the ledger knows that matters between two moments.</summary>
    public static async Task<DestinationHistory> ReadAsync(
        ILedger ledger,
        Destination destination,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        // Visibility is Mastodon's alone; on Discord only the day counts, and there may be thousands of channels.
        var reach = destination.Channel is null ? Reach : LongestDay;
        return new DestinationHistory(
            await ledger.GetUsedItemsAsync(destination, cancellationToken),
            await ledger.GetPostsAsync(destination, from - reach, until + reach, cancellationToken)
        );
    }

    /// <summary>How many posts it has on the day that this schedule has at this moment.</summary>
    public int CountPostsOnDay(Schedule schedule, DateTimeOffset moment)
    {
        var day = schedule.GetLocalDate(moment);
        return Around(_posts, moment, LongestDay).Count(post => schedule.GetLocalDate(post.At) == day);
    }

    /// <summary>Whether it has a public post less than so long before or after a moment.</summary>
    public bool HasPublicPostWithin(TimeSpan span, DateTimeOffset moment) =>
        Around(_public, moment, span).Any(post => (post.At - moment).Duration() < span);

    /// <summary>Takes note of a post that was planned just now.</summary>
    public void Add(DateTimeOffset at, PlannedContent content)
    {
        _used.AddRange(content.Items);
        if (content.Payload is { } payload)
        {
            Count(at, payload);
        }
    }

    private static SortedSet<(DateTimeOffset At, int Order)> Around(
        SortedSet<(DateTimeOffset At, int Order)> set,
        DateTimeOffset moment,
        TimeSpan span
    ) => set.GetViewBetween((moment - span, 0), (moment + span, int.MaxValue));

    private void Count(DateTimeOffset at, Payload? payload)
    {
        _posts.Add((at, _posts.Count));
        if (payload is { Visibility: MastodonVisibility.Public })
        {
            _public.Add((at, _posts.Count));
        }
    }
}
