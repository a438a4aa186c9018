namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>A message names an invisible character and its position.</summary>
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
    [InlineData("-\u00a0id:\u00a0a\n\u00a0\u00a0text: Words.\n" + Rest, 1, 2, "a no-break space (U+00A0)")]
    [InlineData("- id:\u00a0a\n\n\n  text: Words.\n" + Rest, 1, 6, "a no-break space (U+00A0)")]
    [InlineData("- id: a\n  text:\u00a0Il dit:\u00a0oui.\n" + Rest, 2, 8, "a no-break space (U+00A0)")]
    [InlineData("- id: a\n  text: >-\u00a0\n    Words.\n" + Rest, 2, 11, "a no-break space (U+00A0)")]
    [InlineData("- id: a\n  text: 'Words.'\u00a0# x\n" + Rest, 2, 17, "a no-break space (U+00A0)")]
    [InlineData("- id: a\n  text: Words.\n" + Rest + "-\u00a0id: b\n", 5, 2, "a no-break space (U+00A0)")]
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

    [Theory]
    [InlineData("  text: |\n    Quoi\u00a0!\n", 4)]
    [InlineData("  text: |\n    Il dit\u00a0: oui.\n", 4)]
    [InlineData("  text: |\n    dit:\u00a0oui.\n", 4)]
    [InlineData("  text: >-\n    \u00a0Words.\n", 4)]
    [InlineData("  text: Words and\n    more\u00a0!\n", 4)]
    [InlineData("  text: \"Words and\n    \u00a0more\u00a0!\u00a0\n    Words.\"\n", 5)]
    [InlineData("  text: 'Words and\n    more\u200b.'\n", 4)]
    [InlineData("  # Quoi\u00a0!\n", 3)]
    [InlineData("  #\u00a0Words\u00a0: more.\n", 3)]
    [InlineData("  # voir:\u00a0ici\u00a0\n", 3)]
    [InlineData("  text: Words.\u00a0\n", 3)]
    [InlineData("  text: Words.\n", 3)]
    public void Read_AnErrorBelowAHarmlessInvisibleCharacter_NamesTheError(string above, int line)
    {
        var quotes = $"- id: a\n{above}  via harbour\n  topics: [sea]\n";

        var problem = Assert.Single(Files.Read(quotes: quotes).Problems);

        Assert.Equal(new FileLocation("quotes.yaml", line, 3), problem.Location);
        Assert.StartsWith("This line has no colon and space after its key", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  text: Quoi\u00a0: words.\n", 3, 14, "This value contains a second colon")]
    [InlineData("  text: Combat\u00a0#12: words\n", 3, 19, "This value contains a second colon")] // not a comment
    [InlineData("  text: 'Words.' more\u00a0\n", 3, 18, "There is text after the end of the value")]
    [InlineData("  text: \"Words\u00a0\n", 3, 9, "A quotation mark is opened and not closed")]
    [InlineData("  topics: [sea,\u00a0sky\n", 3, 11, "A bracket or brace is not closed")]
    [InlineData("  text: &a Words\u00a0\n", 3, 9, "An anchor (&) is not allowed here")]
    public void Read_AnErrorBesideAHarmlessInvisibleCharacter_NamesTheError(
        string line,
        int number,
        int column,
        string words
    )
    {
        var quotes = $"- id: a\n  # Quoi\u00a0!\n{line}  via: harbour\n";

        var problem = Assert.Single(Files.Read(quotes: quotes).Problems);

        Assert.Equal(new FileLocation("quotes.yaml", number, column), problem.Location);
        Assert.StartsWith(words, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Without a limit the parser would need hours for the second of these.</summary>
    [Theory]
    [InlineData(50, "nested too deeply")]
    [InlineData(90_000, "nested too deeply")]
    [InlineData(1_000_000, "nested too deeply")]
    public void Read_DeepBracketsBesideAnInvisibleCharacter_IsRefusedQuickly(int count, string words)
    {
        var brackets = new string('[', count);
        var quotes = $"- id: a\u00a0\n  topics: {brackets}\n";

        var problem = Assert.Single(Files.Read(quotes: quotes).Problems);

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ANoBreakSpaceWithinAText_IsAllowed() =>
        Assert.DoesNotContain(
            Files.Read(quotes: "- id: a\n  text: \"Words\u00a0!\"\n" + Rest).Problems,
            problem => problem.Severity == ProblemSeverity.Error
        );
}
