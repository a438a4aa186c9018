using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Serge.Bot.Cli;

/// <summary>Rows under headings: a table on a terminal; elsewhere one line a row, its columns aligned, nothing cut, wrapped or coloured.</summary>
/// <param name="headings">One a column; the last may be empty, for remarks.</param>
internal sealed class TablePrinter(params IReadOnlyList<string> headings)
{
    private static readonly Style Heading = new(decoration: Decoration.Bold);

    private const int Gap = 2;
    private const int LeastProse = 30;

    private readonly List<IReadOnlyList<Cell>> _rows = [];

    /// <summary>The column whose text may wrap on a terminal; the others are kept in one piece. Default: none.</summary>
    public int? WrapColumn { get; init; }

    /// <summary>Whether a line stands between the rows of a table: for rows of several lines. Default: none.</summary>
    public bool HasLines { get; init; }

    /// <summary>The option that every verb has which lists something.</summary>
    public static Option<bool> JsonOption(string more = "") =>
        new("--json") { Description = $"As JSON{more}. The fields are told in docs/json.md." };

    /// <summary>Adds a row, one cell a column.</summary>
    public void Add(params IReadOnlyList<Cell> row)
    {
        _rows.Add(
            row.Count == headings.Count
                ? row
                : throw new ArgumentException($"{row.Count} cells for {headings.Count} columns.", nameof(row))
        );
    }

    /// <summary>Writes it where the answers of a verb go.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="whenEmpty">What is said when there is no row.</param>
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

    /// <summary>Writes it.</summary>
    public void WriteTo(TextWriter output, Terminal? terminal)
    {
        if (terminal is null)
        {
            WritePlain(output);
        }
        else if (Fits(terminal.Width))
        {
            ConsoleOutput.On(output, terminal).Write(Table());
        }
        else
        {
            WriteLines(ConsoleOutput.On(output, terminal), terminal.Width);
        }
    }

    private void WritePlain(TextWriter output)
    {
        var lines = _rows
            .Select(row => row.Select(cell => cell.Text.ReplaceLineEndings(" ")).ToArray())
            .Prepend([.. headings])
            .ToArray();
        var widths = Enumerable
            .Range(0, headings.Count)
            .Select(column => lines.Max(line => Width(line[column])))
            .ToArray();
        foreach (var line in lines)
        {
            output.WriteLine(
                string.Join("  ", line.Select((text, column) => text + new string(' ', widths[column] - Width(text))))
                    .TrimEnd()
            );
        }
    }

    /// <summary>Whether it can stand as a table there without tearing a column that is to be read in one piece.</summary>
    private bool Fits(int width)
    {
        var widths = Columns().Where(column => column != WrapColumn).Select(WidthOf).ToArray();
        return widths.Sum(one => one + 3) + 1 + (WrapColumn is null ? 0 : LeastProse + 3) <= width;
    }

    private Table Table()
    {
        var table = new Table { ShowRowSeparators = HasLines }
            .Border(TableBorder.Rounded)
            .BorderStyle(ConsoleOutput.StyleOf(TextStyle.Quiet));
        foreach (var column in Columns())
        {
            table.AddColumn(new TableColumn(new Text(headings[column], Heading)) { NoWrap = column != WrapColumn });
        }

        foreach (var row in _rows)
        {
            table.AddRow(Columns().Select(column => new Text(row[column].Text, ConsoleOutput.StyleOf(row[column].Tone))));
        }

        return table;
    }

    /// <summary>Where a table has no room: the cells one after the other, on as many lines as they need, with what is long below.</summary>
    private void WriteLines(IAnsiConsole console, int width)
    {
        var columns = Columns().Where(column => column != WrapColumn && headings[column].Length > 0).ToArray();
        var below = new[] { WrapColumn, headings[^1].Length == 0 ? headings.Count - 1 : null }.OfType<int>().ToArray();
        var indent = Math.Min(WidthOf(0) + Gap, width / 4);
        WriteCells(column => new Text(headings[column], Heading));
        foreach (var row in _rows)
        {
            WriteCells(column => new Text(row[column].Text.ReplaceLineEndings(" "), ConsoleOutput.StyleOf(row[column].Tone)));
            foreach (var cell in below.Select(column => row[column]).Where(cell => cell.Text.Length > 0))
            {
                console.Write(new Padder(new Text(cell.Text, ConsoleOutput.StyleOf(cell.Tone)), new Padding(indent, 0, 0, 0)));
            }
        }

        void WriteCells(Func<int, Text> cell)
        {
            var at = 0;
            foreach (var column in columns)
            {
                if (at > indent && at + WidthOf(column) > width)
                {
                    console.WriteLine();
                    console.Write(new Text(new string(' ', at = indent)));
                }

                var text = cell(column);
                var rest = Math.Min(WidthOf(column) + Gap, width - at) - text.Length;
                console.Write(text);
                console.Write(new Text(new string(' ', Math.Max(0, rest))));
                at += WidthOf(column) + Gap;
            }

            console.WriteLine();
        }
    }

    /// <summary>All columns but one for remarks where there are none.</summary>
    private IEnumerable<int> Columns() =>
        Enumerable
            .Range(0, headings.Count)
            .Where(column => headings[column].Length > 0 || _rows.Any(row => row[column].Text.Length > 0));

    private int WidthOf(int column) =>
        _rows.SelectMany(row => row[column].Text.Split('\n')).Append(headings[column]).Max(Width);

    /// <summary>As people count letters; a letter with an accent of its own is one.</summary>
    private static int Width(string text) => new StringInfo(text).LengthInTextElements;
}

/// <summary>One cell of a listing.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Tone">How it is meant.</param>
internal readonly record struct Cell(string Text, TextStyle Tone = TextStyle.Plain)
{
    /// <summary>A plain one; nothing for <see langword="null"/>.</summary>
    public static implicit operator Cell(string? text) => new(text ?? "");
}

/// <summary>How something is meant. Only a colour hangs on it: the words say it too.</summary>
internal enum TextStyle
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Well.</summary>
    Good,

    /// <summary>To be known.</summary>
    Note,

    /// <summary>A person has to do something.</summary>
    Bad,

    /// <summary>Of lesser weight.</summary>
    Quiet,
}
