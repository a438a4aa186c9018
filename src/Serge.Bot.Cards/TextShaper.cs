using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Serge.Bot.Cards;

/// <summary>Converts text to glyphs with kerning and ligatures.</summary>
internal sealed class TextShaper(FontBook fonts)
{
    /// <summary>Opening marks hang by their width, so that the letters of all lines start at the same edge.</summary>
    private const string OpeningMarks = "“‘\"'«‹„‚";

    /// <summary>Closing marks are small, so that the eye takes the letter before them for the end of the
    /// line.</summary>
    private const string ClosingMarks = "”’\"'»›.,;:-–—…";

    /// <summary>Figures as tall as capitals: in the italics of EB Garamond the default 1 looks like an I.</summary>
    private static readonly Feature[] Features = [new(Tag.Parse("lnum"), 1, 0, uint.MaxValue)];

    /// <summary>The ranges with the bidirectional classes R and AL (right to left), for which .NET has no API.
    /// Marks and digits in them can have other classes, letters cannot.</summary>
    /// <remarks>Source: Unicode Character Database, extracted/DerivedBidiClass.txt.</remarks>
    private static readonly (int First, int Last)[] RightToLeftRanges =
    [
        (0x0590, 0x08FF),
        (0xFB1D, 0xFDFF),
        (0xFE70, 0xFEFF),
        (0x10800, 0x10FFF),
        (0x1E800, 0x1EFFF),
    ];

    /// <summary>Shapes the words of a text, which are placed from left to right.</summary>
    /// <exception cref="CardException">No font has a character, or a letter is written from right to left.</exception>
    public IReadOnlyList<ShapedWord> Shape(params IReadOnlyList<CardRun> runs)
    {
        CheckDirection(runs);
        List<ShapedWord> words = [];
        foreach (var word in WordSplitter.Split(runs))
        {
            words.Add(Shape(word));
        }

        return words;
    }

    private static void CheckDirection(IReadOnlyList<CardRun> runs)
    {
        foreach (var run in runs)
        {
            foreach (var rune in run.Text.EnumerateRunes())
            {
                if (IsRightToLeftLetter(rune))
                {
                    var letter = $"{rune} (U+{rune.Value:X4})";
                    throw new CardException(
                        $"The letter {letter} is written from right to left, which pictures do not support.",
                        "No correction is needed: it is posted as text."
                    );
                }
            }
        }
    }

    private static bool IsRightToLeftLetter(Rune rune) =>
        Rune.IsLetter(rune)
        && Array.Exists(RightToLeftRanges, range => rune.Value >= range.First && rune.Value <= range.Last);

    private ShapedWord Shape(Word word)
    {
        List<ShapedRun> shaped = [];
        var width = 0f;
        foreach (var run in word.Runs)
        {
            foreach (var (font, text) in fonts.Split(run))
            {
                var (glyphs, advance) = Shape(font, text, width);
                shaped.Add(glyphs);
                width += advance;
            }
        }

        var first = word.Runs[0];
        var last = word.Runs[^1];
        var space = 0f;
        if (word.HasSpace)
        {
            space = Measure(" ", last.IsItalic);
        }

        return new ShapedWord(shaped, width)
        {
            Space = space,
            Hang = MeasureMark(first.Text[0], OpeningMarks, first.IsItalic),
            HangEnd = MeasureMark(last.Text[^1], ClosingMarks, last.IsItalic),
            EndsLine = word.EndsLine,
        };
    }

    /// <returns>0 if the character is not one of the marks.</returns>
    private float MeasureMark(char character, string marks, bool isItalic)
    {
        if (!marks.Contains(character))
        {
            return 0;
        }

        return Measure(character.ToString(), isItalic);
    }

    private float Measure(string text, bool isItalic)
    {
        var width = 0f;
        foreach (var (font, part) in fonts.Split(new CardRun(text, isItalic)))
        {
            width += Shape(font, part, 0).Advance;
        }

        return width;
    }

    private static (ShapedRun Run, float Advance) Shape(FontFile font, string text, float start)
    {
        using Buffer buffer = new();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        font.Shaper.Shape(buffer, Features);
        var infos = buffer.GetGlyphInfoSpan();
        var measures = buffer.GetGlyphPositionSpan();
        var glyphs = new ushort[infos.Length];
        var positions = new SKPoint[infos.Length];
        float em = font.UnitsPerEm;
        var advance = 0f;
        for (var i = 0; i < infos.Length; i++)
        {
            var measure = measures[i];
            var x = start + advance + (measure.XOffset / em);
            var y = -measure.YOffset / em;
            glyphs[i] = (ushort)infos[i].Codepoint;
            positions[i] = new SKPoint(x, y);
            advance += measure.XAdvance / em;
        }

        return (new ShapedRun(font, glyphs, positions), advance);
    }
}
