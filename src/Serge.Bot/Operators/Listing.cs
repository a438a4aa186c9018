using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Serge.Bot.Operators;

/// <summary>Rows under headings: a table on a terminal; elsewhere one line a row, its columns aligned, nothing cut, wrapped or coloured.</summary>
/// <param name="headings">One a column; the last may be empty, for remarks.</param>
internal sealed class Listing(params IReadOnlyList<string> headings)
{
    private readonly List<IReadOnlyList<Cell>> _rows = [];

    /// <summary>Whether a line stands between the rows of a table: for rows of several lines. Default: none.</summary>
    public bool HasLines { get; init; }

    /// <summary>The option that every verb has which lists something.</summary>
    public static Option<bool> JsonOption(string more = "") => new("--json") { Description = $"As JSON{more}. The fields are told in docs/json.md." };

    /// <summary>Adds a row, one cell a column.</summary>
    public void Add(params IReadOnlyList<Cell> row)
    {
        _rows.Add(row.Count == headings.Count ? row : throw new ArgumentException($"{row.Count} cells for {headings.Count} columns.", nameof(row)));
    }

    /// <summary>Writes it where the answers of a verb go.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="whenEmpty">What is said when there is no row.</param>
    public async Task WriteAsync(VerbContext context, string whenEmpty)
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
        else
        {
            Screen.On(output, terminal).Write(Table());
        }
    }

    private void WritePlain(TextWriter output)
    {
        var lines = _rows.Select(row => row.Select(cell => cell.Text.ReplaceLineEndings(" ")).ToArray()).Prepend([.. headings]).ToArray();
        var widths = Enumerable.Range(0, headings.Count).Select(column => lines.Max(line => Width(line[column]))).ToArray();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((text, column) => text + new string(' ', widths[column] - Width(text)))).TrimEnd());
        }
    }

    private Table Table()
    {
        var table = new Table().Border(TableBorder.Rounded).BorderStyle(Style.Parse("grey"));
        table.ShowRowSeparators = HasLines;
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))));
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, Screen.StyleOf(cell.Tone))));
        }

        return table;
    }

    /// <summary>As people count letters; a letter with an accent of its own is one.</summary>
    private static int Width(string text) => new StringInfo(text).LengthInTextElements;
}

/// <summary>One cell of a listing.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Tone">How it is meant.</param>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    /// <summary>A plain one; nothing for <see langword="null"/>.</summary>
    public static implicit operator Cell(string? text) => new(text ?? "");
}

/// <summary>How something is meant. Only a colour hangs on it: the words say it too.</summary>
internal enum Tone
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
