namespace Serge.Bot.Benchmarks.Support;

/// <summary>A home directory for a measurement, with the quote files of the repository, empty settings and a new
/// ledger.</summary>
internal sealed class BenchmarkHome : IDisposable
{
    private BenchmarkHome(string path) => Path = path;

    public string Path { get; }

    /// <summary>The ledger's file, if the settings name no other.</summary>
    public string Ledger => System.IO.Path.Combine(Path, "serge.db");

    public static BenchmarkHome Create()
    {
        var home = Directory.CreateTempSubdirectory("serge-benchmark-").FullName;
        File.WriteAllText(System.IO.Path.Combine(home, "appsettings.json"), "{}");
        var quotes = System.IO.Path.Combine(FindRepository(), "quotes");
        Directory.CreateSymbolicLink(System.IO.Path.Combine(home, "quotes"), quotes);
        return new BenchmarkHome(home);
    }

    /// <summary>The root of the repository that contains this program.</summary>
    /// <exception cref="DirectoryNotFoundException">The program was copied elsewhere.</exception>
    public static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("This program runs inside the repository only.");
        }

        return folder.FullName;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
