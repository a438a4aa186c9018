using SkiaSharp;

namespace Serge.Bot.Cards;

/// <summary>What a text is on a card, which decides its colour.</summary>
internal enum TextRole
{
    Kicker,
    Title,
    Body,
    Credit,
}

/// <summary>Lines of one size, placed on a card. All lengths are in pixels.</summary>
/// <param name="Role">What the text is.</param>
/// <param name="Lines">At least one.</param>
/// <param name="Size">The size of the font.</param>
/// <param name="LineHeight">From one baseline to the next.</param>
internal sealed record TextBlock(
    TextRole Role,
    IReadOnlyList<IReadOnlyList<ShapedWord>> Lines,
    float Size,
    float LineHeight
)
{
    /// <summary>The left edge of the letters; opening marks hang out of it.</summary>
    public float Left { get; init; }

    public float Top { get; init; }

    public float Height => Lines.Count * LineHeight;

    /// <summary>In the middle of a line's height the letters without ascenders look centred.</summary>
    public float FirstBaseline => Top + (LineHeight / 2) + (Size * 0.3f);

    public SKColor GetColor(Palette palette) =>
        Role switch
        {
            TextRole.Title => palette.Accent,
            TextRole.Body => palette.Text,
            _ => palette.Credit,
        };
}
