using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Serge.Bot.CodeQuality.Metrics;

/// <summary>Figures about C# files.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="Lines">Lines of code, without blank lines and comments.</param>
/// <param name="Tokens">C# tokens, punctuation included.</param>
/// <param name="Conditionals">Conditional expressions (<c>?:</c>).</param>
/// <param name="Nested">Conditional expressions that share a statement or member with another one.</param>
/// <param name="Wide">Lines over 120 columns, comments included.</param>
internal sealed record FileMetrics(int Files, int Lines, int Tokens, int Conditionals, int Nested, int Wide)
{
    /// <summary>The maximum length of a line, in columns.</summary>
    private const int MaxColumns = 120;

    public double TokensPerLine => (double)Tokens / Math.Max(1, Lines);

    public double ConditionalsPerThousandLines => 1000.0 * Conditionals / Math.Max(1, Lines);

    public static FileMetrics Measure(SyntaxTree tree)
    {
        var text = tree.GetText();
        var root = tree.GetRoot();
        HashSet<int> lines = [];
        var tokens = 0;
        foreach (var token in root.DescendantTokens().Where(token => !token.Span.IsEmpty))
        {
            tokens++;
            var first = text.Lines.IndexOf(token.SpanStart);
            var last = text.Lines.IndexOf(token.Span.End - 1);
            lines.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        var conditionals = root.DescendantNodes().OfType<ConditionalExpressionSyntax>().ToList();
        var shared = conditionals.GroupBy(Owner).Sum(group => group.Count() - 1);
        var wide = text.Lines.Count(line => line.Span.Length > MaxColumns);
        return new FileMetrics(1, lines.Count, tokens, conditionals.Count, shared, wide);
    }

    public static FileMetrics operator +(FileMetrics one, FileMetrics other) =>
        new(
            one.Files + other.Files,
            one.Lines + other.Lines,
            one.Tokens + other.Tokens,
            one.Conditionals + other.Conditionals,
            one.Nested + other.Nested,
            one.Wide + other.Wide
        );

    /// <summary>The statement, or the expression body or initializer, that a conditional expression belongs
    /// to.</summary>
    private static SyntaxNode Owner(ConditionalExpressionSyntax conditional) =>
        conditional
            .Ancestors()
            .First(node =>
                node
                    is StatementSyntax
                        or MemberDeclarationSyntax
                        or SwitchExpressionArmSyntax
                        or LambdaExpressionSyntax
                        or CompilationUnitSyntax
            );
}
