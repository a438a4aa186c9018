namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds ids and texts that occur twice in a file, and ids that another file has too.</summary>
/// <param name="what">What the file contains, such as "quote".</param>
/// <param name="problems">The problems of the file.</param>
internal sealed class DuplicateCheck(string what, ProblemList problems)
{
    private readonly Dictionary<string, FileLocation> _ids = [];
    private readonly List<Candidate> _candidates = [];

    private string What { get; } = what;

    /// <summary>Reports the id when an earlier entry has it.</summary>
    public void CheckId(EntryReader entry, string id)
    {
        var location = entry.GetLocation("id");
        if (id.Length > 0 && !_ids.TryAdd(id, location))
        {
            problems.AddError(
                location,
                $"The id '{id}' is already used by the {What} in line {_ids[id].Line}.",
                "Use another id for this one; ids are never reused."
            );
        }
    }

    /// <summary>Reports each id that an entry of another file has too: posts and commands name a quotation or an event
    /// by its id alone.</summary>
    public void CheckIdsOf(DuplicateCheck other)
    {
        foreach (var (id, location) in _ids)
        {
            if (!other._ids.TryGetValue(id, out var used))
            {
                continue;
            }

            var file = Path.GetFileName(used.File);
            problems.AddError(
                location,
                $"The id '{id}' is already used by the {other.What} in line {used.Line} of {file}.",
                "Use another id for the newer of the two; ids are never reused."
            );
        }
    }

    /// <summary>Adds a text to compare in <see cref="CheckTexts"/>. One with a note may be nearly equal to
    /// another.</summary>
    public void AddText(EntryReader entry, string id, string text, bool hasNote)
    {
        var location = entry.GetLocation("text");
        var letters = FoldedText.GetLetters(text);
        _candidates.Add(new(id, location, text, letters, hasNote));
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
        var other = $"The {What} '{first.Id}' in line {first.Location.Line}";
        if (first.Text == second.Text)
        {
            problems.AddError(second.Location, $"{other} has the same text.", "Keep one of the two.");
        }
        else if (!first.HasNote && !second.HasNote)
        {
            var similarity =
                first.Letters == second.Letters
                    ? "the same text except for punctuation, spaces, accents or capitals"
                    : "nearly the same text";
            problems.AddWarning(
                second.Location,
                $"{other} has {similarity}.",
                "Keep one of the two, or add a 'note' to this one that says why both are needed."
            );
        }
    }

    private sealed record Candidate(string Id, FileLocation Location, string Text, string Letters, bool HasNote);
}
