namespace Serge.Bot.Posting.Targets;

/// <summary>The posts of a destination, as far as the next post depends on them.</summary>
public sealed class DestinationHistory
{
    /// <summary>Two moments of one local day are never further apart: a day has 25 h when summer time ends,
    /// and 26 h in Antarctica/Troll.</summary>
    public static readonly TimeSpan LongestDay = TimeSpan.FromHours(26);

    private readonly List<IReadOnlyList<string>> _used;

    // Order distinguishes posts of the same moment, which a set would otherwise hold once.
    private readonly SortedSet<(DateTimeOffset At, int Order)> _posts = [];
    private readonly SortedSet<(DateTimeOffset At, int Order)> _public = [];

    /// <param name="used">The ids of each post before, oldest first.</param>
    /// <param name="posts">The posts around the time in question.</param>
    public DestinationHistory(IEnumerable<IReadOnlyList<string>> used, IEnumerable<Post> posts)
    {
        _used = [.. used];
        foreach (var post in posts.Where(IsContent))
        {
            Remember(post.Occurrence, post.Payload);
        }
    }

    /// <summary>The ids of each post before, oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Used => _used;

    /// <summary>Reads what matters for posts from one moment until another.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<DestinationHistory> ReadAsync(
        ILedger ledger,
        IPublishTarget target,
        Destination destination,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var used = await ledger.GetUsedItemsAsync(destination, cancellationToken);
        var start = from - target.HistoryWindow;
        var end = until + target.HistoryWindow;
        var posts = await ledger.GetPostsAsync(destination, start, end, cancellationToken);
        return new DestinationHistory(used, posts);
    }

    /// <summary>The number of posts on the local day of a moment, in the schedule's time zone.</summary>
    public int CountPostsOnDay(Schedule schedule, DateTimeOffset moment)
    {
        var day = schedule.GetLocalDate(moment);
        return Around(_posts, moment, LongestDay).Count(post => schedule.GetLocalDate(post.At) == day);
    }

    /// <summary>Whether there is a public post less than an interval before or after a moment.</summary>
    public bool HasPublicPostWithin(TimeSpan interval, DateTimeOffset moment) =>
        Around(_public, moment, interval).Any(post => (post.At - moment).Duration() < interval);

    /// <summary>Adds a post that was just planned.</summary>
    public void Add(DateTimeOffset occurrence, PlannedContent content)
    {
        _used.Add(content.Items);
        if (content.Payload is { } payload)
        {
            Remember(occurrence, payload);
        }
    }

    private static bool IsContent(Post post)
    {
        if (post.Kind is not (PostKind.Scheduled or PostKind.Manual))
        {
            return false;
        }

        return post.State is PostState.Planned or PostState.Sending or PostState.Sent or PostState.Unknown;
    }

    private static SortedSet<(DateTimeOffset At, int Order)> Around(
        SortedSet<(DateTimeOffset At, int Order)> posts,
        DateTimeOffset moment,
        TimeSpan interval
    ) => posts.GetViewBetween((moment - interval, 0), (moment + interval, int.MaxValue));

    private void Remember(DateTimeOffset at, Payload? payload)
    {
        _posts.Add((at, _posts.Count));
        if (payload is { Visibility: PostVisibility.Public })
        {
            _public.Add((at, _posts.Count));
        }
    }
}
