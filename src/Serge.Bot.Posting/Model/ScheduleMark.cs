namespace Serge.Bot.Posting.Model;

/// <summary>When a schedule is due next.</summary>
/// <param name="Timing">The schedule's <see cref="Schedule.Timing"/>; if it has changed, the mark is invalid.</param>
/// <param name="NextDue">On the schedule clock; <see langword="null"/> if there is no further occurrence.</param>
public sealed record ScheduleMark(string Timing, DateTimeOffset? NextDue);
