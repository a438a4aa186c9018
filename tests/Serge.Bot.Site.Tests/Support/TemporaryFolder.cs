namespace Serge.Bot.Site.Tests.Support;

/// <summary>An empty folder that is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-site-");

    public string Path => _folder.FullName;

    public string Combine(string path) => System.IO.Path.Combine(Path, path);

    public void Dispose() => _folder.Delete(recursive: true);
}
