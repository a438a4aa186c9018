namespace Serge.Bot.Catalogue;

/// <summary>A position in a file that people edit.</summary>
/// <param name="File">The file's name as the reader was given it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public readonly record struct FileLocation(string File, int Line, int Column)
{
    /// <summary><c>quotes.yaml:12:5</c>, a form that editors and terminals turn into a link.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
