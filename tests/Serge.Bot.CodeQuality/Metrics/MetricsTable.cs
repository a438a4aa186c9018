using System.Globalization;
using System.Text;

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
            var project = await ProjectCompiler.OpenAsync(folder, cancellationToken);
            if (project.Trees.Count == 0)
            {
                // A project on packages that are not restored compiles no file.
                continue;
            }

            var sum = project.Trees.Select(FileMetrics.Measure).Aggregate((one, other) => one + other);
            var (namespaces, inCycle) = NamespaceCycles.Find(project.Compilation, project.Trees);
            var cycles =
                $"{inCycle.Count} of {namespaces}{(inCycle.Count == 0 ? "" : ": ")}{string.Join(' ', inCycle)}";
            await WriteAsync(output, Path.GetFileName(folder), sum, cycles);
            total += sum;
        }

        await WriteAsync(output, "all", total, "");
        return 0;
    }

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
