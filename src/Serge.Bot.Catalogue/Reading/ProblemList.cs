namespace Serge.Bot.Catalogue.Reading;

/// <summary>Collects problems, so that a person can correct all of them at once.</summary>
internal sealed class ProblemList
{
    /// <summary>The most that are listed of one file: more than these have one common cause.</summary>
    internal const int MaxPerFile = 200;

    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _countByFile = [];

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
    /// <returns>Empty when no known word is near, or when the problem will not be listed.</returns>
    public string CreateHint(FileLocation location, string written, IEnumerable<string> known)
    {
        if (_countByFile.GetValueOrDefault(location.File) >= MaxPerFile)
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
        var count = _countByFile.GetValueOrDefault(file) + 1;
        _countByFile[file] = count;
        if (count <= MaxPerFile)
        {
            _problems.Add(problem);
        }
        else if (count == MaxPerFile + 1)
        {
            FileLocation end = new(file, int.MaxValue, 1);
            var summary = $"There are more than {MaxPerFile} problems in this file; the others are not listed.";
            _problems.Add(new(end, severity, summary, "Fix those above and check again."));
        }
    }
}
