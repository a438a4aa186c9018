namespace Serge.Bot.Delivery;

/// <summary>Which posts a person should know of.</summary>
internal static class Failures
{
    /// <summary>What the reason of a post begins with that was called off by a cap.</summary>
    public const string CapMark = "Flood guard: ";

    /// <summary>Whether a post came to a bad end: refused, missed, of unknown fate and no longer looked for, or called off by a cap on posts a day.</summary>
    public static bool Is(Post post, DateTimeOffset calendarNow) => post.State switch
    {
        PostState.Refused or PostState.Missed => true,
        PostState.Unknown => Transitions.IsStuck(post, calendarNow),
        PostState.Cancelled => post.Reason?.StartsWith(CapMark, StringComparison.Ordinal) == true,
        _ => false,
    };
}
