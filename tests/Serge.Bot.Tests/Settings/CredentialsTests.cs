namespace Serge.Bot.Tests.Settings;

/// <summary>Secrets in files of one folder, as systemd and container runtimes provide them.</summary>
public sealed class CredentialsTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-credentials-");

    /// <summary>The folder that the variable names.</summary>
    private string Folder => Path.Combine(_home.FullName, "secrets");

    /// <summary>The folder that is read without the variable.</summary>
    private string DefaultFolder => Path.Combine(_home.FullName, "credentials");

    public void Dispose() => _home.Delete(recursive: true);

    [Theory]
    [InlineData("geheim")]
    [InlineData("geheim\n")]
    [InlineData("geheim\r\n")]
    [InlineData("\uFEFFgeheim\n")]
    public void Read_AFileWithTheNameOfASetting_IsItsValueWithoutTheLineEnd(string content)
    {
        Write("Discord__Token", content);

        Assert.Equal("geheim", Read().Discord!.Token.Reveal());
    }

    [Fact]
    public void Read_AFile_HasPrecedenceOverAppSettings()
    {
        Write("Mastodon__AccessToken", "from-the-file");
        Write("Mastodon__Address", "https://m.example");

        Assert.Equal(
            "from-the-file",
            Read("""{ "Mastodon": { "Address": "https://other.example", "AccessToken": "from-appsettings" } }""")
                .Mastodon!.AccessToken.Reveal()
        );
    }

    [Fact]
    public void Read_FoldersAndNamesThatBeginWithADot_AreIgnored()
    {
        Write("Discord__Token", "geheim");
        Write(".version", "1");
        Directory.CreateDirectory(Path.Combine(Folder, "..2026_11_23"));

        Assert.NotNull(Read().Discord);
    }

    [Theory]
    [InlineData("Discrod__Token", "geheim", "CREDENTIALS_DIRECTORY", "Discrod", "Did you mean Discord?")]
    [InlineData("Discord__Tokn", "geheim", "Discord has \"Tokn\"", "Did you mean Token?")]
    [InlineData("Discord__Token", "", "Discord__Token", "empty")]
    [InlineData("Discord__Token", "\n", "Discord__Token", "empty")]
    public void Read_AnError_NamesTheFileAndTheFix(string name, string content, params string[] words)
    {
        Write(name, content);

        AssertProblem(words);
    }

    [Fact]
    public void Read_AFileTooLongForASecret_IsRejectedWithoutReadingIt()
    {
        Write("Discord__Token", new string('g', 20_000));

        AssertProblem("Discord__Token", "20000 bytes");
    }

    [Fact]
    public void Read_AFileOfTheMaximumLength_IsAccepted()
    {
        Write("Discord__Token", new string('g', 16 * 1024));

        Assert.Equal(16 * 1024, Read().Discord!.Token.Reveal().Length);

        Write("Discord__Token", new string('g', (16 * 1024) + 1));
        AssertProblem("Discord__Token", "16385 bytes", "at most 16384 are allowed");
    }

    [Fact]
    public void Read_SeveralErrors_AreReportedInTheOrderOfTheFiles()
    {
        Write("b__Token", "geheim");
        Write("Mastodon__AccessToken", "");
        Write("Discord__Token", "\n");
        Write("b__Other", "geheim");

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
    public void Read_ASettingOfSeveralParts_IsAccepted(string name, string content)
    {
        Write(name, content);
        Write("Mastodon__Address", "https://m.example");
        Write("Mastodon__AccessToken", "geheim");

        Assert.Equal([content], Read().Mastodon!.Tags);
    }

    [Fact]
    public void Read_WhenTheFolderDoesNotExist_NamesTheVariable() =>
        AssertProblem("CREDENTIALS_DIRECTORY names", Folder);

    [Fact]
    public void Read_AFileThatCannotBeRead_NamesTheFileAndTheUnitSetting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a file that not even root may read.");
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(Path.Combine(Folder, "Discord__Token"), "/proc/self/mem");

        AssertProblem("The credential Discord__Token cannot be read", "LoadCredential=");
    }

    [Fact]
    public void Read_WithoutTheVariable_ReadsTheFolderOfTheHome()
    {
        Write("Discord__Token", "geheim", DefaultFolder);

        Assert.Equal("geheim", Read(variable: "").Discord!.Token.Reveal());
    }

    [Fact]
    public void Read_WithTheVariable_IgnoresTheFolderOfTheHome()
    {
        Write("Discord__Token", "other", DefaultFolder);
        Write("Discord__Token", "geheim");

        Assert.Equal("geheim", Read().Discord!.Token.Reveal());
    }

    [Fact]
    public void Read_AnUnknownSettingInTheFolderOfTheHome_NamesTheFolder()
    {
        Write("Diskord__Token", "geheim", DefaultFolder);

        var problem = Assert.Single(Assert.Throws<SettingsException>(() => Read(variable: "")).Problems);
        Assert.StartsWith(
            $"{DefaultFolder} has \"Diskord\", which is not a setting. Did you mean Discord?",
            problem,
            StringComparison.Ordinal
        );
    }

    private void Write(string name, string content) => Write(name, content, Folder);

    private static void Write(string name, string content, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), content);
    }

    private BotSettings Read(string json = "{}", string? variable = null)
    {
        File.WriteAllText(Path.Combine(_home.FullName, "appsettings.json"), json);
        Dictionary<string, string?> overrides = new() { [Credentials.Variable] = variable ?? Folder };
        return SettingsReader.Read(_home.FullName, overrides).Settings;
    }

    private void AssertProblem(params string[] words)
    {
        var problem = Assert.Single(Assert.Throws<SettingsException>(() => Read()).Problems);
        Assert.All(words, word => Assert.Contains(word, problem, StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", problem, StringComparison.Ordinal);
    }
}
