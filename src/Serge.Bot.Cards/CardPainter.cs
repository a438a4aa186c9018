using SkiaSharp;

namespace Serge.Bot.Cards;

/// <summary>Draws cards as PNG pictures. Not safe for concurrent use.</summary>
public sealed class CardPainter : IDisposable
{
    /// <summary>Level 6 of zlib without filters: for flat colours, two thirds of the size and half of the time of the
    /// default.</summary>
    private static readonly SKPngEncoderOptions Png = new(SKPngEncoderFilterFlags.NoFilters, 6);

    private readonly FontBook _fonts;
    private readonly TextShaper _shaper;

    /// <exception cref="CardException">A font cannot be read.</exception>
    public CardPainter(FontSelection fonts)
    {
        _fonts = new FontBook(fonts);
        _shaper = new TextShaper(_fonts);
    }

    /// <summary>Draws a card. The same text and style give the same bytes.</summary>
    /// <returns>A PNG file.</returns>
    /// <exception cref="CardException">No font has a character, a letter is written from right to left, or the text
    /// does not fit in a size that can be read.</exception>
    public byte[] Draw(CardText text, CardStyle style)
    {
        var layout = CardLayout.Create(text, style, _shaper);
        var palette = Palette.Of(style);
        var info = new SKImageInfo(style.Width, style.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(info);
        var canvas = surface.Canvas;
        canvas.Clear(palette.Ground);
        foreach (var block in layout.Blocks)
        {
            Draw(canvas, block, palette);
        }

        using var rule = new SKPaint { Color = palette.Accent };
        canvas.DrawRect(layout.Rule, rule);
        using var image = surface.Snapshot();
        using var pixels = image.PeekPixels();
        using var data = pixels.Encode(Png);
        return data?.ToArray() ?? throw new CardException("The picture cannot be encoded as PNG.", "Report it.");
    }

    /// <summary>Checks whether a card can be drawn, without drawing it.</summary>
    /// <exception cref="CardException">It cannot, see <see cref="Draw(CardText, CardStyle)"/>.</exception>
    public void Check(CardText text, CardStyle style) => CardLayout.Create(text, style, _shaper);

    public void Dispose() => _fonts.Dispose();

    private static void Draw(SKCanvas canvas, TextBlock block, Palette palette)
    {
        using var paint = new SKPaint { Color = block.GetColor(palette), IsAntialias = true };
        var baseline = block.FirstBaseline;
        foreach (var line in block.Lines)
        {
            var x = block.Left - (line[0].Hang * block.Size);
            foreach (var word in line)
            {
                Draw(canvas, word, new SKPoint(x, baseline), block.Size, paint);
                x += (word.Width + word.Space) * block.Size;
            }

            baseline += block.LineHeight;
        }
    }

    private static void Draw(SKCanvas canvas, ShapedWord word, SKPoint origin, float size, SKPaint paint)
    {
        foreach (var run in word.Runs)
        {
            using var font = new SKFont(run.Font.Typeface, size)
            {
                Edging = SKFontEdging.Antialias,
                Hinting = SKFontHinting.None,
                Subpixel = true,
            };
            using var builder = new SKTextBlobBuilder();
            var positions = Array.ConvertAll(run.Positions, Scale);
            builder.AddPositionedRun(run.Glyphs, font, positions);
            using var blob = builder.Build();
            canvas.DrawText(blob, origin.X, origin.Y, paint);
        }

        SKPoint Scale(SKPoint inEm) => new(inEm.X * size, inEm.Y * size);
    }
}
