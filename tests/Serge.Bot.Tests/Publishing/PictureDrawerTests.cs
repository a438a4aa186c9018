using System.Collections;
using Serge.Bot.Cards;

namespace Serge.Bot.Tests.Publishing;

/// <summary>Pictures with and without fonts.</summary>
public sealed class PictureDrawerTests
{
    private static readonly FontFolders NoFonts = new([Path.Combine(Path.GetTempPath(), "no-such-folder")]);

    private readonly LogLines<PictureDrawer> _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draw_WithoutAFont_StatesOnceWhatToInstall()
    {
        using PictureDrawer drawer = new(new CardSettings(), NoFonts, _log);

        var problem = await GetProblemAsync(drawer, "A.");
        await GetProblemAsync(drawer, "B.");

        const string Message = "No serif font is installed. Install one (Debian: fonts-ebgaramond), or set Cards:Font.";
        Assert.Equal(Message, problem.Message);
        Assert.Equal([$"Warning: Pictures are off, and posts are text only. {Message}"], _log.Lines);
    }

    [Fact]
    public async Task Draw_WithAFontThatIsNotInstalled_NamesTheSetting()
    {
        using PictureDrawer drawer = new(new CardSettings { Font = "No Such Family" }, FontFolders.System, _log);

        var problem = await GetProblemAsync(drawer, "A.");

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

        await GetProblemAsync(drawer, "A.");

        Assert.False(await drawer.HasFontAsync(Stop));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Draw_TheSameWordsAtTheSameTime_DrawsOnce()
    {
        InstalledFonts.Require();
        using PictureDrawer drawer = new(new CardSettings(), FontFolders.System, _log);

        var drawn = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => drawer.TryDrawAsync(Words("A."), Stop)));

        Picture[] cards = [.. drawn.Select(one => one.Picture!)];
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

    public static TheoryData<Exception, string> Unexpected =>
        new()
        {
            {
                new DllNotFoundException("libHarfBuzzSharp is missing."),
                "The drawing library cannot be loaded: libHarfBuzzSharp is missing. Install the program with its libraries."
            },
            {
                new TypeInitializationException("HarfBuzz", new DllNotFoundException("libHarfBuzzSharp is missing.")),
                "The drawing library cannot be loaded: libHarfBuzzSharp is missing. Install the program with its libraries."
            },
            {
                new IOException("Disk error"),
                "Drawing failed unexpectedly: IOException: Disk error. Check the fonts, or set Cards:Font."
            },
            {
                new OperationCanceledException("Timeout."),
                "Drawing failed unexpectedly: OperationCanceledException: Timeout. Check the fonts, or set Cards:Font."
            },
        };

    /// <summary>A picture must not delay its post, and drawing may succeed later.</summary>
    [Theory]
    [MemberData(nameof(Unexpected))]
    public async Task Draw_AfterAnUnexpectedException_StatesWhyAndTriesAgainLater(Exception e, string message)
    {
        InstalledFonts.Require();
        FailingFolders folders = new() { Failure = e };
        using PictureDrawer drawer = new(new CardSettings(), new FontFolders(folders), _log);

        Assert.False(await drawer.HasFontAsync(Stop));
        Assert.Equal(message, (await GetProblemAsync(drawer, "A.")).Message);
        Assert.Equal(message, (await drawer.CheckAsync(Words("A."), Stop))?.Message);
        var thrown = await Assert.ThrowsAsync<CardException>(() =>
            drawer.DrawAsync(Words("A."), new CardStyle(), Stop)
        );
        Assert.Equal(message, thrown.Message);

        folders.Failure = null;
        Assert.True(await drawer.HasFontAsync(Stop));
        Assert.NotNull((await drawer.TryDrawAsync(Words("A."), Stop)).Picture);
        Assert.Contains($"Warning: No picture was drawn: {message}", _log.Lines);
    }

    /// <summary>The fonts are read again when the first picture is drawn, and the file may be deleted by
    /// then.</summary>
    [Fact]
    public async Task Draw_WithAFontThatWasRemovedSince_StatesWhy()
    {
        InstalledFonts.Require();
        var folder = Directory.CreateTempSubdirectory("serge-font-");
        var selection = FontFinder.Find(null, FontFolders.System.Paths)!;
        var font = Path.Combine(folder.FullName, Path.GetFileName(selection.Regular));
        File.Copy(selection.Regular, font);
        using PictureDrawer drawer = new(new CardSettings { Font = font }, new FontFolders([]), _log);
        Assert.True(await drawer.HasFontAsync(Stop));

        folder.Delete(recursive: true);

        Assert.NotEmpty((await GetProblemAsync(drawer, "A.")).Fix);
        Assert.NotNull(await drawer.CheckAsync(Words("A."), Stop));
    }

    [Fact]
    public async Task Draw_Cancelled_IsCancelled()
    {
        using PictureDrawer drawer = new(new CardSettings(), NoFonts, _log);
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drawer.TryDrawAsync(Words("A."), stop.Token));
    }

    private static async Task<CardException> GetProblemAsync(PictureDrawer drawer, string body)
    {
        var (picture, problem) = await drawer.TryDrawAsync(Words(body), Stop);
        Assert.Null(picture);
        return problem!;
    }

    /// <summary>The font folders of this machine, which cannot be listed for a while.</summary>
    private sealed class FailingFolders : IReadOnlyList<string>
    {
        public Exception? Failure { get; set; }

        public int Count => FontFolders.System.Paths.Count;

        public string this[int index] => FontFolders.System.Paths[index];

        public IEnumerator<string> GetEnumerator() =>
            Failure is { } failure ? throw failure : FontFolders.System.Paths.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static PostPicture Words(string body) =>
        new() { Body = body, Credit = [new PictureLine([new PictureRun("A. Writer")])] };
}
