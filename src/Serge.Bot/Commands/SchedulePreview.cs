using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/schedule preview</c>: the next posts word for word, as many on a page as fit into a message.</summary>
internal sealed class SchedulePreview(GuildForecast forecast)
{
    private const string Button = "schedule:later:";

    private static readonly TimeSpan Ahead = TimeSpan.FromDays(100);

    /// <summary>A page.</summary>
    /// <param name="place">The server.</param>
    /// <param name="name">One of its schedules; <see langword="null"/> for all.</param>
    /// <param name="after">What earlier pages have shown.</param>
    /// <param name="words">The admin's language. The posts themselves are as they will be posted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<DiscordMessage> PageAsync(
        GuildSettings place,
        string? name,
        PreviewPosition after,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        GuildSchedule[] wanted =
        [
            .. place.Schedules.Where(schedule =>
                (name is null || schedule.Name == name) && schedule.NextDue is not null
            ),
        ];
        var coming = (await forecast.PlayAsync(place, wanted, Ahead, cancellationToken)).Where(foreseen =>
            foreseen.Occurrence >= after.Moment
            && (foreseen.Content.Payload is not null || foreseen.Occurrence == foreseen.Schedule.Skip)
        );

        List<string> entries = [];
        var shown = new PreviewPosition(after.Moment, 0);
        foreach (var foreseen in coming)
        {
            var position = shown.With(foreseen.Occurrence);
            if (position.Moment == after.Moment && position.Count <= after.Count)
            {
                shown = position;
                continue;
            }

            var entry = Entry(foreseen, wanted.First(schedule => schedule.Id == foreseen.Schedule.Id), words);
            if (entries.Count > 0 && !Replies.Fits($"{string.Join("\n\n", entries)}\n\n{entry}"))
            {
                return Page(entries, new Button(words.PreviewLater, $"{Button}{shown}:{name}"));
            }

            entries.Add(entry);
            shown = position;
        }

        return entries.Count > 0 ? Page(entries) : Page([Empty(place, name, wanted, words)]);
    }

    /// <summary>Reads what a button carries. It comes back from the member's client, so it may say anything; a name is looked up in their own server only.</summary>
    public static bool TryParse(string customId, out PreviewPosition after, out string? name)
    {
        (after, name) = (default, null);
        if (
            !customId.StartsWith(Button, StringComparison.Ordinal)
            || customId[Button.Length..].Split(':', 2) is not [var position, var rest]
            || !PreviewPosition.TryParse(position, out after)
        )
        {
            return false;
        }

        name = rest.Length == 0 ? null : rest;
        return true;
    }

    private static string Empty(GuildSettings place, string? name, GuildSchedule[] wanted, Strings words) =>
        wanted.Length == 0
        && place.Schedules.FirstOrDefault(schedule => name is null || schedule.Name == name)
            is { Paused: not null } paused
            ? words.ScheduleIsPaused(ScheduleText.Name(paused, words))
            : words.PreviewNothing(Ahead.Days);

    private static string Entry(PlannedPost foreseen, GuildSchedule schedule, Strings words)
    {
        var heading = words.PreviewHeading(
            words.When(TimeZoneInfo.ConvertTime(foreseen.Occurrence, foreseen.Schedule.TimeZone)),
            ScheduleText.Name(schedule, words),
            $"<#{schedule.Channel}>"
        );
        var entry = $"{heading}\n{foreseen.Content.Payload?.Text ?? words.PreviewSkipped}";

        // A post may fill a whole message by itself; then its end gives way to the heading, here only.
        return Replies.Fits(entry)
            ? entry
            : string.Concat(entry.EnumerateRunes().Take(DiscordRenderer.MaxLength - 1)) + "…";
    }

    private static DiscordMessage Page(IEnumerable<string> entries, params Button[] buttons) =>
        new() { Text = string.Join("\n\n", entries), Buttons = buttons };
}

/// <summary>How far the pages of a preview have come. Several posts may have the same moment, and a page may end between them.</summary>
/// <param name="Moment">The moment of the last post that was shown, to the second.</param>
/// <param name="Count">How many posts of that moment were shown.</param>
internal readonly record struct PreviewPosition(DateTimeOffset Moment, int Count)
{
    /// <summary>All posts up to a moment, those of the moment itself too.</summary>
    public static PreviewPosition Through(DateTimeOffset moment) => new(moment, int.MaxValue);

    /// <summary>The position when one more post was shown.</summary>
    public PreviewPosition With(DateTimeOffset occurrence) =>
        occurrence == Moment ? this with { Count = Count + 1 } : new(occurrence, 1);

    /// <summary>Reads what <see cref="ToString"/> wrote. Buttons of earlier versions have the moment alone.</summary>
    public static bool TryParse(string text, out PreviewPosition position)
    {
        position = default;
        var parts = text.Split('+', 2);
        var count = int.MaxValue;
        if (
            !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || (
                parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count)
            )
        )
        {
            return false;
        }

        position = new PreviewPosition(DateTimeOffset.FromUnixTimeSeconds(seconds), count);
        return true;
    }

    /// <summary>Seconds since 1970, a plus sign, and the count.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Moment.ToUnixTimeSeconds()}+{Count}");
}
