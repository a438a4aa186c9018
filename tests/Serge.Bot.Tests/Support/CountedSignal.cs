using System.Threading.Channels;

namespace Serge.Bot.Tests.Support;

/// <summary>A signal that occurs several times; each occurrence can be awaited.</summary>
internal sealed class CountedSignal
{
    private readonly Channel<bool> _given = Channel.CreateUnbounded<bool>();

    /// <summary>Signals one occurrence.</summary>
    public void Give(int times = 1)
    {
        for (var n = 0; n < times; n++)
        {
            _given.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits for the next occurrence that was not awaited before.</summary>
    public async Task TakeAsync() =>
        await _given.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Bounded.Longest);
}
