using SkiaSharp;

namespace Serge.Bot.Cards;

/// <summary>The colours of a card. Each text colour has a contrast of at least 7:1 to the background (WCAG 2.2,
/// 1.4.6).</summary>
internal sealed record Palette(SKColor Ground, SKColor Text, SKColor Credit, SKColor Accent)
{
    public static Palette Light { get; } =
        new(Ground: Rgb(0xFAF7F0), Text: Rgb(0x1D1A16), Credit: Rgb(0x4A443B), Accent: Rgb(0x8C1C16));

    public static Palette Dark { get; } =
        new(Ground: Rgb(0x1C1A18), Text: Rgb(0xF4EFE6), Credit: Rgb(0xC9C1B4), Accent: Rgb(0xF0A091));

    public static Palette Of(CardStyle style) => style.IsDark ? Dark : Light;

    private static SKColor Rgb(uint rgb) => new(0xFF000000 | rgb);
}
