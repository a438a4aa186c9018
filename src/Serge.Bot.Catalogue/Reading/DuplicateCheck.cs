using System.Globalization;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds ids and texts that stand twice in a file.</summary>
/// <param name="what">What the file holds, such as "quote".</param>
/// <param name="problems">Where to note them.</param>
internal sealed class DuplicateCheck(string what, ProblemList problems)
{
    private readonly Dictionary<string, FileLocation> _ids = new(StringComparer.Ordinal);
    private readonly List<(string Id, string Text, string Folded, FileLocation At, bool MayBeNear)> _texts = [];

    /// <summary>Notes the id when an entry above has it.</summary>
    public void CheckId(string id, FileLocation at)
    {
        if (id.Length > 0 && !_ids.TryAdd(id, at))
        {
            var line = _ids[id].Line.ToString(CultureInfo.InvariantCulture);
            problems.AddError(
                at,
                $"The id '{id}' is taken: the {what} in line {line} has it.",
                "Give this one another id; ids are never used twice."
            );
        }
    }

    /// <summary>Keeps a text for <see cref="CheckTexts"/>.</summary>
    /// <param name="id">Whose text it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="mayBeNear">Whether it may be nearly the same as another, since its entry says why.</param>
    public void AddText(string id, string text, FileLocation at, bool mayBeNear) =>
        _texts.Add((id, text, FoldedText.GetLetters(text), at, mayBeNear));

    /// <summary>Notes each text that is, or nearly is, one above it.</summary>
    public void CheckTexts()
    {
        foreach (var (first, second) in NearDuplicateFinder.FindPairs([.. _texts.Select(static text => text.Folded)]))
        {
            var (above, here) = (_texts[first], _texts[second]);
            var line = above.At.Line.ToString(CultureInfo.InvariantCulture);
            if (string.Equals(above.Text, here.Text, StringComparison.Ordinal))
            {
                problems.AddError(
                    here.At,
                    $"The {what} '{above.Id}' in line {line} has the same text.",
                    "Keep one of the two."
                );
            }
            else if (!above.MayBeNear && !here.MayBeNear)
            {
                var how = string.Equals(above.Folded, here.Folded, StringComparison.Ordinal)
                    ? "the same text but for marks, spaces, accents or capitals"
                    : "nearly the same text";
                problems.AddWarning(
                    here.At,
                    $"The {what} '{above.Id}' in line {line} has {how}.",
                    "Keep one of the two, or add a 'note' to this one that says why both stand."
                );
            }
        }
    }
}
