namespace Serge.Bot.Posting.Model;

/// <summary>What a schedule posts, as it is written in settings, commands and the database.</summary>
public static class ScheduleContentNames
{
    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<(string Name, ScheduleContent Content)> All { get; } =
    [
        ("quote", ScheduleContent.Quote),
        ("on-this-day", ScheduleContent.OnThisDay),
        ("on-this-day-or-quote", ScheduleContent.OnThisDayOrQuote),
    ];

    /// <summary>Its name.</summary>
    public static string GetName(ScheduleContent content) => All.First(pair => pair.Content == content).Name;

    /// <summary>The content of that name; <see langword="null"/> when there is none.</summary>
    public static ScheduleContent? Find(string name) =>
        All.Where(pair => pair.Name == name).Select(pair => (ScheduleContent?)pair.Content).FirstOrDefault();
}
