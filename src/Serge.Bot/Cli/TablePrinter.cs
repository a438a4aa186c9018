using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Serge.Bot.Cli;

/// <summary>Prints rows under headings: a table on a terminal; elsewhere one line per row with aligned columns, and
/// nothing shortened, wrapped or coloured.</summary>
/// <param name="headings">One per column; the last may be empty, for remarks.</param>
internal sealed class TablePrinter(params IReadOnlyList<string> headings)
{
    private static readonly Style HeadingStyle = new(decoration: Decoration.Bold);

    private const int Gap = 2;
    private const int CellPadding = 3;

    /// <summary>A wrapping column narrower than this is hard to read.</summary>
    private const int MinWrapWidth = 30;

    private readonly List<IReadOnlyList<Cell>> _rows = [];

    /// <summary>The column whose text may wrap on a terminal; the others do not. Default: none.</summary>
    public int? WrapColumn { get; init; }

    /// <summary>Whether rows are separated by lines, for rows with several lines. Default: no.</summary>
    public bool HasLines { get; init; }

    /// <summary>The option of every command that lists something.</summary>
    public static Option<bool> JsonOption(string content = "") =>
        new("--json") { Description = $"Print JSON{content}. docs/json.md describes the fields." };

    /// <summary>Adds a row with one cell per column.</summary>
    public void Add(params IReadOnlyList<Cell> row)
    {
        if (row.Count != headings.Count)
        {
            throw new ArgumentException($"{row.Count} cells for {headings.Count} columns.", nameof(row));
        }

        _rows.Add(row);
    }

    /// <summary>Writes the table, or a message when it has no rows.</summary>
    public async Task WriteAsync(CommandContext context, string whenEmpty)
    {
        if (_rows.Count == 0)
        {
            await context.Output.WriteLineAsync(whenEmpty);
        }
        else
        {
            WriteTo(context.Output, context.Terminal);
        }
    }

    public void WriteTo(TextWriter output, Terminal? terminal)
    {
        if (terminal is null)
        {
            WritePlain(output);
            return;
        }

        var console = ConsoleOutput.Open(output, terminal);
        if (FitsAsTable(terminal.Width))
        {
            console.Write(CreateTable());
        }
        else
        {
            WriteStacked(console, terminal.Width);
        }
    }

    private void WritePlain(TextWriter output)
    {
        List<string[]> lines =
        [
            [.. headings],
        ];
        foreach (var row in _rows)
        {
            lines.Add([.. row.Select(cell => cell.Text.ReplaceLineEndings(" "))]);
        }

        int[] widths = [.. headings.Select((_, column) => lines.Max(line => GetLength(line[column])))];
        foreach (var line in lines)
        {
            var cells = line.Select((text, column) => Pad(text, widths[column]));
            var joined = string.Join("  ", cells);
            output.WriteLine(joined.TrimEnd());
        }
    }

    private static string Pad(string text, int width) => text + new string(' ', width - GetLength(text));

    /// <summary>Whether it fits as a table without wrapping a column that must not wrap.</summary>
    private bool FitsAsTable(int width)
    {
        var needed = GetColumns().Where(column => column != WrapColumn).Sum(column => GetWidth(column) + CellPadding);
        if (WrapColumn is not null)
        {
            needed += MinWrapWidth + CellPadding;
        }

        return needed + 1 <= width;
    }

    private Table CreateTable()
    {
        var table = new Table { ShowRowSeparators = HasLines }
            .Border(TableBorder.Rounded)
            .BorderStyle(ConsoleOutput.GetStyle(TextStyle.Quiet));
        int[] columns = [.. GetColumns()];
        foreach (var column in columns)
        {
            Text heading = new(headings[column], HeadingStyle);
            table.AddColumn(new TableColumn(heading) { NoWrap = column != WrapColumn });
        }

        foreach (var row in _rows)
        {
            table.AddRow(columns.Select(column => CreateText(row[column])));
        }

        return table;
    }

    /// <summary>For narrow terminals: the cells of a row on as many lines as they need, and long texts below.</summary>
    private void WriteStacked(IAnsiConsole console, int width)
    {
        StackedRows rows = new(console, width)
        {
            Columns = [.. GetColumns().Where(column => column != WrapColumn && headings[column].Length > 0)],
            Widths = [.. headings.Select((_, column) => GetWidth(column))],
            Indent = Math.Min(GetWidth(0) + Gap, width / 4),
        };
        rows.WriteCells(column => new Text(headings[column], HeadingStyle));
        foreach (var row in _rows)
        {
            rows.WriteCells(column => CreateText(InOneLine(row[column])));
            var below = GetColumnsBelow().Select(column => row[column]);
            foreach (var cell in below.Where(cell => cell.Text.Length > 0))
            {
                rows.WriteBelow(CreateText(cell));
            }
        }
    }

    private static Cell InOneLine(Cell cell)
    {
        var line = cell.Text.ReplaceLineEndings(" ");
        return cell with { Text = line };
    }

    private IEnumerable<int> GetColumnsBelow()
    {
        if (WrapColumn is { } wrapped)
        {
            yield return wrapped;
        }

        if (headings[^1].Length == 0)
        {
            yield return headings.Count - 1;
        }
    }

    /// <summary>All columns except an empty one for remarks.</summary>
    private IEnumerable<int> GetColumns()
    {
        for (var column = 0; column < headings.Count; column++)
        {
            if (headings[column].Length > 0 || _rows.Any(row => row[column].Text.Length > 0))
            {
                yield return column;
            }
        }
    }

    private int GetWidth(int column)
    {
        var lines = _rows.SelectMany(row => row[column].Text.Split('\n'));
        return lines.Append(headings[column]).Max(GetLength);
    }

    private static Text CreateText(Cell cell) => ConsoleOutput.CreateText(cell.Text, cell.Style);

    /// <summary>Length in characters as people count them: a letter with a combining accent is one.</summary>
    private static int GetLength(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Rows whose cells continue on indented lines.</summary>
    private sealed class StackedRows(IAnsiConsole console, int width)
    {
        public required int[] Columns { get; init; }

        public required int[] Widths { get; init; }

        public required int Indent { get; init; }

        public void WriteCells(Func<int, Text> getCell)
        {
            var position = 0;
            foreach (var column in Columns)
            {
                var cellWidth = Widths[column];
                if (position > Indent && position + cellWidth > width)
                {
                    console.WriteLine();
                    WriteSpaces(Indent);
                    position = Indent;
                }

                var cell = getCell(column);
                console.Write(cell);
                var available = Math.Min(cellWidth + Gap, width - position);
                WriteSpaces(available - cell.Length);
                position += cellWidth + Gap;
            }

            console.WriteLine();
        }

        public void WriteBelow(Text text)
        {
            Padding padding = new(Indent, 0, 0, 0);
            console.Write(new Padder(text, padding));
        }

        private void WriteSpaces(int count)
        {
            string spaces = new(' ', Math.Max(0, count));
            console.Write(new Text(spaces));
        }
    }
}
