using SkiaSharp;

namespace Serge.Bot.Cards;

/// <summary>Glyphs of one font, with their positions from the start of the word. All lengths are in em, so that a word
/// is measured once for every size.</summary>
internal sealed record ShapedRun(FontFile Font, ushort[] Glyphs, SKPoint[] Positions);

/// <summary>A part of a text that is never divided.</summary>
/// <param name="Runs">Its glyphs.</param>
/// <param name="Width">Its width in em, without the space.</param>
internal sealed record ShapedWord(IReadOnlyList<ShapedRun> Runs, float Width)
{
    /// <summary>The space before the next word on the same line, in em.</summary>
    public float Space { get; init; }

    /// <summary>How far its first character hangs into the left margin when it starts a line, in em.</summary>
    public float Hang { get; init; }

    /// <summary>How far its last character hangs over the right edge when it ends a line, in em.</summary>
    public float HangEnd { get; init; }

    /// <summary>It ends with a punctuation mark, where a reader pauses.</summary>
    public bool EndsPhrase => HangEnd > 0;

    /// <summary>The next word starts a new line.</summary>
    public bool EndsLine { get; init; }
}
