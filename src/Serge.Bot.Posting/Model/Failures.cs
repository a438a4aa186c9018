namespace Serge.Bot.Posting.Model;

/// <summary>Which posts an operator should know about.</summary>
public static class Failures
{
    /// <summary>Whether a post was refused, missed, cancelled by the daily limit, is unknown and no lookup can find it,
    /// or was published twice; also after one of the two copies was retracted, until the other one is dismissed. An
    /// occurrence that a clock that was ahead has missed is planned again when it is due.</summary>
    public static bool IsFailure(Post post, DateTimeOffset scheduleNow) =>
        post.State switch
        {
            PostState.Refused => true,
            PostState.Missed => post.Attempts > 0 || post.Occurrence <= scheduleNow,
            PostState.Unknown => post.NeedsOperator || Transitions.IsStuck(post, scheduleNow),
            PostState.Sent or PostState.Retracted => post.NeedsOperator,
            PostState.Cancelled => post.CancelCause == CancelCause.DailyLimit,
            _ => false,
        };
}
