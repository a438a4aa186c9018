namespace Serge.Bot.Tests.Cli;

/// <summary>The progress line of a long command on a terminal.</summary>
public sealed class ProgressLineTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose()
    {
        _error.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Start_LessThanASecond_ShowsNothing()
    {
        using (var progress = Start("Copying the ledger"))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(999));
            progress.Advance();
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public void Start_LongerThanASecond_UpdatesOneLineAndRemovesIt()
    {
        using (Start("Copying the ledger"))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("\rCopying the ledger (1 s)", _error.ToString());
            _clock.Advance(TimeSpan.FromSeconds(9));
            Assert.EndsWith("\rCopying the ledger (10 s)", _error.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith(
            $"\r{new string(' ', "Copying the ledger (10 s)".Length)}\r",
            _error.ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\n', _error.ToString());
        var length = _error.ToString().Length;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(length, _error.ToString().Length);
    }

    [Fact]
    public void Advance_WithATotal_IsCounted()
    {
        using var progress = Start("Writing the site", total: 3);
        progress.Advance();
        progress.Advance();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("\rWriting the site: 2 of 3 (1 s)", _error.ToString());
    }

    [Fact]
    public void WriteLine_WhileTheLineIsShown_RemovesItFirst()
    {
        using var progress = Start("Changing posts", total: 2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var shown = "Changing posts: 0 of 2 (1 s)";

        progress.WriteLine(_output, "aaaaaaaa: deleted");

        Assert.Equal($"\r{shown}\r{new string(' ', shown.Length)}\r", _error.ToString());
        Assert.Equal("aaaaaaaa: deleted\n", _output.ToString());
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.EndsWith($"\r{shown}", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithoutATerminal_ShowsNothing()
    {
        using var progress = Start("Copying the ledger", terminal: null);
        _clock.Advance(TimeSpan.FromMinutes(1));
        progress.WriteLine(_output, "done");

        Assert.Equal(("", "done\n"), (_error.ToString(), _output.ToString()));
    }

    [Fact]
    public void Start_OnANarrowTerminal_LeavesTheLastColumnFree()
    {
        using var progress = Start(new string('x', 100), terminal: new Terminal(40, HasColours: false));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"\r{new string('x', 39)}", _error.ToString());
    }

    [Fact]
    public async Task Retract_WhileTheBotReadsTheWithdrawal_ShowsThatItWaits()
    {
        using CommandHome home = new() { ErrorTerminal = new Terminal(80, HasColours: false) };

        var result = await home.RunAsync("retract", "within-us", "--yes");

        Assert.Contains(
            "\rWaiting until the bot has read that it is withdrawn",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Waiting", result.Output, StringComparison.Ordinal);
    }

    private ProgressLine Start(string activity, int total = 0) =>
        Start(activity, new Terminal(80, HasColours: false), total);

    private ProgressLine Start(string activity, Terminal? terminal, int total = 0)
    {
        CommandContext context = new()
        {
            Clocks = new Clocks(_clock, _clock),
            Output = _output,
            Error = new VisibleWriter(_error),
            ErrorTerminal = terminal,
        };
        return ProgressLine.Start(context, activity, total);
    }
}
