using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Databases;

/// <summary><c>docs/ledger.md</c> describes the current schema.</summary>
public sealed partial class LedgerPageTests
{
    [Fact]
    public void EveryTableAndColumn_HasALine()
    {
        var page = File.ReadAllText(Path.Combine(Repository(), "docs", "ledger.md"));
        var sections = page.Split("\n### ")
            .Skip(1)
            .ToDictionary(section => section.Split('\n')[0].Trim('`', ' '), StringComparer.Ordinal);

        foreach (var (table, column) in Columns())
        {
            Assert.True(
                sections.TryGetValue(table, out var section),
                $"docs/ledger.md has no section “### `{table}`”."
            );
            Assert.True(
                section.Split('\n').Any(line => line.StartsWith($"| `{column}` |", StringComparison.Ordinal)),
                $"docs/ledger.md has no line for {table}.{column}."
            );
        }
    }

    internal static IEnumerable<(string Table, string Column)> Columns()
    {
        foreach (var step in LedgerDatabase.Steps)
        {
            foreach (Match table in Table().Matches(step))
            {
                foreach (Match column in Column().Matches(table.Groups["columns"].Value))
                {
                    yield return (table.Groups["name"].Value, column.Groups["name"].Value);
                }
            }

            foreach (Match added in Added().Matches(step))
            {
                yield return (added.Groups["table"].Value, added.Groups["name"].Value);
            }
        }
    }

    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(
        @"CREATE TABLE (?<name>\w+) \((?<columns>.*?)\) STRICT",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Table();

    [GeneratedRegex(
        @"^\s*(?<name>\w+) (TEXT|INTEGER)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Column();

    [GeneratedRegex(
        @"ALTER TABLE (?<table>\w+) ADD COLUMN (?<name>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Added();
}
