namespace Serge.Bot.Tests.Settings;

/// <summary>Secrets as files of one folder, as systemd and containers hand them over.</summary>
public sealed class CredentialsTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-credentials-");

    private string Folder => Path.Combine(_home.FullName, "credentials");

    public void Dispose() => _home.Delete(recursive: true);

    [Theory]
    [InlineData("geheim")]
    [InlineData("geheim\n")]
    [InlineData("geheim\r\n")]
    [InlineData("\uFEFFgeheim\n")]
    public void Read_AFileNamedLikeASetting_IsItsValueWithoutTheLineEnd(string content)
    {
        Put("Discord__Token", content);

        Assert.Equal("geheim", Read().Discord!.Token.Reveal());
    }

    [Fact]
    public void Read_AFile_GoesBeforeAppSettings()
    {
        Put("Mastodon__AccessToken", "from the file");
        Put("Mastodon__Address", "https://m.example");

        Assert.Equal(
            "from the file",
            Read("""{ "Mastodon": { "Address": "https://other.example", "AccessToken": "from appsettings" } }""")
                .Mastodon!.AccessToken.Reveal()
        );
    }

    [Fact]
    public void Read_NamesThatBeginWithADotAndFolders_AreTheMountsOwn()
    {
        Put("Discord__Token", "geheim");
        Put(".version", "1");
        Directory.CreateDirectory(Path.Combine(Folder, "..2026_11_23"));

        Assert.NotNull(Read().Discord);
    }

    [Theory]
    [InlineData("Discrod__Token", "geheim", "CREDENTIALS_DIRECTORY", "Discrod", "Did you mean Discord?")]
    [InlineData("Discord__Tokn", "geheim", "Discord has \"Tokn\"", "Did you mean Token?")]
    [InlineData("Discord__Token", "", "Discord__Token", "empty")]
    [InlineData("Discord__Token", "\n", "Discord__Token", "empty")]
    public void Read_AMistake_NamesTheFileAndWhatToDo(string name, string content, params string[] words)
    {
        Put(name, content);

        AssertSays(words);
    }

    [Fact]
    public void Read_AFileFarTooLongForASecret_IsRefusedUnread()
    {
        Put("Discord__Token", new string('g', 20_000));

        AssertSays("Discord__Token", "20000 bytes");
    }

    [Fact]
    public void Read_AFileOfTheGreatestLength_IsTaken()
    {
        Put("Discord__Token", new string('g', 16 * 1024));

        Assert.Equal(16 * 1024, Read().Discord!.Token.Reveal().Length);

        Put("Discord__Token", new string('g', (16 * 1024) + 1));
        AssertSays("Discord__Token", "16385 bytes", "at most 16384 are allowed");
    }

    [Fact]
    public void Read_SeveralMistakes_AreReportedInTheOrderOfTheFiles()
    {
        Put("b__Token", "geheim");
        Put("Mastodon__AccessToken", "");
        Put("Discord__Token", "\n");
        Put("b__Other", "geheim");

        var problems = Assert.Throws<SettingsException>(() => Read()).Problems;

        Assert.Equal(
            [
                "The credential Discord__Token is an empty file.",
                "The credential Mastodon__AccessToken is an empty file.",
                "CREDENTIALS_DIRECTORY = ",
            ],
            problems.Zip((int[])[47, 54, 24]).Select(pair => pair.First[..pair.Second])
        );
        Assert.Contains("has \"b\", which is not a setting.", problems[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mastodon__Tags__0", "Books")]
    [InlineData("MASTODON__TAGS__0", "Books")]
    public void Read_ASettingOfSeveralParts_IsTaken(string name, string content)
    {
        Put(name, content);
        Put("Mastodon__Address", "https://m.example");
        Put("Mastodon__AccessToken", "geheim");

        Assert.Equal([content], Read().Mastodon!.Tags);
    }

    [Fact]
    public void Read_AFolderThatIsNotThere_SaysWhoNamedIt() => AssertSays("CREDENTIALS_DIRECTORY names", Folder);

    [Fact]
    public void Read_AFileThatCannotBeRead_SaysWhichAndWhose()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a file that not even root may read.");
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(Path.Combine(Folder, "Discord__Token"), "/proc/self/mem");

        AssertSays("The credential Discord__Token cannot be read", "LoadCredential=");
    }

    private void Put(string name, string content)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, name), content);
    }

    private BotSettings Read(string json = "{}")
    {
        File.WriteAllText(Path.Combine(_home.FullName, "appsettings.json"), json);
        return SettingsReader
            .Read(_home.FullName, new Dictionary<string, string?> { [Credentials.Variable] = Folder })
            .Settings;
    }

    private void AssertSays(params string[] words)
    {
        var problem = Assert.Single(Assert.Throws<SettingsException>(() => Read()).Problems);
        Assert.All(words, word => Assert.Contains(word, problem, StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", problem, StringComparison.Ordinal);
    }
}
