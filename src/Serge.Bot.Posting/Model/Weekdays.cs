using System.Diagnostics.CodeAnalysis;

namespace Serge.Bot.Posting.Model;

/// <summary>Days of the week. The bits are those of <see cref="DayOfWeek"/> and of cron: Sunday is the lowest.</summary>
[Flags]
[SuppressMessage("Design", "CA1008", Justification = "A schedule has at least one day.")]
[SuppressMessage("Naming", "CA1714", Justification = "It is plural.")]
public enum Weekdays
{
    /// <summary>Sunday.</summary>
    Sunday = 1 << DayOfWeek.Sunday,

    /// <summary>Monday.</summary>
    Monday = 1 << DayOfWeek.Monday,

    /// <summary>Tuesday.</summary>
    Tuesday = 1 << DayOfWeek.Tuesday,

    /// <summary>Wednesday.</summary>
    Wednesday = 1 << DayOfWeek.Wednesday,

    /// <summary>Thursday.</summary>
    Thursday = 1 << DayOfWeek.Thursday,

    /// <summary>Friday.</summary>
    Friday = 1 << DayOfWeek.Friday,

    /// <summary>Saturday.</summary>
    Saturday = 1 << DayOfWeek.Saturday,

    /// <summary>Monday to Friday.</summary>
    WorkingDays = Monday | Tuesday | Wednesday | Thursday | Friday,

    /// <summary>Saturday and Sunday.</summary>
    Weekend = Saturday | Sunday,

    /// <summary>Every day.</summary>
    Daily = WorkingDays | Weekend,
}

/// <summary>Days of the week, one by one.</summary>
public static class WeekdaysExtensions
{
    /// <summary>The set that holds one day.</summary>
    public static Weekdays ToWeekdays(this DayOfWeek day) => (Weekdays)(1 << (int)day);

    /// <summary>Its days, Monday first.</summary>
    public static IEnumerable<DayOfWeek> Each(this Weekdays days) =>
        Enumerable.Range(1, 7).Select(n => (DayOfWeek)(n % 7)).Where(day => days.HasFlag(day.ToWeekdays()));

    /// <summary>As the last field of a cron expression.</summary>
    public static string ToCron(this Weekdays days) =>
        days == Weekdays.Daily ? "*" : string.Join(',', days.Each().Select(day => (int)day));
}
