using Microsoft.CodeAnalysis.Text;

namespace Serge.Bot.CodeQuality.Mutants;

/// <summary>One small change of one source file.</summary>
/// <param name="File">The file's full path.</param>
/// <param name="Span">The text that is replaced.</param>
/// <param name="Line">The line of that text, from 1.</param>
/// <param name="Original">The replaced text.</param>
/// <param name="Replacement">The new text.</param>
internal sealed record Mutant(string File, TextSpan Span, int Line, string Original, string Replacement)
{
    /// <summary>One line that describes the change.</summary>
    public string Describe(string repository) =>
        $"{Path.GetRelativePath(repository, File)}:{Line}: {OneLine(Original)} → {OneLine(Replacement)}";

    private static string OneLine(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= 100 ? words : $"{words[..97]}...";
    }
}
