namespace Serge.Bot.Tests;

/// <summary>Which folder is the bot's.</summary>
public sealed class HomeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-home-");

    private string Bot => Path.Combine(_folder.FullName, "bot");

    public HomeTests()
    {
        Directory.CreateDirectory(Path.Combine(Bot, "quotes"));
        Directory.CreateDirectory(Path.Combine(Bot, "deep", "deeper"));
        File.WriteAllText(Path.Combine(Bot, "appsettings.json"), "{}");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Find_WithTheOption_IsThatFolder()
    {
        var other = Path.Combine(_folder.FullName, "bot", "..", "bot", "deep");

        Assert.Equal(Path.Combine(Bot, "deep"), HomeDirectory.Find(other, variable: "/no/such/folder", current: Bot));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Find_WithTheVariable_IsThatFolder(string? option) =>
        Assert.Equal(Path.Combine(Bot, "deep"), HomeDirectory.Find(option, Path.Combine(Bot, "deep"), current: Bot));

    [Theory]
    [InlineData("/no/such/folder", null, "--home names /no/such/folder, which is no folder.")]
    [InlineData(null, "/no/such/folder", "SERGE_HOME names /no/such/folder, which is no folder.")]
    public void Find_AFolderThatDoesNotExist_SaysWhoNamedIt(string? option, string? variable, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<DirectoryNotFoundException>(() => HomeDirectory.Find(option, variable, Bot)).Message
        );

    [Theory]
    [InlineData("")]
    [InlineData("deep")]
    [InlineData("deep/deeper")]
    public void Find_BelowABotsFolder_IsThatFolder(string below) =>
        Assert.Equal(Bot, HomeDirectory.Find(option: null, variable: null, Path.Combine(Bot, below).TrimEnd('/')));

    [Theory]
    [InlineData("quotes")]
    [InlineData("appsettings.json")]
    public void Find_WhereAFolderLacksOneOfTheTwo_IsTheProgramsOwn(string missing)
    {
        var path = Path.Combine(Bot, missing);
        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }
        else
        {
            File.Delete(path);
        }

        Assert.Equal(AppContext.BaseDirectory, HomeDirectory.Find(option: null, variable: "", Bot));
    }
}
