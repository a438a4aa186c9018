namespace Serge.Bot.Playground;

/// <summary>Finds the folder with the quote files: the bot's own, or the repository of this program.</summary>
internal static class PlaygroundHome
{
    /// <exception cref="DirectoryNotFoundException">No folder has quote files.</exception>
    public static string Find(string? option)
    {
        var home = HomeDirectory.TryFind(option);
        if (home is not null && HasQuotes(home))
        {
            return home;
        }

        if (option is null && FindRepository() is { } repository)
        {
            return repository;
        }

        throw new DirectoryNotFoundException(
            $"{home ?? "The current folder"} has no folder quotes/. Start the playground in the repository, or set the "
                + "bot's folder with --home."
        );
    }

    /// <summary>Finds the repository above the program, for a start from another folder with
    /// <c>dotnet run --project</c>.</summary>
    private static string? FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (HasQuotes(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static bool HasQuotes(string folder) => File.Exists(Path.Combine(folder, "quotes", "quotes.yaml"));
}
