using Serge.Bot.Cards;

namespace Serge.Bot.Tests.Publishing;

/// <summary>Pictures with and without fonts.</summary>
public sealed class PictureDrawerTests
{
    private static readonly FontFolders NoFonts = new([Path.Combine(Path.GetTempPath(), "no-such-folder")]);

    private readonly LogLines<PictureDrawer> _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draw_WithoutAFont_SaysOnceWhatToInstall()
    {
        using PictureDrawer drawer = new(new CardSettings(), NoFonts, _log);

        var problem = await Assert.ThrowsAsync<CardException>(() => drawer.DrawAsync(Words("A."), Stop));
        await Assert.ThrowsAsync<CardException>(() => drawer.DrawAsync(Words("B."), Stop));

        const string Message = "No serif font is installed. Install one (Debian: fonts-ebgaramond), or set Cards:Font.";
        Assert.Equal(Message, problem.Message);
        Assert.Equal([$"Warning: Pictures are off, and posts are text only. {Message}"], _log.Lines);
    }

    [Fact]
    public async Task Draw_WithAFontThatIsNotInstalled_NamesTheSetting()
    {
        using PictureDrawer drawer = new(new CardSettings { Font = "No Such Family" }, FontFolders.System, _log);

        var problem = await Assert.ThrowsAsync<CardException>(() => drawer.DrawAsync(Words("A."), Stop));

        Assert.StartsWith(
            "Cards:Font = No Such Family is neither a font file",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Draw_WithPicturesSwitchedOff_ReadsAndLogsNothing()
    {
        using PictureDrawer drawer = new(new CardSettings { IsEnabled = false }, FontFolders.System, _log);

        await Assert.ThrowsAsync<CardException>(() => drawer.DrawAsync(Words("A."), Stop));

        Assert.False(await drawer.HasFontAsync(Stop));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Draw_TheSameWordsAtTheSameTime_DrawsOnce()
    {
        InstalledFonts.Require();
        using PictureDrawer drawer = new(new CardSettings(), FontFolders.System, _log);

        var cards = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => drawer.DrawAsync(Words("A."), Stop)));

        Assert.All(cards, card => Assert.Equal(cards[0], card));
        Assert.Equal([0x89, .. "PNG"u8], cards[0].Png[..4].ToArray());
        Assert.Equal((1200, 675, "A.\nA. Writer"), (cards[0].Width, cards[0].Height, cards[0].Description));
        Assert.StartsWith("Information: Pictures are drawn with ", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfACharacterThatNoFontHas_NamesIt()
    {
        InstalledFonts.Require();
        using PictureDrawer drawer = new(new CardSettings(), FontFolders.System, _log);

        Assert.Null(await drawer.CheckAsync(Words("A."), Stop));

        var problem = await drawer.CheckAsync(Words("\U0010ABCD"), Stop);
        Assert.Contains("(U+10ABCD)", problem!.Problem, StringComparison.Ordinal);
    }

    private static PostPicture Words(string body) =>
        new() { Body = body, Credit = [new PictureLine([new PictureRun("A. Writer")])] };
}
