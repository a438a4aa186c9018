using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Serge.Bot.CodeQuality.Metrics;

/// <summary>Prints the members that exceed the target density by the most tokens.</summary>
internal static class DenseMembers
{
    /// <summary>The target density, in tokens per line.</summary>
    private const double Goal = 6.5;

    /// <returns>0.</returns>
    public static async Task<int> PrintAsync(string repository, int count, TextWriter output)
    {
        var source = Path.Combine(repository, "src");
        var members = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Measure(Path.GetRelativePath(source, file), File.ReadAllText(file)));
        foreach (var member in members.OrderByDescending(member => member.Surplus).Take(count))
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{member.Surplus, 6:0} {member.Density, 5:0.0}  {member.File}:{member.Line} {member.Name}"
                )
            );
        }

        return 0;
    }

    private static IEnumerable<DenseMember> Measure(string file, string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text);
        var members = tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>();
        foreach (
            var member in members.Where(member => member is BaseMethodDeclarationSyntax or PropertyDeclarationSyntax)
        )
        {
            var tokens = member.DescendantTokens().Where(token => !token.Span.IsEmpty).ToList();
            HashSet<int> lines = [];
            foreach (var token in tokens)
            {
                var span = token.GetLocation().GetLineSpan();
                var first = span.StartLinePosition.Line;
                lines.UnionWith(Enumerable.Range(first, span.EndLinePosition.Line - first + 1));
            }

            var name = member switch
            {
                MethodDeclarationSyntax method => method.Identifier.Text,
                PropertyDeclarationSyntax property => property.Identifier.Text,
                _ => "constructor or operator",
            };
            yield return new DenseMember(
                file,
                lines.Min() + 1,
                name,
                (double)tokens.Count / lines.Count,
                tokens.Count - (Goal * lines.Count)
            );
        }
    }

    /// <param name="File">Its file, below <c>src</c>.</param>
    /// <param name="Line">Its first line.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Density">Tokens per line.</param>
    /// <param name="Surplus">Tokens above the target for its lines.</param>
    private sealed record DenseMember(string File, int Line, string Name, double Density, double Surplus);
}
