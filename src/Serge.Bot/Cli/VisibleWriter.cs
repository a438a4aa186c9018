using System.Text;

namespace Serge.Bot.Cli;

/// <summary>Writes to the console and shows characters that a terminal executes or hides, except line feeds: a text
/// from outside cannot forge a heading or change the terminal's title.</summary>
/// <remarks>In JSON, which has the same notation, the text keeps its meaning.</remarks>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    /// <summary>For the program's own control sequences, such as colours.</summary>
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value) => inner.Write(VisibleText.OfLines(value ?? ""));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(VisibleText.OfLines(value ?? ""));

    public override Task WriteAsync(string? value) => inner.WriteAsync(VisibleText.OfLines(value ?? ""));

    public override Task WriteLineAsync() => inner.WriteLineAsync();

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(VisibleText.OfLines(value ?? ""));

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();
}
