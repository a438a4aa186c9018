namespace Serge.Bot.Catalogue.Reading;

/// <summary>Collects problems, so that a person can correct all of them at once.</summary>
internal sealed class ProblemList
{
    /// <summary>The most errors that are listed of one file, and the most warnings: more than these have one common
    /// cause. They are counted separately, so that warnings never hide an error.</summary>
    internal const int MaxPerFile = 200;

    private readonly List<Problem> _problems = [];
    private readonly Dictionary<(string File, ProblemSeverity Severity), int> _counts = [];

    public bool HasErrors { get; private set; }

    public void AddError(FileLocation location, string message, string fix)
    {
        Add(location, ProblemSeverity.Error, message, fix);
    }

    public void AddWarning(FileLocation location, string message, string fix)
    {
        Add(location, ProblemSeverity.Warning, message, fix);
    }

    public void AddAll(IEnumerable<ProblemList> others)
    {
        foreach (var other in others)
        {
            _problems.AddRange(other._problems);
            HasErrors |= other.HasErrors;
        }
    }

    /// <summary>Creates the hint "Did you mean …? " for a misspelt word.</summary>
    /// <param name="location">Where the word is.</param>
    /// <param name="written">The misspelt word.</param>
    /// <param name="known">The words that are allowed.</param>
    /// <param name="severity">The severity of the problem that gets the hint.</param>
    /// <returns>Empty when no known word is near, or when the problem will not be listed.</returns>
    public string CreateHint(
        FileLocation location,
        string written,
        IEnumerable<string> known,
        ProblemSeverity severity = ProblemSeverity.Error
    )
    {
        if (_counts.GetValueOrDefault((location.File, severity)) >= MaxPerFile)
        {
            return "";
        }

        var nearest = Spelling.FindNearest(written, known);
        if (nearest is null)
        {
            return "";
        }

        return $"Did you mean {nearest}? ";
    }

    /// <summary>Sorts the problems by file in the order given, then from top to bottom.</summary>
    public IReadOnlyList<Problem> GetSorted(params IEnumerable<string> files)
    {
        List<string> order = [.. files];
        var sorted = _problems
            .OrderBy(problem => order.IndexOf(problem.Location.File))
            .ThenBy(problem => problem.Location.Line)
            .ThenBy(problem => problem.Location.Column);
        return [.. sorted];
    }

    private void Add(FileLocation location, ProblemSeverity severity, string message, string fix)
    {
        Problem problem = new(location, severity, InvisibleCharacter.Show(message), fix);
        HasErrors |= problem.Severity == ProblemSeverity.Error;
        var file = problem.Location.File;
        var count = _counts.GetValueOrDefault((file, severity)) + 1;
        _counts[(file, severity)] = count;
        if (count <= MaxPerFile)
        {
            _problems.Add(problem);
        }
        else if (count == MaxPerFile + 1)
        {
            var kind = severity == ProblemSeverity.Error ? "errors" : "warnings";
            var summary = $"There are more than {MaxPerFile} {kind} in this file; the others are not listed.";
            _problems.Add(new(problem.Location, severity, summary, "Correct those that are listed and check again."));
        }
    }
}
