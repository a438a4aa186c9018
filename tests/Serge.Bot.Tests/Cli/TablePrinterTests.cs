namespace Serge.Bot.Tests.Cli;

/// <summary>Tables on a terminal, and lines in files and for other programs.</summary>
public sealed class TablePrinterTests
{
    private const string Escape = "\u001b";

    [Fact]
    public void WriteTo_WithoutATerminal_AlignsTheColumnsAndShortensNothing()
    {
        var longText = new string('x', 300);

        var lines = Write(
                terminal: null,
                ["id", "state", ""],
                ["a", new Cell("refused", TextStyle.Bad), longText],
                ["abc", new Cell("sent", TextStyle.Good), ""]
            )
            .Split('\n');

        Assert.Equal(["id   state", $"a    refused  {longText}", "abc  sent", ""], lines);
    }

    [Fact]
    public void WriteTo_WithoutATerminal_WritesOneLinePerRow() =>
        Assert.Equal("what\none two\n", Write(terminal: null, ["what"], ["one\ntwo"]));

    [Fact]
    public void WriteTo_WithoutATerminal_CountsAnAccentedLetterOnce() =>
        Assert.Equal("a  b\ne\u0301  c\n", Write(terminal: null, ["a", "b"], ["e\u0301", "c"]));

    [Fact]
    public void WriteTo_OnATerminal_DrawsATableWithinItsWidth()
    {
        var text = Write(
            new Terminal(60, HasColours: true),
            ["id", "what"],
            wrapColumn: 1,
            ["abc", string.Join(' ', Enumerable.Repeat("word", 60))]
        );

        Assert.Contains(Escape, text, StringComparison.Ordinal);
        Assert.Contains("╭", text, StringComparison.Ordinal);
        Assert.All(RemoveColours(text).Split('\n'), line => Assert.InRange(line.Length, 0, 60));
        // All text is printed.
        Assert.Equal(60, RemoveColours(text).Split("word").Length - 1);
    }

    [Fact]
    public void WriteTo_OnATerminalTooNarrowForATable_StacksTheCellsWithTheRemarkBelow()
    {
        var lines = Write(
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
    public void WriteTo_OnATerminal_OmitsAnEmptyColumnOfRemarks() =>
        Assert.Equal("│ id  │", Write(new Terminal(60, HasColours: false), ["id", ""], ["abc", ""]).Split('\n')[1]);

    [Fact]
    public void WriteTo_OnATerminalWithoutColours_HasNoEscapeCodes() =>
        Assert.DoesNotContain(
            Escape,
            Write(new Terminal(60, HasColours: false), ["id"], [new Cell("abc", TextStyle.Bad)]),
            StringComparison.Ordinal
        );

    [Fact]
    public void WriteTo_OnATerminal_DoesNotInterpretBrackets() =>
        Assert.Contains(
            "[red]the end[/]",
            Write(new Terminal(60, HasColours: false), ["text"], ["[red]the end[/]"]),
            StringComparison.Ordinal
        );

    /// <summary>Each row: the width of the terminal, of the first cell and of the remark, and whether a table
    /// fits.</summary>
    [Theory]
    [InlineData(40, 3, 0, true)] // 3, 30 for the text, and 7 for lines and gaps
    [InlineData(39, 3, 0, false)]
    [InlineData(40, 4, 0, false)]
    [InlineData(45, 3, 2, true)]
    [InlineData(44, 3, 2, false)]
    public void WriteTo_OnATerminal_IsATableIfItFits(int width, int first, int remark, bool isTable)
    {
        var text = Write(
            new Terminal(width, HasColours: false),
            ["id", "what", ""],
            wrapColumn: 1,
            [new string('a', first), new string('b', 50), new string('c', remark)]
        );

        Assert.Equal(isTable, text.StartsWith('╭'));
    }

    [Theory]
    [InlineData(13, true)] // 2 and 4 letters, and 7 for lines and gaps
    [InlineData(12, false)]
    public void WriteTo_WithoutAColumnThatWraps_IsATableIfItFits(int width, bool isTable) =>
        Assert.Equal(
            isTable,
            Write(new Terminal(width, HasColours: false), ["id", "to"], ["ab", "long\nx"]).StartsWith('╭')
        );

    [Fact]
    public void WriteTo_OnANarrowTerminal_IndentsByAtMostAQuarterOfItsWidth()
    {
        var lines = Write(
                new Terminal(40, HasColours: false),
                ["identifier", "when", "what", "to", ""],
                wrapColumn: 2,
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

    /// <summary>The last column begins 17 characters from the left.</summary>
    [Theory]
    [InlineData(23, "abc  wwwwwwwwww  ttttttttttttttttttttttt")]
    [InlineData(24, "abc  wwwwwwwwww\n     tttttttttttttttttttttttt")]
    public void WriteTo_OnANarrowTerminal_FillsALineToItsEnd(int last, string row)
    {
        var lines = Write(
                new Terminal(40, HasColours: false),
                ["id", "when", "to"],
                ["abc", new string('w', 10), new string('t', last)]
            )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(row.Split('\n'), lines[(lines.Length / 2)..].Select(line => line.TrimEnd()));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 40));
    }

    [Fact]
    public void WriteTo_OnANarrowTerminal_WritesACellThatIsTooLongBesideTheFirst() =>
        Assert.StartsWith(
            "abc  wwww",
            Write(new Terminal(40, HasColours: false), ["id", "when"], ["abc", new string('w', 45)]).Split('\n')[1],
            StringComparison.Ordinal
        );

    [Fact]
    public void WriteTo_OnATerminal_ShowsARemarkOfOneLetter()
    {
        Assert.Equal(
            "│ abc │ ! │",
            Write(new Terminal(60, HasColours: false), ["id", ""], ["abc", "!"]).Split('\n')[3]
        );
        Assert.Equal(
            "  !", // indented by a quarter of the width
            Write(new Terminal(10, HasColours: false), ["id", "to", ""], ["abc", "de", "!"]).Split('\n')[2].TrimEnd()
        );
    }

    /// <summary>The message begins in column 23, so 37 letters fill a terminal of 60.</summary>
    [Theory]
    [InlineData(37, 1)]
    [InlineData(38, 2)]
    public void WriteDiagnostic_OnATerminal_FillsALineToItsEnd(int letters, int expected)
    {
        using StringWriter output = new();

        ConsoleOutput.WriteDiagnostic(
            output,
            new Terminal(60, HasColours: false),
            new Cell("ok", TextStyle.Good),
            "ledger",
            new string('x', letters)
        );

        var lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(expected, lines.Length);
        Assert.Equal($"ok     ledger          {new string('x', 37)}", lines[0].TrimEnd());
    }

    [Fact]
    public void WriteTo_OnATerminal_DrawsLinesBetweenRowsIfEnabled()
    {
        TablePrinter table = new("id") { HasLines = true };
        table.Add("a");
        table.Add("b");
        using StringWriter output = new();

        table.WriteTo(output, new Terminal(40, HasColours: false));

        Assert.Equal(2, output.ToString().Split('├').Length - 1);
    }

    [Fact]
    public async Task Write_WithoutRows_WritesTheMessage()
    {
        using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new()
        {
            Output = output,
            Error = TextWriter.Null,
            Terminal = new Terminal(40, HasColours: false),
        };

        await new TablePrinter("id").WriteAsync(context, "There are none.");

        Assert.Equal("There are none.\n", output.ToString());
    }

    [Theory]
    [InlineData("Good", "32")]
    [InlineData("Note", "33")]
    [InlineData("Bad", "1;91")]
    [InlineData("Quiet", "90")]
    public void WriteTo_OnATerminalWithColours_HasAColourPerStyle(string style, string code)
    {
        foreach (var width in (int[])[80, 5])
        {
            Assert.Contains(
                $"{Escape}[{code}mwords{Escape}[0m",
                Write(new Terminal(width, HasColours: true), ["id"], [new Cell("words", Enum.Parse<TextStyle>(style))]),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Add_WithARowOfAnotherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => new TablePrinter("a", "b").Add("only one"));

    private static string Write(Terminal? terminal, string[] headings, params Cell[][] rows) =>
        Write(terminal, headings, wrapColumn: null, rows);

    private static string Write(Terminal? terminal, string[] headings, int? wrapColumn, params Cell[][] rows)
    {
        var table = new TablePrinter(headings) { WrapColumn = wrapColumn };
        foreach (var row in rows)
        {
            table.Add(row);
        }

        using var output = new StringWriter();
        table.WriteTo(output, terminal);
        return output.ToString().ReplaceLineEndings("\n");
    }

    private static string RemoveColours(string text) =>
        System.Text.RegularExpressions.Regex.Replace(
            text,
            $@"{Escape}\[[0-9;]*m",
            "",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}
