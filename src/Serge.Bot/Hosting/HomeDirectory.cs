namespace Serge.Bot.Hosting;

/// <summary>The folder with <c>appsettings.json</c>, <c>quotes/</c> and, unless set otherwise, the ledger.</summary>
internal static class HomeDirectory
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "SERGE_HOME";

    /// <summary>Finds it: the option <c>--home</c>, else <c>SERGE_HOME</c>, else the current folder or one above
    /// it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none, or the named one does not exist or is the folder of
    /// the program.</exception>
    public static string Find(string? option) =>
        TryFind(option)
        ?? throw new DirectoryNotFoundException(
            $"There is no home directory here: neither {Directory.GetCurrentDirectory()} nor a folder above it has "
                + "appsettings.json and quotes/. Create one with serge init DIR, or name one "
                + $"with --home or {Variable}."
        );

    /// <summary>Finds it in the same way.</summary>
    /// <returns><see langword="null"/> if none is named, and none is here or above.</returns>
    /// <exception cref="DirectoryNotFoundException">The home does not exist or is the folder of the
    /// program.</exception>
    public static string? TryFind(string? option) =>
        TryFind(option, Environment.GetEnvironmentVariable(Variable), Directory.GetCurrentDirectory());

    /// <inheritdoc cref="TryFind(string)"/>
    /// <param name="option">The option <c>--home</c>.</param>
    /// <param name="variable">The value of <c>SERGE_HOME</c>.</param>
    /// <param name="current">The current folder.</param>
    internal static string? TryFind(string? option, string? variable, string current)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return GetExisting(option, "--home");
        }

        if (!string.IsNullOrEmpty(variable))
        {
            return GetExisting(variable, Variable);
        }

        for (var folder = new DirectoryInfo(current); folder is not null; folder = folder.Parent)
        {
            if (IsHome(folder.FullName))
            {
                return CheckIsNotProgram(folder.FullName);
            }
        }

        return null;
    }

    /// <summary>Returns the folder if it can be a home.</summary>
    /// <exception cref="DirectoryNotFoundException">It is the folder of the program.</exception>
    public static string CheckIsNotProgram(string folder)
    {
        if (ProgramFolder.Contains(folder))
        {
            throw new DirectoryNotFoundException(
                $"{folder} belongs to the program, and an upgrade would replace your files in it. Create a home "
                    + $"directory elsewhere with serge init DIR, and name it with --home or {Variable}."
            );
        }

        return folder;
    }

    /// <summary>The folder of the quote files in a home directory.</summary>
    public static string GetQuotes(string home) => Path.Combine(home, "quotes");

    private static string GetExisting(string folder, string source)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"The folder {folder} does not exist. Correct {source}, or create the folder with serge init {folder}."
            );
        }

        return CheckIsNotProgram(Path.GetFullPath(folder));
    }

    private static bool IsHome(string folder)
    {
        var settings = Path.Combine(folder, "appsettings.json");
        return File.Exists(settings) && Directory.Exists(GetQuotes(folder));
    }
}
