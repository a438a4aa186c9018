namespace Serge.Bot.Settings;

/// <summary>Checks the keys and levels in the section <c>Logging</c>, which .NET reads itself: it ignores keys that it
/// does not know, and its errors name no key.</summary>
internal static class LogLevelSettings
{
    private const string Section = "Logging";
    private const string Levels = "LogLevel";

    /// <summary>The only provider that <c>LogLines</c> registers.</summary>
    private const string Provider = "Console";

    /// <summary>The options of the provider.</summary>
    /// <remarks>Source: .NET API docs, ConsoleLoggerOptions, without what is obsolete.</remarks>
    private static readonly string[] ProviderKeys =
    [
        "FormatterName",
        "FormatterOptions",
        Levels,
        "LogToStandardErrorThreshold",
        "MaxQueueLength",
        "QueueFullMode",
    ];

    /// <summary>Checks <c>Logging:LogLevel</c> and <c>Logging:Console</c>.</summary>
    public static void Check(SettingsSection root)
    {
        root.GetSection(Section, Levels, Provider);
        root.GetSection($"{Section}:{Provider}", ProviderKeys);
        CheckLevels(root, $"{Section}:{Levels}");
        CheckLevels(root, $"{Section}:{Provider}:{Levels}");
    }

    private static void CheckLevels(SettingsSection root, string path)
    {
        foreach (var category in root.GetKeys(path))
        {
            var key = $"{path}:{category}";
            if (category.Count(static character => character == '*') > 1)
            {
                root.Report($"{key} has several asterisks. Write one at most.");
            }

            var levels = Enum.GetValues<LogLevel>().Select(static level => (level.ToString(), level));
            root.ReadChoice(key, LogLevel.Information, [.. levels]);
        }
    }
}
