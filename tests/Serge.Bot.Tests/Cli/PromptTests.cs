namespace Serge.Bot.Tests.Cli;

/// <summary>A question is flushed to the terminal before its answer is read.</summary>
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
        using WatchingReader input = new(output);
        CommandContext context = new()
        {
            Output = output,
            Error = TextWriter.Null,
            Input = input,
        };

        await CommandLine.RunAsync([.. args.Split(' '), "--home", _catalogue.Home], context);

        Assert.True(input.Reads > 0);
        Assert.Equal(0, input.ReadsBeforeFlush);
    }

    /// <summary>Records whether everything that was written was flushed.</summary>
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

    /// <summary>Input that is empty; counts reads, and those before the output was flushed.</summary>
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
