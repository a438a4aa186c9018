namespace Serge.Bot.Settings;

/// <summary>Checks the levels in the section <c>Logging</c>, which .NET reads itself and whose errors name no
/// key.</summary>
internal static class LogLevelSettings
{
    private const string Section = "Logging";
    private const string Levels = "LogLevel";

    /// <summary>Checks <c>Logging:LogLevel</c> and the levels of each provider, such as
    /// <c>Logging:Console:LogLevel</c>.</summary>
    public static void Check(SettingsSection root)
    {
        foreach (var name in root.GetKeys(Section))
        {
            if (string.Equals(name, Levels, StringComparison.OrdinalIgnoreCase))
            {
                CheckLevels(root, $"{Section}:{name}");
            }
            else
            {
                CheckLevels(root, $"{Section}:{name}:{Levels}");
            }
        }
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
