using System.Globalization;
using System.Text;

namespace Serge.Bot.Catalogue;

/// <summary>Text without what people type in different ways: case, accents, ligatures, apostrophes, punctuation, spacing.</summary>
internal static class FoldedText
{
    /// <summary>The words of a text, in order. An apostrophe does not part a word: "L’Anarchie" is <c>lanarchie</c>.</summary>
    public static List<string> GetWords(string text)
    {
        List<string> words = [];
        Split(text, words, parts: null);
        return words;
    }

    /// <summary>The words of a text and, of words with an apostrophe, also their parts: "L’Anarchie" is <c>lanarchie</c>, <c>l</c>, <c>anarchie</c>.</summary>
    public static List<string> GetWordsAndParts(string text)
    {
        List<string> words = [];
        Split(text, words, parts: words);
        return words;
    }

    /// <summary>Letters and digits alone, in a row: equal for two spellings of one text.</summary>
    public static string GetLetters(string text)
    {
        StringBuilder letters = new(text.Length);
        foreach (var rune in Normalize(text, NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) && !IsApostrophe(rune))
            {
                Append(letters, rune);
            }
        }

        return letters.ToString();
    }

    /// <summary>The text in a normal form of Unicode; what is no Unicode, such as half a character, becomes U+FFFD.</summary>
    /// <remarks><see cref="string.Normalize(NormalizationForm)"/> throws on such text, and people may type it.</remarks>
    public static string Normalize(string text, NormalizationForm form) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\uFFFE', StringComparison.Ordinal)
            ? string.Concat(text.Replace('\uFFFE', '\uFFFD').EnumerateRunes()).Normalize(form)
            : text.Normalize(form);

    private static void Split(string text, List<string> words, List<string>? parts)
    {
        StringBuilder word = new();
        var partStart = 0;
        var hasApostrophe = false;
        foreach (var rune in Normalize(text, NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsApostrophe(rune))
            {
                EndPart();
                hasApostrophe = word.Length > 0;
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                Append(word, rune);
            }
            else if (!IsPartOfLetter(rune))
            {
                EndWord();
            }
        }

        EndWord();

        void EndPart()
        {
            if (word.Length > partStart)
            {
                parts?.Add(word.ToString(partStart, word.Length - partStart));
            }

            partStart = word.Length;
        }

        void EndWord()
        {
            if (hasApostrophe)
            {
                EndPart();
            }

            if (word.Length > 0)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            partStart = 0;
            hasApostrophe = false;
        }
    }

    private static void Append(StringBuilder word, Rune rune)
    {
        if (rune.IsAscii)
        {
            word.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        var lower = Rune.ToLowerInvariant(rune);
        // Letters that Unicode does not take apart, but a keyboard without them does.
        _ = lower.Value switch
        {
            'æ' => word.Append("ae"),
            'œ' => word.Append("oe"),
            'ß' => word.Append("ss"),
            'ø' => word.Append('o'),
            'ł' => word.Append('l'),
            'đ' or 'ð' => word.Append('d'),
            'ı' => word.Append('i'),
            'þ' => word.Append("th"),
            _ => word.Append(lower.ToString()),
        };
    }

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’' or '‘' or 'ʼ' or '`' or '´' or '′';

    /// <summary>Accents, and invisible signs such as the soft hyphen, which part no word.</summary>
    private static bool IsPartOfLetter(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;
}
