namespace Serge.Bot.Hosting;

/// <summary>The folder a bot lives in: <c>appsettings.json</c>, <c>quotes/</c> and, unless set otherwise, the ledger.</summary>
internal static class HomeDirectory
{
    /// <summary>Finds it: the option, else <c>SERGE_HOME</c>, else upward from the current folder, else the executable's own.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder was named that does not exist.</exception>
    public static string Find(string? option) =>
        Find(option, Environment.GetEnvironmentVariable("SERGE_HOME"), Directory.GetCurrentDirectory());

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="option">The option <c>--home</c>.</param>
    /// <param name="variable">The value of <c>SERGE_HOME</c>.</param>
    /// <param name="current">The current folder.</param>
    internal static string Find(string? option, string? variable, string current)
    {
        foreach (var (named, by) in new[] { (option, "--home"), (variable, "SERGE_HOME") })
        {
            if (!string.IsNullOrEmpty(named))
            {
                return Directory.Exists(named)
                    ? Path.GetFullPath(named)
                    : throw new DirectoryNotFoundException($"{by} names {named}, which is no folder.");
            }
        }

        for (var folder = new DirectoryInfo(current); folder is not null; folder = folder.Parent)
        {
            if (
                File.Exists(Path.Combine(folder.FullName, "appsettings.json"))
                && Directory.Exists(Path.Combine(folder.FullName, "quotes"))
            )
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
