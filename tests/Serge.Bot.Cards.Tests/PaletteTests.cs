using SkiaSharp;

namespace Serge.Bot.Cards.Tests;

/// <summary>Contrast as defined by WCAG 2.2, "contrast ratio".</summary>
public sealed class PaletteTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EachTextColour_HasAContrastOfSeven(bool isDark)
    {
        var palette = Palette.Of(new CardStyle(isDark: isDark));

        Assert.All(
            [palette.Text, palette.Credit, palette.Accent],
            colour => Assert.InRange(GetContrast(colour, palette.Ground), 7, 21)
        );
    }

    private static double GetContrast(SKColor one, SKColor other)
    {
        var (light, dark) = (GetLuminance(one), GetLuminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double GetLuminance(SKColor colour) =>
        (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
