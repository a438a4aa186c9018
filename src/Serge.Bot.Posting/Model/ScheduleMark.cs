namespace Serge.Bot.Posting.Model;

/// <summary>When a schedule is due next.</summary>
/// <param name="Timing">The schedule's <see cref="Schedule.Timing"/>; if it has changed, the mark is invalid. What
/// plans posts in another way stores there how far it has read.</param>
/// <param name="NextDue">On the schedule clock; <see langword="null"/> if there is no further occurrence.</param>
public sealed record ScheduleMark(string Timing, DateTimeOffset? NextDue);
