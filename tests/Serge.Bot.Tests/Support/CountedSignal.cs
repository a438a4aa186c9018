using System.Threading.Channels;

namespace Serge.Bot.Tests.Support;

/// <summary>Something that happens several times and can be waited for each time.</summary>
internal sealed class CountedSignal
{
    private readonly Channel<bool> _given = Channel.CreateUnbounded<bool>();

    /// <summary>It happened.</summary>
    public void Give(int times = 1)
    {
        for (var n = 0; n < times; n++)
        {
            _given.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits until it has happened once more than was waited for before.</summary>
    public async Task TakeAsync() =>
        await _given.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Bounded.Longest);
}
