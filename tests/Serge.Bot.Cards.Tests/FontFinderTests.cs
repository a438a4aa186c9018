namespace Serge.Bot.Cards.Tests;

public sealed class FontFinderTests
{
    [Fact]
    public void Find_WithoutFonts_IsNothing()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "broken.otf"), "no font");

        Assert.Null(FontFinder.Find(null, [folder.Path, Path.Combine(folder.Path, "missing")]));
        Assert.Null(FontFinder.Find(Path.Combine(folder.Path, "broken.otf"), [folder.Path]));
        Assert.Null(FontFinder.Find("No Such Family", FontFinder.SystemFolders()));
    }

    [Fact]
    public void Find_OfTheNameOfAFamily_IgnoresCase()
    {
        var any = InstalledFonts.GetAny();

        Assert.Equal(any.Regular, FontFinder.Find(any.Family.ToUpperInvariant(), FontFinder.SystemFolders())?.Regular);
    }

    [Fact]
    public void Find_OfAFile_TakesTheItalicsBesideIt()
    {
        var any = InstalledFonts.GetAny();

        var found = FontFinder.Find(any.Regular, []);

        Assert.Equal((any.Regular, any.Italic), (found?.Regular, found?.Italic));
    }

    [Fact]
    public void Find_WithEbGaramond_PrefersTheLargeOpticalSize() =>
        Assert.EndsWith("EBGaramond12-Regular.otf", InstalledFonts.GetGaramond().Regular, StringComparison.Ordinal);

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("serge-fonts-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
