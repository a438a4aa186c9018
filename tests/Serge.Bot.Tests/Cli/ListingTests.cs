namespace Serge.Bot.Tests.Cli;

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
                ["a", new Cell("refused", TextStyle.Bad), long_],
                ["abc", new Cell("sent", TextStyle.Good), ""]
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
            Written(new Terminal(60, HasColours: false), ["id"], [new Cell("abc", TextStyle.Bad)]),
            StringComparison.Ordinal
        );

    [Fact]
    public void WriteTo_OnATerminal_TakesBracketsAsTheyAre() =>
        Assert.Contains(
            "[red]the end[/]",
            Written(new Terminal(60, HasColours: false), ["text"], ["[red]the end[/]"]),
            StringComparison.Ordinal
        );

    /// <summary>Each row: the width of the terminal, of the first cell and of the remark, and whether a table has room.</summary>
    [Theory]
    [InlineData(40, 3, 0, true)] // three, a column of 30 for the text, and seven of lines and gaps
    [InlineData(39, 3, 0, false)]
    [InlineData(40, 4, 0, false)]
    [InlineData(45, 3, 2, true)]
    [InlineData(44, 3, 2, false)]
    public void WriteTo_OnATerminal_IsATableWhereItHasRoom(int width, int first, int remark, bool isTable)
    {
        var written = Written(
            new Terminal(width, HasColours: false),
            ["id", "what", ""],
            prose: 1,
            [new string('a', first), new string('b', 50), new string('c', remark)]
        );

        Assert.Equal(isTable, written.StartsWith('╭'));
    }

    [Theory]
    [InlineData(13, true)] // two and four letters, and seven of lines and gaps
    [InlineData(12, false)]
    public void WriteTo_OnATerminalWithoutAColumnThatWraps_IsATableWhereItHasRoom(int width, bool isTable) =>
        Assert.Equal(
            isTable,
            Written(new Terminal(width, HasColours: false), ["id", "to"], ["ab", "long\nx"]).StartsWith('╭')
        );

    [Fact]
    public void WriteTo_OnANarrowTerminal_IndentsByAQuarterOfItsWidthAtMost()
    {
        var lines = Written(
                new Terminal(40, HasColours: false),
                ["identifier", "when", "what", "to", ""],
                prose: 2,
                [
                    new string('i', 28),
                    "tomorrow at nine",
                    "Words that wrap: " + new string('w', 20),
                    "here",
                    "A remark.",
                ],
                ["short", "now", "", "there", ""]
            )
            .Split('\n')
            .Select(line => line.TrimEnd());

        Assert.Equal(
            [
                "identifier",
                "          when              to",
                "iiiiiiiiiiiiiiiiiiiiiiiiiiii",
                "          tomorrow at nine  here",
                "          Words that wrap:",
                "          wwwwwwwwwwwwwwwwwwww",
                "          A remark.",
                "short",
                "          now               there",
                "",
            ],
            lines
        );
    }

    /// <summary>The last column is 17 columns from the left.</summary>
    [Theory]
    [InlineData(23, "abc  wwwwwwwwww  ttttttttttttttttttttttt")]
    [InlineData(24, "abc  wwwwwwwwww\n     tttttttttttttttttttttttt")]
    public void WriteTo_OnANarrowTerminal_FillsALineToItsEnd(int last, string row)
    {
        var lines = Written(
                new Terminal(40, HasColours: false),
                ["id", "when", "to"],
                ["abc", new string('w', 10), new string('t', last)]
            )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(row.Split('\n'), lines[(lines.Length / 2)..].Select(line => line.TrimEnd()));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 40));
    }

    [Fact]
    public void WriteTo_OnANarrowTerminal_KeepsACellThatFitsNowhereBesideTheFirst() =>
        Assert.StartsWith(
            "abc  wwww",
            Written(new Terminal(40, HasColours: false), ["id", "when"], ["abc", new string('w', 45)]).Split('\n')[1],
            StringComparison.Ordinal
        );

    [Fact]
    public void WriteTo_OnATerminal_ShowsARemarkOfOneLetter()
    {
        Assert.Equal(
            "│ abc │ ! │",
            Written(new Terminal(60, HasColours: false), ["id", ""], ["abc", "!"]).Split('\n')[3]
        );
        Assert.Equal(
            "  !", // indented by a quarter of the width
            Written(new Terminal(10, HasColours: false), ["id", "to", ""], ["abc", "de", "!"]).Split('\n')[2].TrimEnd()
        );
    }

    /// <summary>The words begin in column 23, so 37 letters fill a terminal of 60.</summary>
    [Theory]
    [InlineData(37, 1)]
    [InlineData(38, 2)]
    public void WriteFinding_OnATerminal_FillsALineToItsEnd(int letters, int expected)
    {
        using StringWriter output = new();

        ConsoleOutput.WriteDiagnostic(
            output,
            new Terminal(60, HasColours: false),
            new Cell("good", TextStyle.Good),
            "ledger",
            new string('x', letters)
        );

        var lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(expected, lines.Length);
        Assert.Equal($"good   ledger          {new string('x', 37)}", lines[0].TrimEnd());
    }

    [Fact]
    public void WriteTo_OnATerminal_DrawsLinesBetweenRowsWhereTheyAreWanted()
    {
        TablePrinter list = new("id") { HasLines = true };
        list.Add("a");
        list.Add("b");
        using StringWriter output = new();

        list.WriteTo(output, new Terminal(40, HasColours: false));

        Assert.Equal(2, output.ToString().Split('├').Length - 1);
    }

    [Fact]
    public async Task Write_WithoutRows_SaysSo()
    {
        using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new(
            _ => "",
            Clocks.Real,
            output,
            TextWriter.Null,
            Input: null,
            new Terminal(40, HasColours: false),
            new CommandDependencies()
        );

        await new TablePrinter("id").WriteAsync(context, "There is none.");

        Assert.Equal("There is none.\n", output.ToString());
    }

    [Theory]
    [InlineData("Good", "32")]
    [InlineData("Note", "33")]
    [InlineData("Bad", "1;91")]
    [InlineData("Quiet", "90")]
    public void WriteTo_OnATerminalWithColours_GivesEachToneItsColour(string tone, string code)
    {
        foreach (var width in (int[])[80, 5])
        {
            Assert.Contains(
                $"{Escape}[{code}mwords{Escape}[0m",
                Written(new Terminal(width, HasColours: true), ["id"], [new Cell("words", Enum.Parse<TextStyle>(tone))]),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Add_WithARowOfAnotherLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new TablePrinter("a", "b").Add("only one"));

    private static string Written(Terminal? terminal, string[] headings, params Cell[][] rows) =>
        Written(terminal, headings, prose: null, rows);

    private static string Written(Terminal? terminal, string[] headings, int? prose, params Cell[][] rows)
    {
        var list = new TablePrinter(headings) { WrapColumn = prose };
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
