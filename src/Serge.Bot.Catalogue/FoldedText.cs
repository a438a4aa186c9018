using System.Globalization;
using System.Text;

namespace Serge.Bot.Catalogue;

/// <summary>Text without what people type in different ways: case, accents, ligatures, apostrophes, punctuation,
/// spacing.</summary>
internal static class FoldedText
{
    private const string Apostrophes = "'’‘ʼ`´′";

    /// <summary>Splits a text into words. An apostrophe does not separate words: "L’Anarchie" is
    /// <c>lanarchie</c>.</summary>
    public static List<string> GetWords(string text)
    {
        return Split(text, withParts: false);
    }

    /// <summary>Splits a text into words and, of words with an apostrophe, also their parts: "L’Anarchie" is <c>l</c>,
    /// <c>anarchie</c>, <c>lanarchie</c>.</summary>
    public static List<string> GetWordsAndParts(string text)
    {
        return Split(text, withParts: true);
    }

    /// <summary>Joins the letters and digits of a text: equal for two spellings of one text.</summary>
    public static string GetLetters(string text)
    {
        StringBuilder letters = new(text.Length);
        foreach (var rune in Normalize(text, NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) && !IsApostrophe(rune))
            {
                AppendFolded(letters, rune);
            }
        }

        return letters.ToString();
    }

    /// <summary>Converts text to a normal form of Unicode; invalid UTF-16, such as a lone surrogate, becomes
    /// U+FFFD.</summary>
    /// <remarks><see cref="string.Normalize(NormalizationForm)"/> throws on such text, and people may type
    /// it.</remarks>
    public static string Normalize(string text, NormalizationForm form)
    {
        var hasSurrogates = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
        if (hasSurrogates || text.Contains('\uFFFE'))
        {
            var runes = text.Replace('\uFFFE', '\uFFFD').EnumerateRunes();
            text = string.Concat(runes);
        }

        return text.Normalize(form);
    }

    private static List<string> Split(string text, bool withParts)
    {
        WordSplitter splitter = new(withParts);
        foreach (var rune in Normalize(text, NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsApostrophe(rune))
            {
                splitter.EndPart();
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                splitter.Append(rune);
            }
            else if (!IsPartOfLetter(rune))
            {
                splitter.EndWord();
            }
        }

        splitter.EndWord();
        return splitter.Words;
    }

    private static void AppendFolded(StringBuilder word, Rune rune)
    {
        if (rune.IsAscii)
        {
            word.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        var lower = Rune.ToLowerInvariant(rune);
        // Letters that Unicode does not decompose, as people type them on a keyboard without them.
        var folded = lower.Value switch
        {
            'æ' => "ae",
            'œ' => "oe",
            'ß' => "ss",
            'ø' => "o",
            'ł' => "l",
            'đ' or 'ð' => "d",
            'ı' => "i",
            'þ' => "th",
            _ => lower.ToString(),
        };
        word.Append(folded);
    }

    private static bool IsApostrophe(Rune rune)
    {
        return rune.IsBmp && Apostrophes.Contains((char)rune.Value);
    }

    /// <summary>Whether it is an accent, or an invisible character such as the soft hyphen, which separates no
    /// words.</summary>
    private static bool IsPartOfLetter(Rune rune)
    {
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark => true,
            UnicodeCategory.SpacingCombiningMark => true,
            UnicodeCategory.EnclosingMark => true,
            UnicodeCategory.Format => true,
            _ => false,
        };
    }

    private sealed class WordSplitter(bool withParts)
    {
        private readonly StringBuilder _word = new();
        private int _partStart;

        public List<string> Words { get; } = [];

        public void Append(Rune rune) => AppendFolded(_word, rune);

        /// <summary>Ends a part at an apostrophe.</summary>
        public void EndPart()
        {
            if (withParts && _word.Length > _partStart)
            {
                Words.Add(_word.ToString(_partStart, _word.Length - _partStart));
            }

            _partStart = _word.Length;
        }

        public void EndWord()
        {
            var hasApostrophe = _partStart > 0;
            if (hasApostrophe)
            {
                EndPart();
            }

            if (_word.Length > 0)
            {
                Words.Add(_word.ToString());
            }

            _word.Clear();
            _partStart = 0;
        }
    }
}
