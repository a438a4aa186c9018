namespace Serge.Bot.Tests.Support;

/// <summary>Files of the repository that tests compare with the program.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The text of a page in <c>docs</c>, such as <c>health.md</c>.</summary>
    public static string ReadPage(string name) => File.ReadAllText(Path.Combine(Root, "docs", name));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Serge.Bot.sln was not found.");
    }
}
