using System.Threading.Channels;

namespace Serge.Bot.Playground.World;

/// <summary>Signals that the page must be updated. Signals that arrive before the wait count as one.</summary>
internal sealed class ChangeSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Waits for a signal until the timeout.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The timeout: some changes, such as the time, have no signal.
        }
    }
}
