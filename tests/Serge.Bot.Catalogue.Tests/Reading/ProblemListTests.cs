namespace Serge.Bot.Catalogue.Tests.Reading;

public sealed class ProblemListTests
{
    [Theory]
    [InlineData(199, 199)]
    [InlineData(200, 200)]
    [InlineData(201, 201)] // and a line that there are more
    [InlineData(202, 201)]
    [InlineData(500, 201)]
    public void AddError_ManyOfAFile_ListsTwoHundredAndOnceThatThereAreMore(int count, int listed)
    {
        ProblemList problems = new();
        for (var i = 1; i <= count; i++)
        {
            problems.AddError(new("a", i, 1), $"{i}", "");
        }

        problems.AddError(new("b", 1, 1), "another file", "");
        var sorted = problems.GetSorted("a", "b");
        Assert.Equal(listed + 1, sorted.Count);
        Assert.Equal(
            Enumerable.Range(1, Math.Min(count, 200)).Select(static i => $"{i}"),
            sorted.Take(200).Take(Math.Min(count, 200)).Select(static p => p.Message)
        );
        Assert.Equal(count > 200, sorted[^2].Message.StartsWith("There are more than 200", StringComparison.Ordinal));
        Assert.Equal("another file", sorted[^1].Message);
    }

    /// <summary>An error is listed however many warnings come before it; otherwise nothing would say why the files are
    /// refused.</summary>
    [Fact]
    public void AddError_AfterManyWarnings_IsListed()
    {
        ProblemList problems = new();
        for (var i = 1; i <= 201; i++)
        {
            problems.AddWarning(new("a", i, 1), $"{i}", "");
        }

        problems.AddError(new("a", 300, 1), "The error.", "");

        var sorted = problems.GetSorted("a");
        Assert.Equal("The error.", Assert.Single(sorted, static p => p.Severity == ProblemSeverity.Error).Message);
        Assert.Equal(
            "a:201:1: warning: There are more than 200 warnings in this file; the others are not listed. "
                + "Correct those that are listed and check again.",
            sorted[200].ToString()
        );
    }

    [Theory]
    [InlineData(199, "Did you mean hope? ")]
    [InlineData(200, "")] // the problem will not be listed
    public void CreateHint_ForAProblemThatIsListed_NamesTheNearestWord(int before, string expected)
    {
        ProblemList problems = new();
        for (var i = 0; i < before; i++)
        {
            problems.AddError(new("a", 1, 1), "", "");
        }

        Assert.Equal(expected, problems.CreateHint(new("a", 1, 1), "hpoe", ["hope"]));
        Assert.Equal("Did you mean hope? ", problems.CreateHint(new("b", 1, 1), "hpoe", ["hope"]));
    }

    [Fact]
    public void GetSorted_ProblemsOfSeveralFiles_AreByFileThenLineThenColumn()
    {
        ProblemList first = new();
        ProblemList second = new();
        first.AddWarning(new("b", 2, 1), "b21", "");
        first.AddWarning(new("a", 10, 1), "a101", "");
        first.AddWarning(new("a", 9, 2), "a92", "");
        second.AddWarning(new("a", 9, 1), "a91", "");
        second.AddWarning(new("c", 1, 1), "c11", "");
        ProblemList all = new();
        all.AddAll([first, second]);
        Assert.Equal(["c11", "a91", "a92", "a101", "b21"], all.GetSorted("c", "a", "b").Select(static p => p.Message));
        Assert.False(all.HasErrors);
        second.AddError(new("a", 1, 1), "", "");
        all.AddAll([second, first]);
        Assert.True(all.HasErrors);
    }

    [Fact]
    public void HasErrors_WithWarningsAlone_IsFalse()
    {
        ProblemList problems = new();
        Assert.False(problems.HasErrors);
        problems.AddWarning(new("a", 1, 1), "", "");
        Assert.False(problems.HasErrors);
        problems.AddError(new("a", 1, 1), "", "");
        problems.AddWarning(new("a", 1, 1), "", "");
        Assert.True(problems.HasErrors);
    }

    [Fact]
    public void ToString_AProblem_IncludesTheSeverity()
    {
        Problem problem = new(new("a.yaml", 3, 4), ProblemSeverity.Warning, "What.", "How.");
        Assert.Equal("a.yaml:3:4: warning: What. How.", problem.ToString());
        Assert.Equal("a.yaml:3:4: error: What. How.", (problem with { Severity = ProblemSeverity.Error }).ToString());
        Assert.Equal("a.yaml:3:4: review: What.", new ReviewNote(problem.Location, "What.").ToString());
    }
}
