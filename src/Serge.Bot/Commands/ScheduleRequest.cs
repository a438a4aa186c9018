using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary>The options of <c>/schedule set</c>; one that was left out is <see langword="null"/>.</summary>
internal sealed class ScheduleRequest
{
    private ScheduleRequest() { }

    public TimeOnly Time { get; private set; }

    public ChannelId? Channel { get; private set; }

    public Weekdays? Days { get; private set; }

    public ScheduleContent? Content { get; private set; }

    public string? Name { get; private set; }

    public string? Zone { get; private set; }

    /// <param name="options">As typed.</param>
    /// <param name="strings">The admin's language.</param>
    /// <param name="problem">What is wrong with the first invalid option.</param>
    /// <returns><see langword="null"/> if an option is invalid.</returns>
    public static ScheduleRequest? Parse(
        IReadOnlyDictionary<string, string> options,
        Strings strings,
        out string? problem
    )
    {
        ScheduleRequest request = new();
        problem =
            request.ParseTime(options.GetValueOrDefault("time"), strings)
            ?? request.ParseChannel(options.GetValueOrDefault("channel"), strings)
            ?? request.ParseDays(options.GetValueOrDefault("days"), strings)
            ?? request.ParseContent(options.GetValueOrDefault("content"), strings)
            ?? request.ParseName(options.GetValueOrDefault("name"), strings)
            ?? request.ParseZone(options.GetValueOrDefault("zone"), strings);
        return problem is null ? request : null;
    }

    private string? ParseTime(string? typed, Strings strings)
    {
        if (typed is null || !TimeOfDayText.TryParse(typed, out var time))
        {
            return strings.NoTime(Replies.FormatInput(typed ?? "", strings));
        }

        Time = time;
        return null;
    }

    private string? ParseChannel(string? typed, Strings strings)
    {
        if (typed is null)
        {
            return null;
        }

        // The database stores ids as signed numbers; Discord does not use larger ones.
        if (!long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return strings.NoChannel;
        }

        Channel = new ChannelId((ulong)id);
        return null;
    }

    private string? ParseDays(string? typed, Strings strings)
    {
        if (typed is null)
        {
            return null;
        }

        if (!WeekdaysText.TryParse(typed, out var days))
        {
            return strings.NoDays(Replies.FormatInput(typed, strings));
        }

        Days = days;
        return null;
    }

    private string? ParseContent(string? typed, Strings strings)
    {
        if (typed is null)
        {
            return null;
        }

        // The name, or its text in the admin's language, which the suggestions show.
        var name = typed.Trim();
        foreach (var known in ScheduleContentNames.All)
        {
            if (
                string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(strings.Content(known.Content), name, StringComparison.OrdinalIgnoreCase)
            )
            {
                Content = known.Content;
                return null;
            }
        }

        return strings.NoContent(Replies.FormatInput(typed, strings));
    }

    private string? ParseName(string? typed, Strings strings)
    {
        if (typed is null)
        {
            return null;
        }

        if (!ScheduleName.TryParse(typed, out var name))
        {
            return strings.NoScheduleName(Replies.FormatInput(typed, strings));
        }

        Name = name;
        return null;
    }

    private string? ParseZone(string? typed, Strings strings)
    {
        if (typed is null)
        {
            return null;
        }

        Zone = TimeZoneNames.Resolve(typed);
        return Zone is null ? strings.NoZone(Replies.FormatInput(typed, strings)) : null;
    }
}
