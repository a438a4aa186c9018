using System.Globalization;
using System.Text;

namespace Serge.Bot.Cards;

/// <summary>The open fonts of a card. Fallback fonts are opened when a character needs one.</summary>
internal sealed class FontBook : IDisposable
{
    private readonly FontFile _regular;
    private readonly FontFile _italic;
    private readonly Queue<string> _unopened;
    private readonly List<FontFile> _fallbacks = [];

    /// <exception cref="CardException">A font cannot be read.</exception>
    public FontBook(FontSelection selection)
    {
        _regular = Open(selection.Regular);
        _italic = selection.Italic == selection.Regular ? _regular : Open(selection.Italic);
        _unopened = new Queue<string>(selection.Fallbacks);
    }

    /// <summary>Splits a text into parts that one font has.</summary>
    /// <exception cref="CardException">No font has a character.</exception>
    public IReadOnlyList<(FontFile Font, string Text)> Split(CardRun run)
    {
        List<(FontFile Font, string Text)> parts = [];
        var start = 0;
        var position = 0;
        FontFile? current = null;
        foreach (var rune in run.Text.EnumerateRunes())
        {
            var font = current is not null && JoinsPrevious(rune) ? current : Find(rune, run.IsItalic);
            if (font is null)
            {
                throw new CardException(
                    $"No font has the character {rune} (U+{rune.Value:X4}).",
                    "Install a font that has it, or set Cards:Font."
                );
            }

            if (current is not null && font != current)
            {
                parts.Add((current, run.Text[start..position]));
                start = position;
            }

            current = font;
            position += rune.Utf16SequenceLength;
        }

        if (current is not null)
        {
            parts.Add((current, run.Text[start..]));
        }

        return parts;
    }

    public void Dispose()
    {
        _fallbacks.ForEach(font => font.Dispose());
        _italic.Dispose();
        _regular.Dispose();
    }

    /// <summary>Marks are drawn with the font of their letter. Format characters have no glyph.</summary>
    private static bool JoinsPrevious(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static FontFile Open(string path) =>
        FontFile.TryOpen(path)
        ?? throw new CardException($"{path} is not a font file that can be read.", "Correct Cards:Font.");

    private FontFile? Find(Rune rune, bool isItalic)
    {
        var preferred = isItalic ? _italic : _regular;
        if (preferred.HasGlyph(rune.Value))
        {
            return preferred;
        }

        if (_regular.HasGlyph(rune.Value))
        {
            return _regular;
        }

        return _fallbacks.Find(font => font.HasGlyph(rune.Value)) ?? OpenFallback(rune);
    }

    private FontFile? OpenFallback(Rune rune)
    {
        while (_unopened.TryDequeue(out var path))
        {
            if (FontFile.TryOpen(path) is not { } font)
            {
                continue;
            }

            _fallbacks.Add(font);
            if (font.HasGlyph(rune.Value))
            {
                return font;
            }
        }

        return null;
    }
}
