using System.Diagnostics.CodeAnalysis;

namespace Serge.Bot.Posting.Model;

/// <summary>Days of the week. The bits are those of <see cref="DayOfWeek"/> and of cron: Sunday
/// is the lowest.</summary>
[Flags]
[SuppressMessage("Design", "CA1008", Justification = "A schedule has at least one day.")]
[SuppressMessage("Naming", "CA1714", Justification = "It is plural.")]
public enum Weekdays
{
    Sunday = 1 << DayOfWeek.Sunday,
    Monday = 1 << DayOfWeek.Monday,
    Tuesday = 1 << DayOfWeek.Tuesday,
    Wednesday = 1 << DayOfWeek.Wednesday,
    Thursday = 1 << DayOfWeek.Thursday,
    Friday = 1 << DayOfWeek.Friday,
    Saturday = 1 << DayOfWeek.Saturday,

    /// <summary>Monday to Friday.</summary>
    WorkingDays = Monday | Tuesday | Wednesday | Thursday | Friday,

    /// <summary>Saturday and Sunday.</summary>
    Weekend = Saturday | Sunday,

    Daily = WorkingDays | Weekend,
}

/// <summary>Conversions of <see cref="Weekdays"/>.</summary>
public static class WeekdaysExtensions
{
    /// <summary>The set with one day.</summary>
    public static Weekdays ToWeekdays(this DayOfWeek day) => (Weekdays)(1 << (int)day);

    /// <summary>The days of a set, Monday first.</summary>
    public static IEnumerable<DayOfWeek> GetDays(this Weekdays days)
    {
        var week = Enumerable.Range(1, 7).Select(number => (DayOfWeek)(number % 7));
        return week.Where(day => days.HasFlag(day.ToWeekdays()));
    }

    /// <summary>The last field of a cron expression.</summary>
    public static string ToCron(this Weekdays days)
    {
        if (days == Weekdays.Daily)
        {
            return "*";
        }

        var numbers = days.GetDays().Select(day => (int)day);
        return string.Join(',', numbers);
    }
}
