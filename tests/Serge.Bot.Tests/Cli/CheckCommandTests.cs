using System.Text.Json;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge check</c> for people, scripts and workflows.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private const string Invalid =
        "- id: broken\n  text: \"A word: or, 100 % of two.\"\n  via: cunninghan\n  topics: [power]\n";

    private readonly TestCatalogue _catalogue = new();

    /// <summary>The warnings do not depend on the fonts of this machine.</summary>
    public CheckCommandTests() =>
        File.WriteAllText(Path.Combine(_catalogue.Home, "appsettings.json"), """{ "Cards": { "Font": "none" } }""");

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Check_ValidFiles_PrintsTheirNumbersAndNoProblems()
    {
        var (exitCode, output, _) = await RunAsync("check");
        Assert.Equal((0, "3 quotations, 3 events, 2 sources: no problems.\n"), (exitCode, output));
    }

    [Fact]
    public async Task Check_AsText_IsALinePerProblemWithLocationAndFix()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + Invalid);
        var (exitCode, output, _) = await RunAsync("check");
        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"{Path.Combine(_catalogue.Folder, "quotes.yaml")}:17:8: error: There is no source 'cunninghan'. Did you mean cunningham? Correct it, or add an entry with this id to sources.yaml.\n"
                + "1 error: the bot would not start with these files.\n",
            output
        );
    }

    [Fact]
    public async Task Check_AsJson_HasEveryField()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + Invalid);
        var (exitCode, output, _) = await RunAsync("check", "--format", "json");
        using var json = JsonDocument.Parse(output);
        var problem = Assert.Single(json.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal(1, exitCode);
        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.False(json.RootElement.TryGetProperty("quotes", out _));
        Assert.Equal(
            (1, 0),
            (json.RootElement.GetProperty("errors").GetInt32(), json.RootElement.GetProperty("warnings").GetInt32())
        );
        Assert.Equal(
            [
                "severity=error",
                $"file={Path.Combine(_catalogue.Folder, "quotes.yaml")}",
                "line=17",
                "column=8",
                "message=There is no source 'cunninghan'.",
                "fix=Did you mean cunningham? Correct it, or add an entry with this id to sources.yaml.",
            ],
            problem.EnumerateObject().Select(field => $"{field.Name}={field.Value}")
        );
    }

    [Fact]
    public async Task Check_ValidFilesAsJson_HasTheirNumbers()
    {
        using var json = JsonDocument.Parse((await RunAsync("check", "--format", "json")).Output);
        Assert.True(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(3, json.RootElement.GetProperty("quotes").GetInt32());
        Assert.Empty(json.RootElement.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public void ToGitHub_AnyProblem_IsAnAnnotationWithEscapedCharacters()
    {
        CheckReport report = new(
            null,
            [
                new(
                    new("/work/copy/quotes/quotes.yaml", 17, 8),
                    ProblemSeverity.Error,
                    "It is 100 % wrong: a, b.",
                    "Write: a, 100 %."
                ),
                new(
                    new("/work/copy/quotes/events.yaml", 2, 9),
                    ProblemSeverity.Warning,
                    "Two\nlines.",
                    "Write\r\none."
                ),
            ]
        );
        Assert.Equal(
            [
                "::error file=quotes/quotes.yaml,line=17,col=8,title=It is 100 %25 wrong%3A a%2C b.::Write: a, 100 %25.",
                "::warning file=quotes/events.yaml,line=2,col=9,title=Two%0Alines.::Write%0D%0Aone.",
                "1 error: the bot would not start with these files.",
            ],
            report.ToGitHub("/work/copy").Split('\n')
        );
    }

    [Fact]
    public async Task Check_ForGitHub_FailsIfThereIsAnError()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + Invalid);
        var (exitCode, output, _) = await RunAsync("check", "--format", "github");
        Assert.Equal(1, exitCode);
        Assert.Matches(
            "^::error file=.*quotes\\.yaml,line=17,col=8,title=There is no source 'cunninghan'\\.::Did you mean cunningham\\?",
            output
        );
    }

    [Fact]
    public async Task Check_InAnUnknownFormat_NamesTheFormats()
    {
        var (exitCode, output, error) = await RunAsync("check", "--format", "xml");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("github", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ATextTooLongForMastodon_IsAWarning()
    {
        _catalogue.Write(
            "quotes.yaml",
            $"{TestCatalogue.Quotes}- id: long\n  text: {string.Join(' ', Enumerable.Repeat("word", 200))}.\n  via: cunningham\n  topics: [power]\n"
        );
        var (exitCode, output, _) = await RunAsync("check");
        Assert.Equal(0, exitCode);
        Assert.Matches(
            @"quotes\.yaml:15:3: warning: long is too long for a Mastodon server with the default limit of 500 characters: \d+ characters of 500\.",
            output
        );
        Assert.DoesNotContain("for Discord", output, StringComparison.Ordinal);
        Assert.EndsWith("4 quotations, 3 events, 2 sources: 1 warning.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WithInvalidSettings_ChecksTheFiles()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_catalogue.Home, "appsettings.json"),
            """{ "Discord": { "Tokne": "x" } }""",
            TestContext.Current.CancellationToken
        );
        var (exitCode, output, error) = await RunAsync("check");
        Assert.Equal((0, "3 quotations, 3 events, 2 sources: no problems.\n"), (exitCode, output));
        Assert.Contains(
            "The settings have errors, so lengths were not compared with the platforms' limits.",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("Tokne", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WithoutTheFolder_NamesTheFilesThatItShouldContain()
    {
        Directory.Delete(_catalogue.Folder, recursive: true);
        var (exitCode, output, _) = await RunAsync("check");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "The folder does not exist. Create it with quotes.yaml, events.yaml, sources.yaml, author.yaml.",
            output,
            StringComparison.Ordinal
        );
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        CommandContext context = new() { Output = output, Error = error };
        var exitCode = await CommandLine.RunAsync([.. args, "--home", _catalogue.Home], context);
        return (exitCode, output.ToString(), error.ToString());
    }
}
