using Spectre.Console;

namespace Serge.Bot.Cli;

/// <summary>Draws on a terminal.</summary>
internal static class ConsoleOutput
{
    private const int StateWidth = 5;
    private const int WhatWidth = 14;

    public static IAnsiConsole Open(TextWriter output, Terminal terminal)
    {
        AnsiConsoleSettings settings = new()
        {
            // Colours are control sequences. The texts between them are made visible one by one.
            Out = new AnsiConsoleOutput(VisibleWriter.Unwrap(output)),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        };
        if (terminal.HasColours)
        {
            settings.Ansi = AnsiSupport.Yes;
            settings.ColorSystem = ColorSystemSupport.Standard;
        }

        var console = AnsiConsole.Create(settings);
        console.Profile.Width = terminal.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>Indents all lines but the first and blank ones.</summary>
    public static string Indent(string text)
    {
        var indented = text.Replace("\n", "\n  ", StringComparison.Ordinal);
        return indented.Replace("\n  \n", "\n\n", StringComparison.Ordinal);
    }

    /// <summary>Writes a text in a frame with a heading.</summary>
    public static void WritePanel(TextWriter output, Terminal terminal, string heading, string body)
    {
        var title = Spectre.Console.Markup.Escape(VisibleText.OfLine(heading));
        Panel panel = new(CreateText(body, TextStyle.Plain))
        {
            Header = new PanelHeader($" {title} "),
            Border = BoxBorder.Rounded,
            BorderStyle = GetStyle(TextStyle.Quiet),
            Expand = true,
        };
        Open(output, terminal).Write(panel);
    }

    /// <summary>Writes one finding. On a terminal a long message wraps within its column.</summary>
    public static void WriteDiagnostic(TextWriter output, Terminal? terminal, Cell state, string what, string message)
    {
        var paddedState = state.Text.PadRight(StateWidth);
        var paddedWhat = what.PadRight(WhatWidth);
        if (terminal is null)
        {
            output.WriteLine($"{paddedState}  {paddedWhat}  {message}");
            return;
        }

        // A link that wraps cannot be followed.
        if (message.StartsWith("https://", StringComparison.Ordinal))
        {
            Open(output, terminal).Write(CreateText(paddedState, state.Style));
            output.WriteLine($"  {paddedWhat}  {message}");
            return;
        }

        var grid = new Grid()
            .AddColumn(new GridColumn().Width(StateWidth).PadLeft(0).PadRight(2))
            .AddColumn(new GridColumn().Width(WhatWidth).PadLeft(0).PadRight(2))
            .AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        grid.AddRow(
            CreateText(state.Text, state.Style),
            CreateText(what, TextStyle.Plain),
            CreateText(message, TextStyle.Plain)
        );
        Open(output, terminal).Write(grid);
    }

    /// <summary>A text for a terminal, with characters shown that it would execute or hide.</summary>
    public static Text CreateText(string text, TextStyle style) => new(VisibleText.OfLines(text), GetStyle(style));

    /// <summary>The terminal's own sixteen colours: its user has chosen them to be readable.</summary>
    public static Style GetStyle(TextStyle style) =>
        style switch
        {
            TextStyle.Good => new Style(Color.Green),
            TextStyle.Note => new Style(Color.Olive),
            TextStyle.Bad => new Style(Color.Red, decoration: Decoration.Bold),
            TextStyle.Quiet => new Style(Color.Grey),
            _ => Style.Plain,
        };
}
