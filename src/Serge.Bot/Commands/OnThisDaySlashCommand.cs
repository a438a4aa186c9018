using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/on-this-day</c>: what happened in Serge's life and times on a day of the year.</summary>
internal sealed class OnThisDaySlashCommand(LiveCatalogue catalogue, ITimeZoneProvider zones, Clocks clocks)
    : ISlashCommand
{
    /// <summary>Days by name, seen from today; in both languages, folded.</summary>
    private static readonly Dictionary<string, int> NamedDays = new(StringComparer.OrdinalIgnoreCase)
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
        CommandText.Command(
            "on-this-day",
            CommandText.Option("on-this-day date") with
            {
                Completes = true,
                MaxLength = 40,
            }
        );

    public ValueTask<Reply> HandleAsync(Interaction.Command command, Strings words, CancellationToken cancellationToken)
    {
        var today = Today(command);
        if (command.Options.GetValueOrDefault("date") is not { } typed)
        {
            return new(Show(today, words));
        }

        return new(
            Read(typed, today) switch
            {
                ({ } day, _) => Show(day, words),
                (null, { } date) => Replies.Ephemeral(
                    words.NoSuchDay(
                        Replies.Typed(typed, words),
                        words.Month(date.Month!.Value),
                        words.Number(date.DaysInMonth)
                    )
                ),
                _ => Replies.Ephemeral(words.NoDayOfYear(Replies.Typed(typed, words))),
            }
        );
    }

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Completion completion,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        // What is a day already comes first, with the days after it; else the days whose names hold what is typed; from that day, or from today, round the year.
        var today = Today(completion);
        var (from, typed) = Read(completion.Typed, today) is ({ } day, _)
            ? (day, "")
            : (today, completion.Typed.Trim());
        var days = catalogue
            .Current.Events.Where(e => e.Date.IsDayExact)
            .Select(e => InALeapYear(e.Date.Day!.Value))
            .Distinct()
            .OrderBy(one => one < InALeapYear(from))
            .ThenBy(one => one)
            .Select(words.DayOfYear)
            .Where(one =>
                words.Culture.CompareInfo.IndexOf(one, typed, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace)
                >= 0
            );
        return new(Replies.Suggestions(days.Select(one => new Choice(one, one))));
    }

    /// <summary>Reads a day of the year as people type it.</summary>
    /// <returns>The day; or what looks like a day but does not exist; or neither.</returns>
    internal static (DateOnly? Day, DateInput? Impossible) Read(string typed, DateOnly today)
    {
        if (NamedDays.TryGetValue(typed.Trim(), out var ahead))
        {
            return (today.AddDays(ahead), null);
        }

        var date = DateInput.Read(typed);
        return date?.DayFrom(today) is { } day
            ? (day, null)
            : (null, date is { Day: not null, Month: not null } ? date : null);
    }

    private static DateOnly InALeapYear(DateOnly day) => new(2000, day.Month, day.Day);

    private Reply Show(DateOnly day, Strings words) =>
        Replies.Public(EventFormatter.Report(catalogue.Current.On(day), Markup.Discord, words, Replies.Fits));

    private DateOnly Today(Interaction interaction) =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(clocks.Schedule.GetUtcNow(), zones.GetTimeZone(interaction)).DateTime
        );
}
