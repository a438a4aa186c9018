using Serge.Bot.Operators;

namespace Serge.Bot.Tests.Operators;

/// <summary>Tables: what a person sees on a terminal, and what a file or another program gets.</summary>
public sealed class ListingTests
{
    private const string Escape = "\u001b";

    [Fact]
    public void WriteTo_WhenPiped_AlignsTheColumnsWithoutCuttingOrColouring()
    {
        var long_ = new string('x', 300);

        var lines = Written(
                terminal: null,
                ["id", "state", ""],
                ["a", new Cell("refused", Tone.Bad), long_],
                ["abc", new Cell("sent", Tone.Good), ""]
            )
            .Split('\n');

        Assert.Equal(["id   state", $"a    refused  {long_}", "abc  sent", ""], lines);
    }

    [Fact]
    public void WriteTo_WhenPiped_KeepsEachRowOnOneLine() =>
        Assert.Equal("what\none two\n", Written(terminal: null, ["what"], ["one\ntwo"]));

    [Fact]
    public void WriteTo_WhenPiped_CountsAnAccentedLetterOnce() =>
        Assert.Equal("a  b\ne\u0301  c\n", Written(terminal: null, ["a", "b"], ["e\u0301", "c"]));

    [Fact]
    public void WriteTo_OnATerminal_DrawsATableThatKeepsToItsWidth()
    {
        var written = Written(
            new Terminal(60, HasColours: true),
            ["id", "what"],
            prose: 1,
            ["abc", string.Join(' ', Enumerable.Repeat("word", 60))]
        );

        Assert.Contains(Escape, written, StringComparison.Ordinal);
        Assert.Contains("╭", written, StringComparison.Ordinal);
        Assert.All(WithoutColours(written).Split('\n'), line => Assert.InRange(line.Length, 0, 60));
        Assert.Equal(60, WithoutColours(written).Split("word").Length - 1); // nothing is lost
    }

    [Fact]
    public void WriteTo_OnATerminalThatIsTooNarrowForATable_PutsTheCellsOneAfterTheOtherAndTheRemarkBelow()
    {
        var lines = Written(
                new Terminal(40, HasColours: false),
                ["id", "when", "to", ""],
                ["abc", "Mon 1 Feb 2027 09:00", "mastodon", "https://m.example/@serge/1"],
                ["de", "Tue 2 Feb 2027 09:00", "discord:1234567890", ""]
            )
            .Split('\n')
            .Select(line => line.TrimEnd());

        Assert.Equal(
            [
                "id   when",
                "     to",
                "abc  Mon 1 Feb 2027 09:00",
                "     mastodon",
                "     https://m.example/@serge/1",
                "de   Tue 2 Feb 2027 09:00",
                "     discord:1234567890",
                "",
            ],
            lines
        );
    }

    [Fact]
    public void WriteTo_OnATerminal_LeavesOutAColumnOfRemarksThatHasNone() =>
        Assert.Equal("│ id  │", Written(new Terminal(60, HasColours: false), ["id", ""], ["abc", ""]).Split('\n')[1]);

    [Fact]
    public void WriteTo_OnATerminalWithoutColours_HasNoEscapeCodes() =>
        Assert.DoesNotContain(
            Escape,
            Written(new Terminal(60, HasColours: false), ["id"], [new Cell("abc", Tone.Bad)]),
            StringComparison.Ordinal
        );

    [Fact]
    public void WriteTo_OnATerminal_TakesBracketsAsTheyAre() =>
        Assert.Contains(
            "[red]the end[/]",
            Written(new Terminal(60, HasColours: false), ["text"], ["[red]the end[/]"]),
            StringComparison.Ordinal
        );

    [Fact]
    public void Add_WithARowOfAnotherLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Listing("a", "b").Add("only one"));

    private static string Written(Terminal? terminal, string[] headings, params Cell[][] rows) =>
        Written(terminal, headings, prose: null, rows);

    private static string Written(Terminal? terminal, string[] headings, int? prose, params Cell[][] rows)
    {
        var list = new Listing(headings) { Prose = prose };
        foreach (var row in rows)
        {
            list.Add(row);
        }

        using var output = new StringWriter();
        list.WriteTo(output, terminal);
        return output.ToString().ReplaceLineEndings("\n");
    }

    private static string WithoutColours(string text) =>
        System.Text.RegularExpressions.Regex.Replace(
            text,
            $@"{Escape}\[[0-9;]*m",
            "",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}
