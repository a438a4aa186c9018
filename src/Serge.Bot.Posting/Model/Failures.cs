namespace Serge.Bot.Posting.Model;

/// <summary>Which posts an operator should know about.</summary>
public static class Failures
{
    /// <summary>Whether a post was refused, missed, cancelled by the daily limit, is unknown and no lookup can find it,
    /// or was published twice.</summary>
    public static bool IsFailure(Post post, DateTimeOffset scheduleNow) =>
        post.State switch
        {
            PostState.Refused or PostState.Missed => true,
            PostState.Unknown => post.NeedsOperator || Transitions.IsStuck(post, scheduleNow),
            PostState.Sent => post.NeedsOperator,
            PostState.Cancelled => post.CancelCause == CancelCause.DailyLimit,
            _ => false,
        };
}
