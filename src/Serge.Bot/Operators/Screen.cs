using Spectre.Console;

namespace Serge.Bot.Operators;

/// <summary>Drawing on a terminal.</summary>
internal static class Screen
{
    /// <summary>What draws tables and panels there.</summary>
    public static IAnsiConsole On(TextWriter output, Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal.HasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = terminal.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>A text in a frame, under its heading.</summary>
    public static void WritePanel(TextWriter output, Terminal terminal, string heading, string body) => On(output, terminal).Write(
        new Panel(new Text(body)) { Header = new PanelHeader($" {Markup.Escape(heading)} "), Border = BoxBorder.Rounded, BorderStyle = StyleOf(Tone.Quiet), Padding = new Padding(1, 0), Expand = true });

    /// <summary>The terminal's own sixteen colours: its owner has chosen them to be readable.</summary>
    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Note => new Style(Color.Olive),
        Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.Quiet => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
