using System.Globalization;

namespace Serge.Bot.Benchmarks.Support;

/// <summary>A Markdown table.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        _rows.Add(cells);
        Console.Error.WriteLine(string.Join("  ", cells));
    }

    public void Print(string title)
    {
        Console.WriteLine($"\n{title}\n");
        PrintRow(columns);
        PrintRow(columns.Select((_, index) => index == 0 ? "---" : "---:"));
        foreach (var row in _rows)
        {
            PrintRow(row);
        }

        Console.WriteLine();
    }

    /// <summary>A number with three significant digits and thousands separators.</summary>
    public static string Format(double value)
    {
        var digits = value <= 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 6);
        return value.ToString($"N{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>A count with thousands separators.</summary>
    public static string Format(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static void PrintRow(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
