using System.Text.Json;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge check</c>, as somebody at a terminal, a script or a workflow meets it.</summary>
public sealed class CheckVerbTests : IDisposable
{
    private const string Broken =
        "- id: broken\n  text: \"A word: or, 100 % of two.\"\n  via: cunninghan\n  topics: [power]\n";

    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Check_GoodFiles_SaysWhatThereIsAndThatAllIsWell()
    {
        var (ended, said, _) = await RunAsync("check");
        Assert.Equal((0, "3 quotations, 3 events, 2 sources: all is well.\n"), (ended, said));
    }

    [Fact]
    public async Task Check_AsText_IsALineForEachProblemWithPlaceAndRemedy()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + Broken);
        var (ended, said, _) = await RunAsync("check");
        Assert.Equal(1, ended);
        Assert.Equal(
            $"{Path.Combine(_catalogue.Folder, "quotes.yaml")}:17:8: error: There is no source 'cunninghan'. Did you mean cunningham? Otherwise add an entry with this id to sources.yaml.\n"
                + "1 error: the bot would not start with these files.\n",
            said
        );
    }

    [Fact]
    public async Task Check_AsJson_HasTheSameForPrograms()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + Broken);
        var (ended, said, _) = await RunAsync("check", "--format", "json");
        using var json = JsonDocument.Parse(said);
        var problem = Assert.Single(json.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal(1, ended);
        Assert.False(json.RootElement.GetProperty("servable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("quotes").ValueKind);
        Assert.Equal(
            (1, 0),
            (json.RootElement.GetProperty("errors").GetInt32(), json.RootElement.GetProperty("warnings").GetInt32())
        );
        Assert.Equal(
            [
                "error",
                Path.Combine(_catalogue.Folder, "quotes.yaml"),
                "17",
                "8",
                "There is no source 'cunninghan'.",
                "Did you mean cunningham? Otherwise add an entry with this id to sources.yaml.",
            ],
            problem.EnumerateObject().Select(field => field.Value.ToString())
        );
    }

    [Fact]
    public async Task Check_AsJsonOfGoodFiles_CountsThem()
    {
        using var json = JsonDocument.Parse((await RunAsync("check", "--format", "json")).Said);
        Assert.True(json.RootElement.GetProperty("servable").GetBoolean());
        Assert.Equal(3, json.RootElement.GetProperty("quotes").GetInt32());
        Assert.Empty(json.RootElement.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public void ToGitHub_AnyProblem_IsAnAnnotationWithItsSignsEscaped()
    {
        CheckReport report = new(
            null,
            [
                new(
                    new("/work/copy/quotes/quotes.yaml", 17, 8),
                    Severity.Error,
                    "It is 100 % wrong: a, b.",
                    "Write: a, 100 %."
                ),
                new(new("/work/copy/quotes/events.yaml", 2, 9), Severity.Warning, "Two\nlines.", "Write\r\none."),
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
    public async Task Check_ForGitHub_EndsWithOneWhenThereIsAnError()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + Broken);
        var (ended, said, _) = await RunAsync("check", "--format", "github");
        Assert.Equal(1, ended);
        Assert.Matches(
            "^::error file=.*quotes\\.yaml,line=17,col=8,title=There is no source 'cunninghan'\\.::Did you mean cunningham\\?",
            said
        );
    }

    [Fact]
    public async Task Check_AFormatThatIsNone_NamesThose()
    {
        var (ended, said, complained) = await RunAsync("check", "--format", "xml");
        Assert.NotEqual(0, ended);
        Assert.Contains("github", said + complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ATextThatFitsDiscordOnly_WarnsAndEndsWithZero()
    {
        _catalogue.Write(
            "quotes.yaml",
            $"{TestCatalogue.Quotes}- id: long\n  text: {string.Join(' ', Enumerable.Repeat("word", 200))}.\n  via: cunningham\n  topics: [power]\n"
        );
        var (ended, said, _) = await RunAsync("check");
        Assert.Equal(0, ended);
        Assert.Matches(
            @"quotes\.yaml:15:3: warning: long is too long for a Mastodon server with the usual limit of 500 characters: \d+ characters of 500\.",
            said
        );
        Assert.DoesNotContain("for Discord", said, StringComparison.Ordinal);
        Assert.EndsWith("4 quotations, 3 events, 2 sources: 1 warning.\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WithSettingsThatAreWrong_StillChecksTheFiles()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_catalogue.Home, "appsettings.json"),
            """{ "Discord": { "Tokne": "x" } }""",
            TestContext.Current.CancellationToken
        );
        var (ended, said, complained) = await RunAsync("check");
        Assert.Equal((0, "3 quotations, 3 events, 2 sources: all is well.\n"), (ended, said));
        Assert.Contains("The settings have mistakes, so nothing was measured", complained, StringComparison.Ordinal);
        Assert.Contains("Tokne", complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AFolderWithoutQuotes_SaysWhatItShouldHold()
    {
        Directory.Delete(_catalogue.Folder, recursive: true);
        var (ended, said, _) = await RunAsync("check");
        Assert.Equal(1, ended);
        Assert.Contains(
            "There is no such folder. It should hold quotes.yaml, events.yaml, sources.yaml.",
            said,
            StringComparison.Ordinal
        );
    }

    private async Task<(int Ended, string Said, string Complained)> RunAsync(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        var ended = await CommandLine.RunAsync(
            [.. args, "--home", _catalogue.Home],
            Clocks.Real,
            output,
            error,
            person: null,
            terminal: null
        );
        return (ended, output.ToString(), error.ToString());
    }
}
