namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>A message names an invisible character and where it stands.</summary>
public sealed class InvisibleCharacterTests
{
    private const string Rest = "  via: harbour\n  topics: [sea]\n";

    [Theory]
    [InlineData("- id: a\n  text:\u00a0Words.\n" + Rest, 2, 8, "a no-break space (U+00A0)")]
    [InlineData("- id: a\n \u00a0text: Words.\n" + Rest, 2, 2, "a no-break space (U+00A0)")]
    [InlineData("-\u00a0id: a\n  text: Words.\n" + Rest, 1, 2, "a no-break space (U+00A0)")]
    [InlineData("- id:\u202fa\n  text: Words.\n" + Rest, 1, 6, "a no-break space (U+202F)")]
    [InlineData("- id: a\n \u2003text: Words.\n" + Rest, 2, 2, "an unusual space (U+2003)")]
    [InlineData("- id: a\n  text:\u200bWords.\n" + Rest, 2, 8, "an invisible character (U+200B)")]
    [InlineData("\ufeff\ufeff- id: a\n  text: Words.\n" + Rest, 1, 1, "a byte order mark (U+FEFF)")]
    [InlineData("- id: a\n  te\u200bxt: Words.\n" + Rest, 2, 3, "'te<U+200B>xt' is not known")]
    [InlineData("- id: a\u200c\n  text: Words.\n" + Rest, 1, 7, "'a<U+200C>' is not in kebab-case")]
    [InlineData("- id: a\u00a0b\n  text: Words.\n" + Rest, 1, 7, "'a<U+00A0>b' is not in kebab-case")]
    [InlineData(
        "- id: a\n  text: Words.\n  via: har\u200dbour\n  topics: [sea]\n",
        3,
        8,
        "no source 'har<U+200D>bour'"
    )]
    public void Read_AFileWithAnInvisibleCharacter_NamesIt(string quotes, int line, int column, string words)
    {
        var problems = Files.Read(quotes: quotes).Problems.Where(problem => problem.Severity == ProblemSeverity.Error);

        Assert.Contains(
            problems,
            problem =>
                problem.Location.Line == line
                && problem.Location.Column == column
                && problem.Message.Contains(words, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Read_ANoBreakSpaceWithinAText_IsAllowed() =>
        Assert.DoesNotContain(
            Files.Read(quotes: "- id: a\n  text: \"Words\u00a0!\"\n" + Rest).Problems,
            problem => problem.Severity == ProblemSeverity.Error
        );
}
