namespace Serge.Bot.Platforms;

/// <summary>The time of the first attempt to send a message, with the difference of the clocks.</summary>
/// <param name="Since">On the client's clock.</param>
/// <param name="ClockOffset">See <see cref="ServerClock.GetOffset"/>; without it the clocks are taken as equal.</param>
public readonly record struct EarliestTime(DateTimeOffset Since, TimeSpan? ClockOffset)
{
    /// <summary>The date header has a resolution of one second.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Whether a message of this time may be from an attempt.</summary>
    /// <param name="time">On the server's clock.</param>
    /// <remarks>The difference of two times cannot overflow, unlike the sum of a time and an offset.</remarks>
    public bool IsReachedBy(DateTimeOffset time)
    {
        var offset = ClockOffset - Tolerance ?? TimeSpan.Zero;
        return time - Since >= offset;
    }
}
