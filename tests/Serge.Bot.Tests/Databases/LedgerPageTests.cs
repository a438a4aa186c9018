using System.Text.RegularExpressions;
using Serge.Bot.Storage;

namespace Serge.Bot.Tests.Databases;

/// <summary><c>docs/ledger.md</c> explains the schema as it is.</summary>
public sealed partial class LedgerPageTests
{
    [Fact]
    public void EveryTableAndColumn_HasALine()
    {
        var page = File.ReadAllText(Path.Combine(Repository(), "docs", "ledger.md"));
        var sections = page.Split("\n### ").Skip(1).ToDictionary(section => section.Split('\n')[0].Trim('`', ' '), StringComparer.Ordinal);

        foreach (var (table, column) in Columns())
        {
            Assert.True(sections.TryGetValue(table, out var section), $"docs/ledger.md has no section “### `{table}`”.");
            Assert.True(section.Split('\n').Any(line => line.StartsWith($"| `{column}` |", StringComparison.Ordinal)), $"docs/ledger.md has no line for {table}.{column}.");
        }
    }

    private static IEnumerable<(string Table, string Column)> Columns()
    {
        foreach (var step in Schema.Steps)
        {
            foreach (Match table in Table().Matches(step))
            {
                foreach (Match column in Column().Matches(table.Groups[2].Value))
                {
                    yield return (table.Groups[1].Value, column.Groups[1].Value);
                }
            }

            foreach (Match added in Added().Matches(step))
            {
                yield return (added.Groups[1].Value, added.Groups[2].Value);
            }
        }
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"CREATE TABLE (\w+) \((.*?)\) STRICT", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\s*(\w+) (?:TEXT|INTEGER)", RegexOptions.Multiline)]
    private static partial Regex Column();

    [GeneratedRegex(@"ALTER TABLE (\w+) ADD COLUMN (\w+)")]
    private static partial Regex Added();
}
