namespace Serge.Bot.Catalogue.Reading;

/// <summary>Collects what is wrong, so that a person can mend it all in one go.</summary>
internal sealed class ProblemList
{
    /// <summary>No more than so many of a file are listed: whoever has these has lost the thread for another reason.</summary>
    internal const int MaxPerFile = 200;

    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _perFile = new(StringComparer.Ordinal);

    public bool HasErrors { get; private set; }

    public void AddError(FileLocation at, string what, string mend) => Add(new(at, ProblemSeverity.Error, what, mend));

    public void AddWarning(FileLocation at, string what, string mend) =>
        Add(new(at, ProblemSeverity.Warning, what, mend));

    /// <summary>Takes what others have collected.</summary>
    public void AddAll(IEnumerable<ProblemList> others)
    {
        foreach (var other in others)
        {
            _problems.AddRange(other._problems);
            HasErrors |= other.HasErrors;
        }
    }

    /// <summary>Which known word a misspelt one at this place may have meant; null when none is near, or when the problem will not be listed.</summary>
    public string? FindNearest(FileLocation at, string written, IEnumerable<string> known) =>
        _perFile.GetValueOrDefault(at.File) < MaxPerFile ? Spelling.FindNearest(written, known) : null;

    /// <summary>File by file as named, each from top to bottom.</summary>
    public IReadOnlyList<Problem> GetSorted(params IEnumerable<string> files)
    {
        List<string> order = [.. files];
        return
        [
            .. _problems
                .OrderBy(p => order.IndexOf(p.Location.File))
                .ThenBy(static p => p.Location.Line)
                .ThenBy(static p => p.Location.Column),
        ];
    }

    private void Add(Problem problem)
    {
        HasErrors |= problem.Severity == ProblemSeverity.Error;
        var count = _perFile[problem.Location.File] = _perFile.GetValueOrDefault(problem.Location.File) + 1;
        if (count <= MaxPerFile)
        {
            _problems.Add(problem);
        }
        else if (count == MaxPerFile + 1)
        {
            _problems.Add(
                problem with
                {
                    Location = problem.Location with { Line = int.MaxValue, Column = 1 },
                    Message = $"There are more than {MaxPerFile} problems in this file; the others are not listed.",
                    Fix = "Mend those above and check again.",
                }
            );
        }
    }
}
