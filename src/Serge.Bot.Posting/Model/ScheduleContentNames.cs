namespace Serge.Bot.Posting.Model;

/// <summary>Names of <see cref="ScheduleContent"/> in settings, commands and the database.</summary>
public static class ScheduleContentNames
{
    /// <summary>In the order in which commands offer them.</summary>
    public static IReadOnlyList<(string Name, ScheduleContent Content)> All { get; } =
    [
        ("quote", ScheduleContent.Quote),
        ("on-this-day", ScheduleContent.OnThisDay),
        ("on-this-day-or-quote", ScheduleContent.OnThisDayOrQuote),
    ];

    public static string GetName(ScheduleContent content) => All.First(pair => pair.Content == content).Name;

    /// <summary>The content with a name; <see langword="null"/> if there is none.</summary>
    public static ScheduleContent? Find(string name)
    {
        foreach (var known in All)
        {
            if (known.Name == name)
            {
                return known.Content;
            }
        }

        return null;
    }
}
