namespace Serge.Bot.Posting.Model;

/// <summary>A lookup that has ended.</summary>
/// <param name="Result">What it found.</param>
/// <param name="Start">When it began, on the system clock.</param>
/// <param name="End">When it ended, on the system clock.</param>
public sealed record CompletedLookup(LookupResult Result, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The longest lookup that counts as prompt, with several pages and a slow server. A server that was
    /// suspended or overloaded answers later.</summary>
    public static readonly TimeSpan MaxPromptTime = TimeSpan.FromSeconds(5);

    /// <summary>How long it took; negative after the clock was set back.</summary>
    public TimeSpan Duration => End - Start;

    /// <summary>Whether the server was responsive, so that it has no request left from before.</summary>
    public bool IsPrompt => Duration >= TimeSpan.Zero && Duration <= MaxPromptTime;
}
