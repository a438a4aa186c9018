using System.Text;

namespace Serge.Bot.Cli;

/// <summary>Writes to the console and shows characters that a terminal executes or hides, except line feeds: a text
/// from outside cannot forge a heading or change the terminal's title.</summary>
/// <remarks>In JSON, which has the same notation, the text keeps its meaning.</remarks>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    private readonly TextWriter _inner = inner;

    /// <summary>The console itself, for the program's own control sequences, such as colours.</summary>
    public static TextWriter Unwrap(TextWriter writer) => writer is VisibleWriter visible ? visible._inner : writer;

    public override Encoding Encoding => _inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value) => _inner.Write(VisibleText.OfLines(value ?? ""));

    public override void WriteLine() => _inner.WriteLine();

    public override void WriteLine(string? value) => _inner.WriteLine(VisibleText.OfLines(value ?? ""));

    public override Task WriteAsync(string? value) => _inner.WriteAsync(VisibleText.OfLines(value ?? ""));

    public override Task WriteLineAsync() => _inner.WriteLineAsync();

    public override Task WriteLineAsync(string? value) => _inner.WriteLineAsync(VisibleText.OfLines(value ?? ""));

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync() => _inner.FlushAsync();
}
