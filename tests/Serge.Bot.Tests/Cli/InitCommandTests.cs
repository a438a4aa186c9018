namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge init</c>: the home directory works at once, and no file of the operator is lost.</summary>
public sealed class InitCommandTests : IDisposable
{
    private static readonly string[] AllFiles =
    [
        ".gitignore",
        "appsettings.json",
        "credentials/",
        "docker-compose.yml",
        "quotes/README.md",
        "quotes/RIGHTS.md",
        "quotes/author.yaml",
        "quotes/events.yaml",
        "quotes/quotes.yaml",
        "quotes/schema/author.schema.json",
        "quotes/schema/events.schema.json",
        "quotes/schema/quotes.schema.json",
        "quotes/schema/sources.schema.json",
        "quotes/sources.yaml",
        "serge.service",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-init-");

    private string Home => Path.Combine(_folder.FullName, "below", "home");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Init_ANewFolder_HasAllFilesAndStatesWhatIsNext()
    {
        var (exitCode, output, error) = await RunAsync("init", Home);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(AllFiles, FindAll());
        Assert.StartsWith(
            $"{Home} is a home directory now.\nWritten:\n  .gitignore\n",
            output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("not changed", output, StringComparison.Ordinal);
        Assert.All(
            [$"cd {Home}", "serge check", "serge preview", "serge plan", "credentials/Discord__Token", "serge run"],
            step =>
                Assert.Contains(
                    $"{step} ",
                    output[output.IndexOf("Next:", StringComparison.Ordinal)..],
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>The disk was full, or the machine was switched off.</summary>
    [Fact]
    public async Task Init_AfterAnInterruptedAttempt_WritesWhatIsMissing()
    {
        await RunAsync("init", Home);
        File.Delete(Path.Combine(Home, "quotes", "quotes.yaml"));
        Directory.Delete(Path.Combine(Home, "quotes", "schema"), recursive: true);

        var (exitCode, _, _) = await RunAsync("init", Home);

        Assert.Equal(0, exitCode);
        Assert.Equal(AllFiles, FindAll());
    }

    [Fact]
    public async Task Init_TheFiles_AreThoseOfTheRepository()
    {
        await RunAsync("init", Home);

        (string Home, string Source)[] same =
        [
            ("appsettings.json", "appsettings.json"),
            ("quotes/quotes.yaml", "quotes/quotes.yaml"),
            ("quotes/schema/events.schema.json", "quotes/schema/events.schema.json"),
            ("docker-compose.yml", "docs/docker-compose.yml"),
            ("serge.service", "docs/systemd/serge.service"),
        ];
        Assert.All(
            same,
            pair =>
                Assert.Equal(
                    File.ReadAllBytes(Path.Combine(Repository.Root, pair.Source)),
                    File.ReadAllBytes(Path.Combine(Home, pair.Home))
                )
        );
        var quotes = Path.Combine(Repository.Root, "quotes");
        var shipped = Directory.EnumerateFiles(quotes, "*", SearchOption.AllDirectories);
        Assert.Equal(shipped.Count(), AllFiles.Count(name => name.StartsWith("quotes/", StringComparison.Ordinal)));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Init_TheFolderOfTheCredentials_IsForTheOwnerOnly()
    {
        await RunAsync("init", Home);

        var mode = File.GetUnixFileMode(Path.Combine(Home, "credentials"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
        var ignored = await File.ReadAllLinesAsync(Path.Combine(Home, ".gitignore"), Stop);
        Assert.Contains("credentials/", ignored);
        Assert.Contains("*.db", ignored);
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData(".gitignore")]
    [InlineData("serge.service")]
    public async Task Init_AnExistingFile_IsNamedAndNotChanged(string name)
    {
        var file = Path.Combine(Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "mine", Stop);

        var (exitCode, output, _) = await RunAsync("init", Home);

        Assert.Equal(0, exitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Stop));
        Assert.Contains($"Existed before, not changed:\n  {name}\n\n", output, StringComparison.Ordinal);
        Assert.Equal(AllFiles, FindAll());
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("serge.service")]
    public async Task Init_ALinkToNothing_IsNotFollowed(string name)
    {
        var elsewhere = Path.Combine(_folder.FullName, "elsewhere");
        Directory.CreateDirectory(Home);
        File.CreateSymbolicLink(Path.Combine(Home, name), elsewhere);

        var (exitCode, output, _) = await RunAsync("init", Home);

        Assert.Equal(0, exitCode);
        Assert.False(File.Exists(elsewhere));
        Assert.Contains($"not changed:\n  {name}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_Twice_ChangesNothing()
    {
        await RunAsync("init", Home);
        var secret = Path.Combine(Home, "credentials", "Discord__Token");
        await File.WriteAllTextAsync(secret, "geheim", Stop);

        var (exitCode, output, error) = await RunAsync("init", Home);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.DoesNotContain("Written:", output, StringComparison.Ordinal);
        Assert.Contains("\n  credentials/\n", output, StringComparison.Ordinal);
        Assert.Equal("geheim", await File.ReadAllTextAsync(secret, Stop));
    }

    [Fact]
    public async Task Init_WithQuoteFilesOfAnotherAuthor_PreviewsOneOfTheirs()
    {
        using TestCatalogue other = new();

        var (_, output, _) = await RunAsync("init", "--home", other.Home);

        Assert.Contains("serge preview end-commands-means ", output, StringComparison.Ordinal);
    }

    /// <summary>Events of one author beside quotations of another would be posted as if they belonged
    /// together.</summary>
    [Theory]
    [InlineData("quotes.yaml")]
    [InlineData("author.yaml")]
    public async Task Init_WithOneQuoteFile_WritesNoneOfAnotherAuthor(string name)
    {
        var quotes = Path.Combine(Home, "quotes");
        Directory.CreateDirectory(quotes);
        await File.WriteAllTextAsync(Path.Combine(quotes, name), "mine", Stop);

        var (exitCode, output, _) = await RunAsync("init", Home);

        Assert.Equal(0, exitCode);
        Assert.Equal([name], Directory.EnumerateFileSystemEntries(quotes).Select(Path.GetFileName));
        Assert.Contains(
            "Not written, because quotes/ has quote files already:\n  quotes/",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("\n  quotes/schema/quotes.schema.json\n", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Home, "appsettings.json")));
    }

    [Fact]
    public async Task Init_WithQuoteFilesThatHaveErrors_NamesNoQuotation()
    {
        using TestCatalogue other = new();
        other.Write("quotes.yaml", "- broken");

        var (exitCode, output, _) = await RunAsync("init", other.Home);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("serge preview", output, StringComparison.Ordinal);
        Assert.Contains("serge check ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_ANameWithASpace_CanBeCopiedToAShell()
    {
        var (_, output, _) = await RunAsync("init", Path.Combine(Home, "Ada's bot"));

        Assert.Contains(@$"cd '{Home}/Ada'\''s bot' ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_AFile_IsRefused()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "mine", Stop);

        var result = await RunAsync("init", file);

        Assert.Equal((2, "", $"{file} is a file. Name a folder that is new, or that exists.\n"), result);
    }

    [Fact]
    public async Task Init_BelowAFile_StatesWhy()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "mine", Stop);

        var (exitCode, output, error) = await RunAsync("init", Path.Combine(file, "home"));

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(file, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("home")]
    public async Task Init_TheFolderOfTheProgram_IsRefused(string below)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.Combine(AppContext.BaseDirectory, below));

        var (exitCode, _, error) = await RunAsync("init", folder);

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"{folder} belongs to the program", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "serge.service")));
    }

    [Fact]
    public async Task Init_TwoFolders_IsRefused()
    {
        var (exitCode, _, error) = await RunAsync("init", Home, "--home", _folder.FullName);

        Assert.Equal((2, false), (exitCode, Directory.Exists(Home)));
        Assert.Contains("DIR and --home", error, StringComparison.Ordinal);
    }

    private IEnumerable<string> FindAll()
    {
        var files = Directory.EnumerateFiles(Home, "*", SearchOption.AllDirectories);
        var names = files.Select(file => Path.GetRelativePath(Home, file).Replace('\\', '/'));
        var credentials = Directory.EnumerateDirectories(Home, "credentials").Select(_ => "credentials/");
        return names.Concat(credentials).Order(StringComparer.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        await using StringWriter output = new() { NewLine = "\n" };
        await using StringWriter error = new() { NewLine = "\n" };
        var exitCode = await CommandLine.RunAsync(args, new CommandContext { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }
}
