namespace Serge.Bot.Tests.Cli;

/// <summary>A question is on the screen before its answer is read, also where the output is buffered.</summary>
public sealed class PromptTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("add quote")]
    [InlineData("retract within-us")]
    public async Task AnyQuestion_IsFlushedBeforeItsAnswerIsRead(string args)
    {
        using BufferedWriter output = new();
        using WatchingReader person = new(output);

        await CommandLine.RunAsync(
            [.. args.Split(' '), "--home", _catalogue.Home],
            Clocks.Real,
            output,
            TextWriter.Null,
            person,
            terminal: null
        );

        Assert.True(person.Reads > 0);
        Assert.Equal(0, person.ReadsBeforeFlush);
    }

    /// <summary>Knows whether everything that was written was flushed.</summary>
    private sealed class BufferedWriter : StringWriter
    {
        public bool IsFlushed { get; private set; }

        public override Task WriteAsync(string? value)
        {
            IsFlushed = false;
            return base.WriteAsync(value);
        }

        public override Task FlushAsync()
        {
            IsFlushed = true;
            return base.FlushAsync();
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => FlushAsync();
    }

    /// <summary>Nobody types anything, and it is noted what was on the screen then.</summary>
    private sealed class WatchingReader(BufferedWriter output) : TextReader
    {
        public int Reads { get; private set; }

        public int ReadsBeforeFlush { get; private set; }

        public override string? ReadLine()
        {
            Reads++;
            ReadsBeforeFlush += output.IsFlushed ? 0 : 1;
            return null;
        }

        public override Task<string?> ReadLineAsync() => Task.FromResult(ReadLine());
    }
}
