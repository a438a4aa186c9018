using System.Globalization;
using Serge.Bot.Places;
using Serge.Bot.Rendering;

namespace Serge.Bot.Commands;

/// <summary><c>/on-this-day</c>: what happened in Serge's life and times on a day of the year.</summary>
internal sealed class OnThisDayCommand(LiveCatalogue catalogue, IZones zones, Clocks clocks) : ISlashCommand
{
    public CommandDefinition Definition { get; } = CommandText.Command(
        "on-this-day",
        CommandText.Option("on-this-day date") with { Completes = true, MaxLength = 40 });

    public ValueTask<Reply> AnswerAsync(Interaction.Command command, Words words, CancellationToken cancellationToken)
    {
        var day = Today(command);
        if (command.Options.TryGetValue("date", out var typed) && !DayOfYear.TryParse(typed, day.Year, out day))
        {
            return new(Replies.ForYou(words.NoDayOfYear(Replies.Typed(typed, words))));
        }

        return new(Replies.ForAll(EventText.Report(catalogue.Current.On(day), Markup.Discord, words, Replies.Fits)));
    }

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(Interaction.Completion completion, Words words, CancellationToken cancellationToken)
    {
        var today = Today(completion);
        var from = DayOfYear.TryParse(completion.Typed, today.Year, out var typed) ? typed : today;
        var days = Enumerable.Range(0, 366).Select(from.AddDays).Where(day => catalogue.Current.On(day).Events.Count > 0).Select(words.DayOfYear).Distinct(StringComparer.Ordinal);
        return new([.. days.Where(day => from != today || day.Contains(completion.Typed.Trim(), StringComparison.OrdinalIgnoreCase)).Take(25).Select(day => new Choice(day, day))]);
    }

    private DateOnly Today(Interaction interaction) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Calendar.GetUtcNow(), zones.Of(interaction)).DateTime);
}

/// <summary>A day of the year as people write it.</summary>
internal static class DayOfYear
{
    private static readonly string[] Formats =
        ["d MMMM", "d MMM", "MMMM d", "MMM d", "MM-dd", "M-d", "d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMM d yyyy", "yyyy-MM-dd"];

    /// <summary>Reads <c>1 February</c>, <c>Feb 1</c>, <c>02-01</c> (month first) and the like; a year, if there is one, is that of the day asked for.</summary>
    public static bool TryParse(string text, int year, out DateOnly day)
    {
        day = default;
        foreach (var format in Formats)
        {
            // A day without a year is read in a leap year, so that 29 February can be asked for in any.
            var withYear = format.Contains("yyyy", StringComparison.Ordinal);
            if (DateOnly.TryParseExact(withYear ? text : $"2000 {text.Trim()}", withYear ? format : $"yyyy {format}", CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out day))
            {
                day = withYear ? day : new DateOnly(YearWith(day, year), day.Month, day.Day);
                return true;
            }
        }

        return false;
    }

    private static int YearWith(DateOnly day, int year)
    {
        while (day is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year))
        {
            year--;
        }

        return year;
    }
}
