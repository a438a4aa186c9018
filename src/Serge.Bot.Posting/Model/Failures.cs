namespace Serge.Bot.Posting.Model;

/// <summary>Which posts an operator should know about.</summary>
public static class Failures
{
    /// <summary>Whether a post was refused, missed, cancelled by the daily limit, or is unknown and no
    /// longer looked up.</summary>
    public static bool IsFailure(Post post, DateTimeOffset scheduleNow) =>
        post.State switch
        {
            PostState.Refused or PostState.Missed => true,
            PostState.Unknown => Transitions.IsStuck(post, scheduleNow),
            PostState.Cancelled => post.CancelCause == CancelCause.DailyLimit,
            _ => false,
        };
}
