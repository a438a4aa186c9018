using System.Threading.Channels;

namespace Serge.Bot.Playground;

/// <summary>Says that something has changed and the page is to be told; many such words before it is heard are one.</summary>
internal sealed class Changes
{
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Something has changed.</summary>
    public void Tell() => _told.Writer.TryWrite(true);

    /// <summary>Waits until something changes, but not longer than this.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _told.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing was said; some things change silently, such as the hour.
        }
    }
}
