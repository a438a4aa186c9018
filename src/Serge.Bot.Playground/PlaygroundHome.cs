namespace Serge.Bot.Playground;

/// <summary>The folder whose quote files the playground serves: the bot's own, or the one this program was built in.</summary>
internal static class PlaygroundHome
{
    /// <summary>Finds it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none, or the one that was named is not there.</exception>
    public static string Find(string? option)
    {
        var home = HomeDirectory.Find(option);
        if (HasQuotes(home))
        {
            return home;
        }

        // Started from elsewhere, such as with dotnet run --project and a path: the repository is above the program.
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            option is null && folder is not null;
            folder = folder.Parent
        )
        {
            if (HasQuotes(folder.FullName))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"{home} has no folder quotes/. Start the playground in the repository, or name the bot's folder with --home."
        );
    }

    private static bool HasQuotes(string folder) => File.Exists(Path.Combine(folder, "quotes", "quotes.yaml"));
}
