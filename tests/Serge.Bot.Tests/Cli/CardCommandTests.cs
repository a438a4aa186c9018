using System.Buffers.Binary;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge card</c> writes a picture; <c>serge check</c> reports which pictures cannot be drawn.</summary>
public sealed class CardCommandTests : IDisposable
{
    private readonly CommandHome _home = new();

    private string Picture => Path.Combine(_home.Folder, "card.png");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Card_OfAQuotation_IsWrittenAndDescribed()
    {
        InstalledFonts.Require();

        var (exitCode, output, error) = await _home.RunAsync("card", "within-us", "--output", Picture);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("“Totalitarianism is within us.”\nVictor Serge", output, StringComparison.Ordinal);
        Assert.Contains("card.png: 1200 × 675 pixels, ", error, StringComparison.Ordinal);
        Assert.Equal((1200, 675), ReadSize(Picture));
    }

    [Fact]
    public async Task Card_OfAnEventInAnotherSize_ReplacesTheFile()
    {
        InstalledFonts.Require();
        await File.WriteAllTextAsync(Picture, "old", TestContext.Current.CancellationToken);

        var id = (await _home.JsonAsync(["events"])).EnumerateArray().First().GetProperty("id").GetString()!;
        var (exitCode, output, _) = await _home.RunAsync([
            "card",
            id,
            "--dark",
            "--size",
            "1080x1080",
            "--output",
            Picture,
        ]);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("On this day\n", output, StringComparison.Ordinal);
        Assert.Equal((1080, 1080), ReadSize(Picture));
    }

    [Theory]
    [InlineData("1080")]
    [InlineData("299x300")]
    [InlineData("2161x300")]
    [InlineData("-300x300")]
    public async Task Card_InAnImpossibleSize_NamesTheLimits(string size)
    {
        var (exitCode, _, error) = await _home.RunAsync("card", "within-us", "--output", Picture, "--size", size);

        Assert.Equal(2, exitCode);
        Assert.Contains("each 300 to 2160, such as 1080x1080.", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Picture));
    }

    [Theory]
    [InlineData("card within --output card.png", "No quotation or event has the id within.")]
    [InlineData("card within-us", "Option '--output' is required.")]
    public async Task Card_WithoutAnItemOrAFile_StatesWhatIsMissing(string arguments, string problem)
    {
        var (exitCode, _, error) = await _home.RunAsync(arguments.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.StartsWith(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_WithPicturesSwitchedOff_StatesHowToSwitchThemOn()
    {
        _home.Settings("""{ "Cards": { "Font": "none" } }"""[1..^1]);

        var result = await _home.RunAsync("card", "within-us", "--output", Picture);

        result.ShouldBe(2, "", "Pictures are switched off. Remove Cards:Font = none.\n");
    }

    [Theory]
    [InlineData("The sign \uE123 is private.", "U+E123")]
    [InlineData("The sign \U0010ABCD is private.", "U+10ABCD")]
    public async Task Check_ATextWithACharacterThatNoFontHas_IsAWarning(string text, string character)
    {
        InstalledFonts.Require();
        _home.Write(
            "quotes.yaml",
            $"{TestCatalogue.Quotes}- id: strange\n  text: \"{text}\"\n  via: cunningham\n  topics: [power]\n"
        );

        var (exitCode, output, _) = await _home.RunAsync("check");

        Assert.Equal(0, exitCode);
        Assert.Contains(
            "warning: strange has no picture and is posted as text only.",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(character, output, StringComparison.Ordinal);
    }

    /// <summary>Width and height in the header of a PNG file.</summary>
    private static (int Width, int Height) ReadSize(string file)
    {
        var png = File.ReadAllBytes(file);
        return (
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))
        );
    }
}
