namespace Serge.Bot.Fuzz;

/// <summary>A temporary home folder with a copy of the repository's quote files. It is also the current folder, so that
/// files whose names come from inputs are created there.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Directory.CreateDirectory(Quotes);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository, "quotes"), "*.yaml"))
        {
            File.Copy(file, Path.Combine(Quotes, Path.GetFileName(file)));
        }

        File.WriteAllText(SettingsFile, "{}");
        Directory.SetCurrentDirectory(Home);
    }

    /// <summary>The root folder of the checkout.</summary>
    public static string Repository { get; } = FindRepository(AppContext.BaseDirectory);

    public string Home { get; } = Directory.CreateTempSubdirectory("serge-fuzz-").FullName;

    public string Quotes => Path.Combine(Home, "quotes");

    public string SettingsFile => Path.Combine(Home, "appsettings.json");

    public void Dispose()
    {
        Directory.SetCurrentDirectory(Path.GetTempPath());
        Directory.Delete(Home, recursive: true);
    }

    private static string FindRepository(string from)
    {
        var folder = new DirectoryInfo(from);
        while (!File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run it within the checkout.");
        }

        return folder.FullName;
    }
}
