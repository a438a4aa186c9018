namespace Serge.Bot.Tests.Hosting;

/// <summary>How the home folder of the bot is found.</summary>
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
    public void TryFind_WithTheOption_IsThatFolder()
    {
        var other = Path.Combine(_folder.FullName, "bot", "..", "bot", "deep");

        Assert.Equal(
            Path.Combine(Home, "deep"),
            HomeDirectory.TryFind(other, variable: "/no/such/folder", current: Home)
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void TryFind_WithTheVariable_IsThatFolder(string? option) =>
        Assert.Equal(
            Path.Combine(Home, "deep"),
            HomeDirectory.TryFind(option, Path.Combine(Home, "deep"), current: Home)
        );

    [Theory]
    [InlineData(
        "/no/such/folder",
        null,
        "The folder /no/such/folder does not exist. Correct --home, or create the folder with serge init /no/such/folder."
    )]
    [InlineData(
        null,
        "/no/such/folder",
        "The folder /no/such/folder does not exist. Correct SERGE_HOME, or create the folder with serge init /no/such/folder."
    )]
    public void TryFind_WhenTheFolderDoesNotExist_NamesTheOptionOrVariable(
        string? option,
        string? variable,
        string message
    ) =>
        Assert.Equal(
            message,
            Assert.Throws<DirectoryNotFoundException>(() => HomeDirectory.TryFind(option, variable, Home)).Message
        );

    [Theory]
    [InlineData("")]
    [InlineData("deep")]
    [InlineData("deep/deeper")]
    public void TryFind_InAFolderBelow_IsTheNearestHome(string below) =>
        Assert.Equal(Home, HomeDirectory.TryFind(option: null, variable: null, Path.Combine(Home, below).TrimEnd('/')));

    [Theory]
    [InlineData("quotes")]
    [InlineData("appsettings.json")]
    public void TryFind_WithoutSettingsOrQuotes_IsNone(string missing)
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

        Assert.Null(HomeDirectory.TryFind(option: null, variable: "", Home));
    }

    [Fact]
    public void TryFind_TheFolderOfTheProgram_IsRefused()
    {
        var program = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

        var refused = Assert.Throws<DirectoryNotFoundException>(() =>
            HomeDirectory.TryFind(option: null, program, current: Home)
        );

        Assert.Equal(
            $"{program} belongs to the program, and an upgrade would replace your files in it. Create a home directory "
                + "elsewhere with serge init DIR, and name it with --home or SERGE_HOME.",
            refused.Message
        );
    }

    [Theory]
    [InlineData("/opt/serge", "/opt/serge/", true)]
    [InlineData("/opt/serge/quotes", "/opt/serge/", true)]
    [InlineData("/opt/serge/../serge/", "/opt/serge/", true)]
    [InlineData("/opt/serge-home", "/opt/serge/", false)]
    [InlineData("/opt", "/opt/serge/", false)]
    // A .NET tool, as dotnet tool install --tool-path /opt/serge creates it.
    [InlineData("/opt/serge/.store/serge.bot/1.0.0", "/opt/serge/.store/serge.bot/1.0.0/tools/net10.0/any/", true)]
    [InlineData("/opt/serge/.store/other/1.0.0", "/opt/serge/.store/serge.bot/1.0.0/tools/net10.0/any/", true)]
    [InlineData("/opt/serge", "/opt/serge/.store/serge.bot/1.0.0/tools/net10.0/any/", true)]
    [InlineData("/opt/serge/home", "/opt/serge/.store/serge.bot/1.0.0/tools/net10.0/any/", false)]
    public void ProgramFolder_Contains_WhatAnUpgradeReplaces(string folder, string program, bool expected) =>
        Assert.Equal(expected, ProgramFolder.Contains(folder, program));

    [Fact]
    public void ProgramFolder_ALinkToIt_IsFollowed()
    {
        var link = Path.Combine(_folder.FullName, "current");
        Directory.CreateSymbolicLink(link, Home);

        Assert.True(ProgramFolder.Contains(link, Home));
    }
}
