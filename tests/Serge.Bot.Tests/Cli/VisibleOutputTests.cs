namespace Serge.Bot.Tests.Cli;

/// <summary>Text from a server in the output: a terminal neither executes nor hides any part of it.</summary>
public sealed class VisibleOutputTests : IDisposable
{
    private const string Reason = "HTTP 500 \u001b]0;owned\u0007\r gpj.\u202Eexe\u009b31m";
    private const string Shown = @"HTTP 500 \u001b]0;owned\u0007\u000d gpj.\u202eexe\u009b31m";

    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Deliveries_AsText_ShowsControlCharacters()
    {
        await AddAsync();

        var output = (await _home.RunAsync("deliveries")).Output;

        Assert.Contains(Shown, output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, character => character != '\n' && char.IsControl(character));
    }

    [Fact]
    public async Task Deliveries_OnATerminalWithColours_HasNoControlSequenceOfTheServer()
    {
        await AddAsync();
        _home.Terminal = new Terminal(400, HasColours: true);

        var output = (await _home.RunAsync("deliveries")).Output;

        Assert.Contains(Shown, output, StringComparison.Ordinal);
        Assert.Contains("\u001b[", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_AsJson_KeepsTheText()
    {
        await AddAsync();

        var result = await _home.RunAsync("deliveries", "--json");

        Assert.DoesNotContain('\u202E', result.Output);
        var posts = await _home.JsonAsync("deliveries");
        Assert.Equal(Reason, posts[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Error_WithAControlCharacterInAnArgument_IsOneLine()
    {
        var result = await _home.RunAsync("quote", "--id", "a\n\u001b[2J");

        Assert.Equal("No quotation has the id a\\u000a\\u001b[2J.\n", result.Error);
    }

    private Task AddAsync() => _home.AddAsync(Some.Post("a") with { State = PostState.Refused, Reason = Reason });
}
