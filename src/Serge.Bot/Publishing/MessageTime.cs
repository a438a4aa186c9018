namespace Serge.Bot.Publishing;

/// <summary>Compares times of the platforms with ours.</summary>
internal static class MessageTime
{
    /// <summary>The clock of a server may be this much behind ours.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    /// <summary>An older message cannot be this post.</summary>
    public static DateTimeOffset GetEarliest(Post post)
    {
        var firstAttempt = post.FirstAttemptAt ?? DateTimeOffset.UnixEpoch;
        return firstAttempt - ClockDifference;
    }
}
