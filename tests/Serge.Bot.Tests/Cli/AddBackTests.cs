namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge add</c>: returning to earlier questions, and choosing among many answers.</summary>
public sealed class AddBackTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Add_BackFromTheSecondQuestion_AsksTheFirstAgain()
    {
        var output = await AddAsync(
            "A typo.",
            "<",
            "The course is set on hope.",
            "",
            "cunningham",
            "",
            "power",
            "",
            "",
            "",
            "",
            "",
            "y"
        );

        Assert.Contains("[A typo.] (- removes this answer)\ntext: ", output, StringComparison.Ordinal);
        var added = GetAdded();
        Assert.Equal(
            """
            - id: the-course-is-set
              text: "The course is set on hope."
              via: cunningham
              topics: [power]

            """,
            added
        );
    }

    [Fact]
    public async Task Add_BackOverAQuestionThatWasNotAsked_GoesToTheOneBeforeIt()
    {
        // Without a work the command does not ask for the speaker.
        var output = await AddAsync(
            "The course is set on hope.",
            "",
            "cunningham",
            "",
            "<",
            "memoirs",
            "",
            "power",
            "",
            "",
            "",
            "",
            "",
            "y"
        );

        Assert.Equal(2, CountOf("\nwork: ", output));
        Assert.Contains(
            "  work: memoirs\n  via: cunningham\n  topics: [power]\n",
            GetAdded(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Add_BackToAnAnswerThatDecidesAboutALaterQuestion_ForgetsTheLaterAnswer()
    {
        var output = await AddAsync(
            "The course is set on hope.",
            "",
            "cunningham",
            "memoirs",
            "Jean Rière",
            "<",
            "<",
            "-",
            "power",
            "",
            "",
            "",
            "",
            "",
            "y"
        );

        Assert.Equal(2, CountOf("\nspeaker: ", output));
        Assert.DoesNotContain("speaker", GetAdded(), StringComparison.Ordinal);
        Assert.DoesNotContain("work", GetAdded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_BackFromTheConfirmation_KeepsAnswersWithEnter()
    {
        var output = await AddAsync(
            "The course is set on hope.",
            "",
            "cunningham",
            "",
            "power",
            "1919",
            "y",
            "On the last page.",
            "",
            "",
            "<",
            "<",
            "<",
            "On the first page.",
            "",
            "",
            "y"
        );

        Assert.Contains("[On the last page.] (- removes this answer)\ncontext: ", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "  written: 1919\n  joined: true\n  context: On the first page.\n",
            GetAdded(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Add_BackAndForth_KeepsEveryTypedAnswer()
    {
        await AddAsync(
            "The course is set on hope.",
            "my-own-id",
            "cunningham",
            "memoirs",
            "Jean Rière",
            "power",
            "<",
            "<",
            "<",
            "<",
            "<",
            "<",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "y"
        );

        Assert.Equal(
            """
            - id: my-own-id
              text: "The course is set on hope."
              work: memoirs
              via: cunningham
              speaker: Jean Rière
              topics: [power]

            """,
            GetAdded()
        );
    }

    [Fact]
    public async Task Add_BackFromTheFirstQuestion_AsksItAgain()
    {
        _home.Typed = "<\n";

        var result = await _home.RunAsync("add", "event");

        Assert.Equal(2, CountOf("\ndate: ", result.Output));
        Assert.Contains("This is the first question.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?memoirs OF", "  memoirs: Memoirs of a Revolutionary\n")]
    [InlineData("? rév", "  memoirs: Memoirs of a Revolutionary\n")]
    [InlineData("?zzz", "No possible answer contains “zzz”. ? lists all.\n")]
    public async Task Add_AQuestionMarkAndAPart_ListsTheChoicesWithIt(string typed, string listed)
    {
        _home.Typed = $"The course is set on hope.\n\ncunningham\n{typed}\n";

        var result = await _home.RunAsync("add", "quote");

        Assert.Contains($"\nwork: {listed}work: ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memo", "  memoirs: Memoirs of a Revolutionary\n")]
    [InlineData("zzz", "")]
    public async Task Add_APartOfAChoice_IsRejectedWithTheChoicesThatContainIt(string typed, string listed)
    {
        _home.Typed = $"The course is set on hope.\n\ncunningham\n{typed}\n";

        var result = await _home.RunAsync("add", "quote");

        Assert.Matches($"work: Invalid: There is no source '{typed}'[^\n]*\n{listed}work: ", result.Output);
    }

    [Fact]
    public void Format_MoreThanTwenty_StatesHowToFilter()
    {
        var choices = Enumerable.Range(10, 25).Select(n => $"{n}-source");

        var lines = ChoiceList.Format(choices, "").Split('\n');

        Assert.Equal(21, lines.Length);
        Assert.Equal("  And 5 more. ? and a part of the name lists fewer, such as ?34-.", lines[^1]);
    }

    private static int CountOf(string part, string text) => text.Split(part).Length - 1;

    private async Task<string> AddAsync(params string[] lines)
    {
        _home.Typed = string.Join('\n', lines);
        var result = await _home.RunAsync("add", "quote");
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    /// <summary>The text that was added to the file.</summary>
    private string GetAdded()
    {
        var text = File.ReadAllText(Path.Combine(_home.Quotes, "quotes.yaml"));
        Assert.StartsWith(TestCatalogue.Quotes, text, StringComparison.Ordinal);
        return text[TestCatalogue.Quotes.Length..].TrimStart('\n');
    }
}
