namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds ids and texts that occur twice in a file.</summary>
/// <param name="what">What the file contains, such as "quote".</param>
/// <param name="problems">The problems of the file.</param>
internal sealed class DuplicateCheck(string what, ProblemList problems)
{
    private readonly Dictionary<string, FileLocation> _ids = [];
    private readonly List<Candidate> _candidates = [];

    /// <summary>Reports the id when an earlier entry has it.</summary>
    public void CheckId(string id, FileLocation location)
    {
        if (id.Length > 0 && !_ids.TryAdd(id, location))
        {
            problems.AddError(
                location,
                $"The id '{id}' is already used by the {what} in line {_ids[id].Line}.",
                "Use another id for this one; ids are never reused."
            );
        }
    }

    /// <summary>Adds a text to compare in <see cref="CheckTexts"/>.</summary>
    /// <param name="id">The id of its entry.</param>
    /// <param name="text">The text.</param>
    /// <param name="mayBeNear">Whether it may be nearly equal to another, because a note explains it.</param>
    public void AddText(string id, LocatedText text, bool mayBeNear)
    {
        var letters = FoldedText.GetLetters(text.Text);
        _candidates.Add(new(id, text, letters, mayBeNear));
    }

    /// <summary>Reports each text that is equal or nearly equal to an earlier one.</summary>
    public void CheckTexts()
    {
        var letters = _candidates.ConvertAll(candidate => candidate.Letters);
        foreach (var (first, second) in NearDuplicateFinder.FindPairs(letters))
        {
            CheckPair(_candidates[first], _candidates[second]);
        }
    }

    private void CheckPair(Candidate first, Candidate second)
    {
        var other = $"The {what} '{first.Id}' in line {first.Text.Location.Line}";
        if (first.Text.Text == second.Text.Text)
        {
            problems.AddError(second.Text.Location, $"{other} has the same text.", "Keep one of the two.");
        }
        else if (!first.MayBeNear && !second.MayBeNear)
        {
            var similarity =
                first.Letters == second.Letters
                    ? "the same text except for punctuation, spaces, accents or capitals"
                    : "nearly the same text";
            problems.AddWarning(
                second.Text.Location,
                $"{other} has {similarity}.",
                "Keep one of the two, or add a 'note' to this one that says why both are needed."
            );
        }
    }

    private sealed record Candidate(string Id, LocatedText Text, string Letters, bool MayBeNear);
}
