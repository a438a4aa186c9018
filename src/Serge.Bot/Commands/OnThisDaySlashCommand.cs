using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/on-this-day</c>: the events of a day of the year.</summary>
internal sealed class OnThisDaySlashCommand(LiveCatalogue catalogue, ITimeZoneProvider zones, Clocks clocks)
    : ISlashCommand
{
    /// <summary>Days from today, in both languages.</summary>
    private static readonly Dictionary<string, int> RelativeDays = new(StringComparer.OrdinalIgnoreCase)
    {
        ["today"] = 0,
        ["tomorrow"] = 1,
        ["yesterday"] = -1,
        ["aujourd’hui"] = 0,
        ["aujourd'hui"] = 0,
        ["demain"] = 1,
        ["hier"] = -1,
    };

    public CommandDefinition Definition { get; } =
        CommandText.CreateCommandOf(
            catalogue.Current.Author,
            "on-this-day",
            CommandText.CreateCompletedOption("on-this-day date", maxLength: 40)
        );

    public ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var today = LocalDay.GetToday(clocks, zones.GetTimeZone(command));
        var typed = command.Options.GetValueOrDefault("date");
        if (typed is null)
        {
            return new(CreateReport(today, today, strings));
        }

        var (day, impossible) = ParseDay(typed, today);
        if (day is not null)
        {
            return new(CreateReport(day.Value, today, strings));
        }

        var problem = DescribeProblem(typed, impossible, strings);
        return new(Replies.Ephemeral(problem));
    }

    private static string DescribeProblem(string typed, DateInput? impossible, Strings strings)
    {
        var shown = Replies.FormatInput(typed, strings);
        if (DateInput.FindAmbiguity(typed) is var (dayFirst, monthFirst))
        {
            var one = strings.DayOfYear(dayFirst);
            var other = strings.DayOfYear(monthFirst);
            return strings.AmbiguousDay(shown, one, other);
        }

        if (impossible is null)
        {
            return strings.NoDayOfYear(shown);
        }

        var month = strings.Month(impossible.Month!.Value);
        var days = strings.Number(impossible.DaysInMonth);
        return strings.NoSuchDay(shown, month, days);
    }

    /// <summary>Suggests days with events: from a complete typed day on, or those whose name contains what is
    /// typed.</summary>
    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Autocomplete completion,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var today = LocalDay.GetToday(clocks, zones.GetTimeZone(completion));
        var (day, _) = ParseDay(completion.Input, today);
        var start = ToLeapYear(day ?? today);
        var part = "";
        if (day is null)
        {
            part = completion.Input.Trim();
        }

        var compare = strings.Culture.CompareInfo;
        var names = catalogue
            .Current.Events.Where(e => e.Date.IsDayExact)
            .Select(e => ToLeapYear(e.Date.Day!.Value))
            .Distinct()
            .OrderBy(one => one < start)
            .ThenBy(one => one)
            .Select(strings.DayOfYear)
            .Where(name => compare.IndexOf(name, part, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
        var choices = names.Select(name => new Choice(name, name));
        return new(Replies.LimitChoices(choices));
    }

    /// <summary>Reads a day of the year.</summary>
    /// <returns>The day; or a date that does not exist; or neither.</returns>
    internal static (DateOnly? Day, DateInput? Impossible) ParseDay(string typed, DateOnly today)
    {
        if (RelativeDays.TryGetValue(typed.Trim(), out var days))
        {
            return (today.AddDays(days), null);
        }

        var date = DateInput.Parse(typed);
        if (date?.ToDay(today) is { } day)
        {
            return (day, null);
        }

        if (date is { Day: not null, Month: not null })
        {
            return (null, date);
        }

        return (null, null);
    }

    private static DateOnly ToLeapYear(DateOnly day) => new(2000, day.Month, day.Day);

    private Reply CreateReport(DateOnly day, DateOnly today, Strings strings)
    {
        var events = catalogue.Current.GetOnThisDay(day);
        var text = EventFormatter.FormatReport(events, today, Markup.Discord, strings, DiscordMessage.Fits);
        return Replies.Public(text);
    }
}
