using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary>The options of <c>/schedule set</c>; one that was left out is <see langword="null"/>.</summary>
internal sealed class ScheduleRequest
{
    private readonly IReadOnlyDictionary<string, string> _options;
    private readonly Strings _strings;

    public ScheduleRequest(IReadOnlyDictionary<string, string> options, Strings strings)
    {
        _options = options;
        _strings = strings;
        Time = Read<TimeOnly>("time", TimeOfDayText.TryParse, strings.NoTime) ?? default;
        Channel = Read<ChannelId>("channel", TryParseChannel, _ => strings.NoChannel);
        Days = Read<Weekdays>("days", WeekdaysText.TryParse, strings.NoDays);
        Content = Read<ScheduleContent>("content", TryParseContent, strings.NoContent);
        Buttons = ReadSwitch("buttons");
        Picture = ReadSwitch("picture");
        Thread = ReadSwitch("thread");
        Crosspost = ReadSwitch("crosspost");
        Silent = ReadSwitch("silent") ?? false;
        if (TryRead<string>("mention", TryParseRole, _ => strings.NoRole, out var role))
        {
            Mention = role;
        }

        if (TryRead<string>("name", ScheduleName.TryParse, strings.NoScheduleName, out var name))
        {
            Name = name;
        }

        if (TryRead<string>("zone", TryParseZone, strings.NoZone, out var zone))
        {
            Zone = zone;
        }

        if (!options.ContainsKey("time"))
        {
            Problem = strings.NoTime(Replies.FormatInput("", strings));
        }
    }

    private delegate bool TryParse<T>(string text, out T value);

    public TimeOnly Time { get; }

    public ChannelId? Channel { get; }

    public Weekdays? Days { get; }

    public ScheduleContent? Content { get; }

    public string? Name { get; }

    public string? Zone { get; }

    public bool? Buttons { get; }

    public bool? Picture { get; }

    public bool? Thread { get; }

    public bool? Crosspost { get; }

    /// <summary>The id of a role.</summary>
    public string? Mention { get; }

    /// <summary>Whether an earlier mention is undone.</summary>
    public bool Silent { get; }

    /// <summary>What is wrong with the first invalid option; <see langword="null"/> if all are valid.</summary>
    public string? Problem { get; private set; }

    /// <summary>The options with the changes of this request.</summary>
    public PostOptions Apply(PostOptions options) =>
        new()
        {
            Buttons = Buttons ?? options.Buttons,
            Picture = Picture ?? options.Picture,
            Thread = Thread ?? options.Thread,
            Crosspost = Crosspost ?? options.Crosspost,
            Mention = Silent ? null : Mention ?? options.Mention,
        };

    private bool? ReadSwitch(string option) => Read<bool>(option, bool.TryParse, _strings.NoSwitch);

    private T? Read<T>(string option, TryParse<T> tryParse, Func<string, string> getProblem)
        where T : struct => TryRead(option, tryParse, getProblem, out var value) ? value : null;

    private bool TryRead<T>(string option, TryParse<T> tryParse, Func<string, string> getProblem, out T value)
    {
        value = default!;
        if (!_options.TryGetValue(option, out var typed))
        {
            return false;
        }

        var isValid = tryParse(typed, out value);
        if (!isValid)
        {
            Problem ??= getProblem(Replies.FormatInput(typed, _strings));
        }

        return isValid;
    }

    private static bool TryParseChannel(string text, out ChannelId channel)
    {
        // The database stores ids as signed numbers; Discord does not use larger ones.
        var isValid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        channel = new ChannelId((ulong)id);
        return isValid;
    }

    private static bool TryParseRole(string text, out string role)
    {
        role = text;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>Reads a name, or its text in the admin's language, which the suggestions show.</summary>
    private bool TryParseContent(string text, out ScheduleContent content)
    {
        var name = text.Trim();
        foreach (var known in ScheduleContentNames.All)
        {
            content = known.Content;
            if (Matches(known.Name) || Matches(_strings.Content(content)))
            {
                return true;
            }
        }

        content = default;
        return false;

        bool Matches(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParseZone(string text, out string zone)
    {
        var resolved = TimeZoneNames.Resolve(text);
        zone = resolved ?? "";
        return resolved is not null;
    }
}
