using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Serge.Bot.CodeQuality.Metrics;

/// <summary>Finds cycles of dependencies between the namespaces of one project.</summary>
internal static class NamespaceCycles
{
    /// <returns>How many namespaces the project has, and those that are part of a cycle.</returns>
    public static (int Namespaces, IReadOnlyList<string> InCycle) Find(
        CSharpCompilation compilation,
        IEnumerable<SyntaxTree> trees
    )
    {
        Dictionary<string, HashSet<string>> targets = new(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var from = Namespace(model.GetEnclosingSymbol(name.SpanStart));
                var to = NamespaceIn(compilation.Assembly, model.GetSymbolInfo(name).Symbol);
                if (from is null || name.Ancestors().Any(node => node is UsingDirectiveSyntax))
                {
                    continue;
                }

                var known = targets.TryGetValue(from, out var set) ? set : targets[from] = new(StringComparer.Ordinal);
                if (to is not null && to != from)
                {
                    known.Add(to);
                }
            }
        }

        var reachable = targets.Keys.ToDictionary(name => name, name => Reachable(name, targets));
        return (
            targets.Count,
            [.. targets.Keys.Where(name => reachable[name].Contains(name)).Order(StringComparer.Ordinal)]
        );
    }

    private static HashSet<string> Reachable(string start, Dictionary<string, HashSet<string>> targets)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new([start]);
        while (open.TryPop(out var name))
        {
            foreach (var next in targets.GetValueOrDefault(name) ?? [])
            {
                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    private static string? Namespace(ISymbol? symbol)
    {
        var container = symbol is INamespaceSymbol ? null : symbol?.ContainingNamespace;
        return container is null or { IsGlobalNamespace: true } ? null : container.ToDisplayString();
    }

    private static string? NamespaceIn(IAssemblySymbol assembly, ISymbol? symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol?.ContainingAssembly, assembly) ? Namespace(symbol) : null;
}
