using Spectre.Console;

namespace Serge.Bot.Cli;

/// <summary>Drawing on a terminal.</summary>
internal static class ConsoleOutput
{
    private const int StateWidth = 5;
    private const int WhatWidth = 14;

    /// <summary>What draws tables and panels there.</summary>
    public static IAnsiConsole On(TextWriter output, Terminal terminal)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = terminal.HasColours ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = terminal.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
        console.Profile.Width = terminal.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>A text in a frame, under its heading.</summary>
    public static void WritePanel(TextWriter output, Terminal terminal, string heading, string body) =>
        On(output, terminal)
            .Write(
                new Panel(new Text(body))
                {
                    Header = new PanelHeader($" {Markup.Escape(heading)} "),
                    Border = BoxBorder.Rounded,
                    BorderStyle = StyleOf(TextStyle.Quiet),
                    Expand = true,
                }
            );

    /// <summary>One line of an examination: how it is, what, and what is to be said of it. On a terminal long words wrap under themselves.</summary>
    public static void WriteDiagnostic(TextWriter output, Terminal? terminal, Cell state, string what, string says)
    {
        if (terminal is null)
        {
            output.WriteLine($"{state.Text, -StateWidth}  {what, -WhatWidth}  {says}");
            return;
        }

        // A link that wraps cannot be followed.
        if (says.StartsWith("https://", StringComparison.Ordinal))
        {
            On(output, terminal).Write(new Text($"{state.Text, -StateWidth}", StyleOf(state.Tone)));
            output.WriteLine($"  {what, -WhatWidth}  {says}");
            return;
        }

        var line = new Grid()
            .AddColumn(new GridColumn().Width(StateWidth).PadLeft(0).PadRight(2))
            .AddColumn(new GridColumn().Width(WhatWidth).PadLeft(0).PadRight(2))
            .AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        line.AddRow(new Text(state.Text, StyleOf(state.Tone)), new Text(what), new Text(says));
        On(output, terminal).Write(line);
    }

    /// <summary>The terminal's own sixteen colours: its owner has chosen them to be readable.</summary>
    public static Style StyleOf(TextStyle tone) =>
        tone switch
        {
            TextStyle.Good => new Style(Color.Green),
            TextStyle.Note => new Style(Color.Olive),
            TextStyle.Bad => new Style(Color.Red, decoration: Decoration.Bold),
            TextStyle.Quiet => new Style(Color.Grey),
            _ => Style.Plain,
        };
}
