namespace Serge.Bot.Tests.Cli;

/// <summary>Whether there is a terminal, its width, and whether it has colours.</summary>
public sealed class TerminalTests
{
    [Theory]
    [InlineData("xterm", null, 120, 120, true)]
    [InlineData("xterm", "", 120, 120, true)]
    [InlineData("xterm", "1", 120, 120, false)]
    [InlineData("xterm", null, 41, 41, true)]
    [InlineData("xterm", null, 40, 40, true)]
    [InlineData("xterm", null, 39, 40, true)]
    [InlineData("xterm", null, 1, 40, true)]
    [InlineData("xterm", null, 0, 80, true)] // unknown
    [InlineData("xterm", null, -1, 80, true)]
    public void Find_OnATerminal_HasItsWidthAndColours(
        string term,
        string? noColor,
        int width,
        int expected,
        bool hasColours
    ) => Assert.Equal(new Terminal(expected, hasColours), Find(isRedirected: false, term, noColor, () => width));

    [Theory]
    [InlineData(true, "xterm")]
    [InlineData(false, "dumb")]
    [InlineData(false, "")]
    [InlineData(false, null)]
    public void Find_WithoutATerminal_IsNone(bool isRedirected, string? term) =>
        Assert.Null(Find(isRedirected, term, noColor: null, () => throw new IOException("There is no terminal.")));

    private static Terminal? Find(bool isRedirected, string? term, string? noColor, Func<int> width) =>
        Terminal.Find(
            isRedirected,
            width,
            name =>
                name switch
                {
                    "TERM" => term,
                    "NO_COLOR" => noColor,
                    _ => throw new ArgumentException(name),
                }
        );
}
