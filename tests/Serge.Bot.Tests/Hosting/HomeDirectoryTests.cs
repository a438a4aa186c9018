namespace Serge.Bot.Tests.Hosting;

/// <summary>How the folder of the bot is found.</summary>
public sealed class HomeDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-home-");

    private string Home => Path.Combine(_folder.FullName, "bot");

    public HomeDirectoryTests()
    {
        Directory.CreateDirectory(Path.Combine(Home, "quotes"));
        Directory.CreateDirectory(Path.Combine(Home, "deep", "deeper"));
        File.WriteAllText(Path.Combine(Home, "appsettings.json"), "{}");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Find_WithTheOption_IsThatFolder()
    {
        var other = Path.Combine(_folder.FullName, "bot", "..", "bot", "deep");

        Assert.Equal(Path.Combine(Home, "deep"), HomeDirectory.Find(other, variable: "/no/such/folder", current: Home));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Find_WithTheVariable_IsThatFolder(string? option) =>
        Assert.Equal(Path.Combine(Home, "deep"), HomeDirectory.Find(option, Path.Combine(Home, "deep"), current: Home));

    [Theory]
    [InlineData("/no/such/folder", null, "The folder /no/such/folder does not exist. Correct --home.")]
    [InlineData(null, "/no/such/folder", "The folder /no/such/folder does not exist. Correct SERGE_HOME.")]
    public void Find_WhenTheFolderDoesNotExist_NamesTheOptionOrVariable(
        string? option,
        string? variable,
        string message
    ) =>
        Assert.Equal(
            message,
            Assert.Throws<DirectoryNotFoundException>(() => HomeDirectory.Find(option, variable, Home)).Message
        );

    [Theory]
    [InlineData("")]
    [InlineData("deep")]
    [InlineData("deep/deeper")]
    public void Find_InAFolderBelow_IsTheNearestHome(string below) =>
        Assert.Equal(Home, HomeDirectory.Find(option: null, variable: null, Path.Combine(Home, below).TrimEnd('/')));

    [Theory]
    [InlineData("quotes")]
    [InlineData("appsettings.json")]
    public void Find_WithoutSettingsOrQuotes_IsTheFolderOfTheExecutable(string missing)
    {
        var path = Path.Combine(Home, missing);
        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }
        else
        {
            File.Delete(path);
        }

        Assert.Equal(AppContext.BaseDirectory, HomeDirectory.Find(option: null, variable: "", Home));
    }
}
