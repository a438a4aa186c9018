using System.Globalization;
using Serge.Bot.Places;
using Serge.Bot.Rendering;

namespace Serge.Bot.Commands;

/// <summary><c>/on-this-day</c>: what happened in Serge's life and times on a day of the year.</summary>
internal sealed class OnThisDayCommand(LiveCatalogue catalogue, IZones zones, Clocks clocks) : ISlashCommand
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

    public ValueTask<Reply> AnswerAsync(Interaction.Command command, Words words, CancellationToken cancellationToken)
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
                (null, { } date) => Replies.ForYou(
                    words.NoSuchDay(
                        Replies.Typed(typed, words),
                        words.Month(date.Month!.Value),
                        words.Number(date.DaysInMonth)
                    )
                ),
                _ => Replies.ForYou(words.NoDayOfYear(Replies.Typed(typed, words))),
            }
        );
    }

    public ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Completion completion,
        Words words,
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
    internal static (DateOnly? Day, TypedDate? Impossible) Read(string typed, DateOnly today)
    {
        if (NamedDays.TryGetValue(typed.Trim(), out var ahead))
        {
            return (today.AddDays(ahead), null);
        }

        var date = TypedDate.Read(typed);
        return date?.DayFrom(today) is { } day
            ? (day, null)
            : (null, date is { Day: not null, Month: not null } ? date : null);
    }

    private static DateOnly InALeapYear(DateOnly day) => new(2000, day.Month, day.Day);

    private Reply Show(DateOnly day, Words words) =>
        Replies.ForAll(EventText.Report(catalogue.Current.On(day), Markup.Discord, words, Replies.Fits));

    private DateOnly Today(Interaction interaction) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Calendar.GetUtcNow(), zones.Of(interaction)).DateTime);
}
