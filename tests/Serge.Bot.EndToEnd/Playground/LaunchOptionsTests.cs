using Serge.Bot.Playground;

namespace Serge.Bot.EndToEnd.Playground;

public sealed class LaunchOptionsTests
{
    [Theory]
    [InlineData("", "127.0.0.1:5080", null)]
    [InlineData("--urls http://127.0.0.1:6000", "127.0.0.1:6000", null)]
    [InlineData("--urls=http://localhost:6000/", "127.0.0.1:6000", null)]
    [InlineData("--urls http://[::1]:6000", "[::1]:6000", null)]
    [InlineData("--urls http://127.0.0.1:0", "127.0.0.1:0", null)]
    [InlineData("--home somewhere", "127.0.0.1:5080", "somewhere")]
    [InlineData("--home=somewhere --urls http://127.0.0.2:6000", "127.0.0.2:6000", "somewhere")]
    public void TryParse_ValidOptions_AreAccepted(string line, string address, string? home)
    {
        Assert.True(LaunchOptions.TryParse(Words(line), out var options, out _));
        Assert.Equal((address, home), (options.Address.ToString(), options.Home));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("--without-bot", true)]
    [InlineData("--without-bot --home somewhere", true)]
    public void TryParse_WithoutBot_IsAFlag(string line, bool withoutBot)
    {
        Assert.True(LaunchOptions.TryParse(Words(line), out var options, out _));
        Assert.Equal(withoutBot, options.WithoutBot);
    }

    [Theory]
    [InlineData("--urls http://0.0.0.0:5080", "loopback address")]
    [InlineData("--urls http://example.org:5080", "loopback address")]
    [InlineData("--urls https://127.0.0.1:5080", "without TLS")]
    [InlineData("--urls http://127.0.0.1:5080/page", "http://127.0.0.1:5081")]
    [InlineData("--urls 5080", "http://127.0.0.1:5081")]
    [InlineData("--urls http://127.0.0.1:70000", "http://127.0.0.1:5081")]
    [InlineData("--urls", "http://127.0.0.1:5081")]
    [InlineData("--url http://127.0.0.1:5080", "Options are --urls, --home, --without-bot, --empty and --help")]
    [InlineData("--without-bot=yes", "Options are --urls")]
    [InlineData("please", "Options are --urls, --home, --without-bot, --empty and --help")]
    public void TryParse_InvalidOptions_AreRejectedWithTheFix(string line, string words)
    {
        Assert.False(LaunchOptions.TryParse(Words(line), out _, out var answer));
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        Assert.False(answer.IsHelp);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--home somewhere --help")]
    public void TryParse_Help_IsGiven(string line)
    {
        Assert.False(LaunchOptions.TryParse(Words(line), out _, out var answer));
        Assert.Contains("http://127.0.0.1:5080", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.IsHelp);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
