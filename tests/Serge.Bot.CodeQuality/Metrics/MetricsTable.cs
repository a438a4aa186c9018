using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Serge.Bot.CodeQuality.Metrics;

/// <summary>Prints the figures of every project below <c>src</c>.</summary>
internal static class MetricsTable
{
    private static readonly CompositeFormat Row = CompositeFormat.Parse(
        "{0,-26}{1,6}{2,8}{3,9}{4,8:0.0}{5,8}{6,10:0.0}{7,8}{8,7}  {9}"
    );

    /// <returns>0.</returns>
    public static async Task<int> PrintAsync(string repository, TextWriter output, CancellationToken cancellationToken)
    {
        await WriteAsync(
            output,
            "project",
            "files",
            "lines",
            "tokens",
            "t/line",
            "?:",
            "?:/1000",
            "nested",
            "wide",
            "namespaces in cycles"
        );
        FileMetrics total = new(0, 0, 0, 0, 0, 0);
        foreach (
            var folder in Directory.EnumerateDirectories(Path.Combine(repository, "src")).Order(StringComparer.Ordinal)
        )
        {
            var (sum, cycles) = await MeasureAsync(repository, folder, cancellationToken);
            await WriteAsync(output, Path.GetFileName(folder), sum, cycles);
            total += sum;
        }

        await WriteAsync(output, "all", total, "");
        return 0;
    }

    /// <summary>Cycles can be found only in projects that are restored; projects with packages may not be.</summary>
    private static async Task<(FileMetrics Sum, string Cycles)> MeasureAsync(
        string repository,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var assets = Path.Combine(repository, "artifacts", "obj", Path.GetFileName(folder), "project.assets.json");
        if (!File.Exists(assets))
        {
            var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories);
            var trees = files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)));
            return (Sum(trees), "not restored");
        }

        var project = await ProjectCompiler.OpenAsync(folder, cancellationToken);
        var (namespaces, inCycle) = NamespaceCycles.Find(project.Compilation, project.Trees);
        var names = string.Concat(inCycle.Select(name => $" {name}"));
        return (Sum(project.Trees), $"{inCycle.Count} of {namespaces}{names}");
    }

    private static FileMetrics Sum(IEnumerable<SyntaxTree> trees) =>
        trees.Select(FileMetrics.Measure).Aggregate(new FileMetrics(0, 0, 0, 0, 0, 0), (one, other) => one + other);

    private static Task WriteAsync(TextWriter output, string name, FileMetrics sum, string cycles) =>
        WriteAsync(
            output,
            name,
            sum.Files,
            sum.Lines,
            sum.Tokens,
            sum.TokensPerLine,
            sum.Conditionals,
            sum.ConditionalsPerThousandLines,
            sum.Nested,
            sum.Wide,
            cycles
        );

    private static Task WriteAsync(TextWriter output, params object[] cells) =>
        output.WriteLineAsync(string.Format(CultureInfo.InvariantCulture, Row, cells));
}
