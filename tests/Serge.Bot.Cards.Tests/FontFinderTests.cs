using System.Buffers.Binary;

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

    /// <summary>Of a family only the normal weight and width are used; a named file is always used.</summary>
    [Theory]
    [InlineData(500, 5)] // medium
    [InlineData(700, 5)] // bold
    [InlineData(400, 3)] // condensed
    public void Find_OfAFileWithAnotherWeightOrWidth_TakesIt(short weight, short width)
    {
        using TemporaryFolder folder = new();
        var any = InstalledFonts.GetAny();
        var path = Path.Combine(folder.Path, "Named" + Path.GetExtension(any.Regular));
        File.WriteAllBytes(path, WithStyle(File.ReadAllBytes(any.Regular), weight, width));

        Assert.Equal(path, FontFinder.Find(path, [])?.Regular);
        Assert.Null(FontFinder.Find(any.Family, [folder.Path]));
    }

    /// <summary>Writes weight and width into the OS/2 table of a font.</summary>
    private static byte[] WithStyle(byte[] font, short weight, short width)
    {
        const int Record = 16;
        var tables = BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4));
        for (var n = 0; n < tables; n++)
        {
            var record = font.AsSpan(12 + (n * Record), Record);
            if (record[..4].SequenceEqual("OS/2"u8))
            {
                var table = font.AsSpan((int)BinaryPrimitives.ReadUInt32BigEndian(record[8..]));
                BinaryPrimitives.WriteInt16BigEndian(table[4..], weight);
                BinaryPrimitives.WriteInt16BigEndian(table[6..], width);
            }
        }

        return font;
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
