namespace Serge.Bot.Hosting;

/// <summary>The folder with <c>appsettings.json</c>, <c>quotes/</c> and, unless set otherwise, the ledger.</summary>
internal static class HomeDirectory
{
    /// <summary>Finds it: the option <c>--home</c>, else <c>SERGE_HOME</c>, else the current folder or one above it,
    /// else the folder of the executable.</summary>
    /// <exception cref="DirectoryNotFoundException">The option or variable names a folder that
    /// does not exist.</exception>
    public static string Find(string? option) =>
        Find(option, Environment.GetEnvironmentVariable("SERGE_HOME"), Directory.GetCurrentDirectory());

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="option">The option <c>--home</c>.</param>
    /// <param name="variable">The value of <c>SERGE_HOME</c>.</param>
    /// <param name="current">The current folder.</param>
    internal static string Find(string? option, string? variable, string current)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return GetExisting(option, "--home");
        }

        if (!string.IsNullOrEmpty(variable))
        {
            return GetExisting(variable, "SERGE_HOME");
        }

        for (var folder = new DirectoryInfo(current); folder is not null; folder = folder.Parent)
        {
            if (IsHome(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }

    private static string GetExisting(string folder, string source)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder {folder} does not exist. Correct {source}.");
        }

        return Path.GetFullPath(folder);
    }

    private static bool IsHome(string folder) =>
        File.Exists(Path.Combine(folder, "appsettings.json")) && Directory.Exists(Path.Combine(folder, "quotes"));
}
