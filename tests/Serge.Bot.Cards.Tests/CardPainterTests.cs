using SkiaSharp;

namespace Serge.Bot.Cards.Tests;

public sealed class CardPainterTests
{
    private static readonly CardText Short = new("“A book, or two.”", [new CardLine(new CardRun("A. Writer"))]);

    [Theory]
    [InlineData(1200, 675, false)]
    [InlineData(1080, 1080, true)]
    [InlineData(300, 300, false)]
    public void Draw_InAnySize_IsAPngOfThatSize(int width, int height, bool isDark)
    {
        using CardPainter painter = new(InstalledFonts.GetAny());
        CardStyle style = new(width, height, isDark);

        using var picture = SKBitmap.Decode(painter.Draw(Short, style));

        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal(Palette.Of(style).Ground, picture.GetPixel(0, 0));
    }

    [Fact]
    public void Draw_OfTheSameText_GivesTheSameBytes()
    {
        using CardPainter one = new(InstalledFonts.GetAny());
        using CardPainter other = new(InstalledFonts.GetAny());

        Assert.Equal(one.Draw(Short, new CardStyle()), other.Draw(Short, new CardStyle()));
    }

    /// <summary>Texts from one word to more than the longest quotation, and words of any length.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 20)]
    [InlineData(12, 5)]
    [InlineData(60, 6)]
    [InlineData(85, 6)]
    public void Draw_OfAnyLength_KeepsTheMarginsFree(int words, int length)
    {
        using CardPainter painter = new(InstalledFonts.GetAny());
        var body = string.Join(' ', Enumerable.Repeat(new string('w', length - 1) + 'g', words));
        CardText text = new(body, [new CardLine(new CardRun("A. Writer, "), new CardRun("A Work", IsItalic: true))]);
        CardStyle style = new();

        using var picture = SKBitmap.Decode(painter.Draw(text, style));

        var ground = Palette.Of(style).Ground;
        for (var x = 0; x < picture.Width; x++)
        {
            for (var y = 0; y < picture.Height; y++)
            {
                var isMargin = x < 60 || x >= picture.Width - 60 || y < 50 || y >= picture.Height - 50;
                Assert.False(isMargin && picture.GetPixel(x, y) != ground, $"({x}, {y}) is in the margin");
            }
        }
    }

    [Theory]
    [InlineData(900, 4)]
    [InlineData(1, 300)]
    public void Draw_OfTooMuch_StatesThatItDoesNotFit(int words, int length)
    {
        using CardPainter painter = new(InstalledFonts.GetAny());
        CardText text = new(string.Join(' ', Enumerable.Repeat(new string('w', length), words)), []);

        var e = Assert.Throws<CardException>(() => painter.Draw(text, new CardStyle()));

        Assert.Contains("does not fit on a card of 1200 × 675 pixels", e.Message, StringComparison.Ordinal);
    }

    /// <summary>A character of a private use area.</summary>
    [Fact]
    public void Draw_OfACharacterThatNoFontHas_NamesIt()
    {
        using CardPainter painter = new(InstalledFonts.GetAny());

        var e = Assert.Throws<CardException>(() => painter.Draw(new CardText("a\U0010ABCD", []), new CardStyle()));

        Assert.StartsWith("No font has the character \U0010ABCD (U+10ABCD).", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Words are placed from left to right. Hebrew, Arabic, their presentation forms, Phoenician and Adlam:
    /// one of each range.</summary>
    [Theory]
    [InlineData("שלום עולם", "(U+05E9)")]
    [InlineData("He said \u0633\u0644\u0627\u0645.", "(U+0633)")]
    [InlineData("\uFB2E", "(U+FB2E)")]
    [InlineData("\uFE8D", "(U+FE8D)")]
    [InlineData("\U00010900", "(U+10900)")]
    [InlineData("\U0001E900", "(U+1E900)")]
    public void Draw_OfRightToLeftText_IsRefused(string body, string letter)
    {
        using CardPainter painter = new(InstalledFonts.GetAny());

        var e = Assert.Throws<CardException>(() => painter.Draw(new CardText(body, []), new CardStyle()));

        Assert.Contains(letter, e.Problem, StringComparison.Ordinal);
        Assert.Contains("is written from right to left", e.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(e.Fix);
    }

    [Fact]
    public void Draw_OfACreditFromRightToLeft_IsRefused()
    {
        using CardPainter painter = new(InstalledFonts.GetAny());
        CardText text = new("Words.", [new CardLine(new CardRun("\u05D0. Writer", IsItalic: true))]);

        Assert.Throws<CardException>(() => painter.Check(text, new CardStyle()));
    }

    [Theory]
    [InlineData(299, 675)]
    [InlineData(1200, 2161)]
    public void Appearance_OutsideItsBounds_IsRefused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CardStyle(width, height));

    /// <summary>Approve a changed style, after inspecting it, with SERGE_APPROVE=1.</summary>
    [Theory]
    [InlineData("short", false)]
    [InlineData("long", true)]
    [InlineData("event", false)]
    public void Draw_WithEbGaramond_LooksAsApproved(string name, bool isDark)
    {
        using CardPainter painter = new(InstalledFonts.GetGaramond());
        var png = painter.Draw(GoldenCards.Get(name), new CardStyle(600, 338, isDark));
        GoldenCards.AssertApproved(name, png);
    }
}
