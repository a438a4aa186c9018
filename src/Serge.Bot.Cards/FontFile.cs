using HarfBuzzSharp;
using SkiaSharp;

namespace Serge.Bot.Cards;

/// <summary>One font, for measuring (HarfBuzz) and drawing (Skia). Of a font collection the first font is
/// used.</summary>
internal sealed class FontFile : IDisposable
{
    private readonly Blob _blob;
    private readonly Face _face;

    private FontFile(SKTypeface typeface, string path)
    {
        Typeface = typeface;
        _blob = Blob.FromFile(path);
        _face = new Face(_blob, 0);
        Shaper = new Font(_face);
        Shaper.SetFunctionsOpenType();
        Shaper.SetScale(UnitsPerEm, UnitsPerEm);
    }

    /// <summary>Font units per em, in which <see cref="Shaper"/> measures.</summary>
    public int UnitsPerEm => _face.UnitsPerEm;

    public Font Shaper { get; }

    public SKTypeface Typeface { get; }

    /// <returns><see langword="null"/> if it is not a font that can be read.</returns>
    public static FontFile? TryOpen(string path)
    {
        var typeface = SKTypeface.FromFile(path);
        return typeface is null ? null : new FontFile(typeface, path);
    }

    public bool HasGlyph(int codePoint) => Shaper.TryGetGlyph((uint)codePoint, out _);

    public void Dispose()
    {
        Shaper.Dispose();
        _face.Dispose();
        _blob.Dispose();
        Typeface.Dispose();
    }
}
