using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/schedule preview</c>: the exact text of the next posts, in pages of one message.</summary>
internal sealed class SchedulePreview(GuildForecast forecast)
{
    private const string ButtonPrefix = "schedule:later:";

    private static readonly TimeSpan Period = TimeSpan.FromDays(100);

    /// <param name="guild">The server.</param>
    /// <param name="name">One of its schedules; <see langword="null"/> for all.</param>
    /// <param name="after">The end of the previous page.</param>
    /// <param name="strings">The admin's language. The posts keep theirs.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<DiscordMessage> CreatePageAsync(
        GuildSettings guild,
        string? name,
        PreviewPosition after,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var active = guild.Schedules.Where(schedule => schedule.NextDue is not null);
        var wanted = active.Where(schedule => name is null || schedule.Name == name).ToArray();
        var posts = await forecast.PlayAsync(guild, wanted, Period, cancellationToken);
        List<string> entries = [];
        PreviewPosition position = new(after.Moment, 0);
        foreach (var post in posts.Where(post => post.Occurrence >= after.Moment && IsShown(post)))
        {
            var next = position.Advance(post.Occurrence);
            if (next.Moment != after.Moment || next.Count > after.Count)
            {
                var schedule = wanted.First(schedule => schedule.Id == post.Schedule.Id);
                var entry = FormatEntry(post, schedule, strings);
                var text = JoinEntries([.. entries, entry]);
                if (entries.Count > 0 && !DiscordMessage.Fits(text))
                {
                    Button later = new(strings.PreviewLater, $"{ButtonPrefix}{position}:{name}");
                    return CreateMessage(entries, later);
                }

                entries.Add(entry);
            }

            position = next;
        }

        if (entries.Count == 0)
        {
            entries.Add(FormatEmpty(guild, name, wanted, strings));
        }

        return CreateMessage(entries);
    }

    /// <summary>Reads the custom id of a button. A client can send any custom id; a name is only looked up in its
    /// server.</summary>
    public static bool TryParseButton(string customId, out PreviewPosition after, out string? name)
    {
        after = default;
        name = null;
        if (
            !customId.StartsWith(ButtonPrefix, StringComparison.Ordinal)
            || customId[ButtonPrefix.Length..].Split(':', 2) is not [var position, var rest]
            || !PreviewPosition.TryParse(position, out after)
        )
        {
            return false;
        }

        name = rest.Length == 0 ? null : rest;
        return true;
    }

    private static bool IsShown(PlannedPost post) =>
        post.Content.Payload is not null || post.Occurrence == post.Schedule.Skip;

    private string FormatEmpty(GuildSettings guild, string? name, GuildSchedule[] wanted, Strings strings)
    {
        var first = guild.Schedules.FirstOrDefault(schedule => name is null || schedule.Name == name);
        if (wanted.Length > 0 || first is not { Paused: { } cause })
        {
            return strings.PreviewNothing(Period.Days);
        }

        if (cause == PauseCause.Admin)
        {
            return strings.ScheduleIsPaused(ScheduleText.FormatName(first, strings));
        }

        ScheduleText text = new(guild, forecast.DefaultZone, strings);
        return text.FormatState(first);
    }

    private static string FormatEntry(PlannedPost post, GuildSchedule schedule, Strings strings)
    {
        var local = TimeZoneInfo.ConvertTime(post.Occurrence, post.Schedule.TimeZone);
        var name = ScheduleText.FormatName(schedule, strings);
        var heading = strings.PreviewHeading(strings.When(local), name, $"<#{schedule.Channel}>");
        var text = post.Content.Payload?.Text ?? strings.PreviewSkipped;
        var entry = $"{heading}\n{text}";
        if (DiscordMessage.Fits(entry))
        {
            return entry;
        }

        // The post fills a whole message: the preview cuts its end to have room for the heading.
        var cut = entry.EnumerateRunes().Take(DiscordMessage.MaxTextLength - 1);
        return string.Concat(cut) + "…";
    }

    private static DiscordMessage CreateMessage(IEnumerable<string> entries, params Button[] buttons) =>
        new() { Text = JoinEntries(entries), Buttons = buttons };

    private static string JoinEntries(IEnumerable<string> entries) => string.Join("\n\n", entries);
}

/// <summary>The end of a page of a preview. Several posts can have the same moment, and a page can end between
/// them.</summary>
/// <param name="Moment">The moment of the last post on the page, in seconds.</param>
/// <param name="Count">The number of posts of that moment that were shown.</param>
internal readonly record struct PreviewPosition(DateTimeOffset Moment, int Count)
{
    private const char Separator = '+';

    /// <summary>The position after all posts up to and including a moment.</summary>
    public static PreviewPosition AfterAll(DateTimeOffset moment) => new(moment, int.MaxValue);

    /// <summary>The position after one more post.</summary>
    public PreviewPosition Advance(DateTimeOffset occurrence)
    {
        if (occurrence == Moment)
        {
            return this with { Count = Count + 1 };
        }

        return new(occurrence, 1);
    }

    /// <summary>Reads the format of <see cref="ToString"/>. Buttons of earlier versions contain only the
    /// moment.</summary>
    public static bool TryParse(string text, out PreviewPosition position)
    {
        position = default;
        var parts = text.Split(Separator, 2);
        if (
            !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        )
        {
            return false;
        }

        var count = int.MaxValue;
        if (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            return false;
        }

        position = new PreviewPosition(DateTimeOffset.FromUnixTimeSeconds(seconds), count);
        return true;
    }

    /// <summary>Seconds since 1970, a plus sign, and the count.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Moment.ToUnixTimeSeconds()}{Separator}{Count}");
}
