namespace Serge.Bot.Discord.Tests.Support;

/// <summary>Runs client, server and test on one thread and on a clock that jumps to the next timer whenever no work is
/// left. Runs are deterministic, and days take milliseconds.</summary>
internal sealed class Simulation : SynchronizationContext
{
    /// <summary>The maximum duration of a run. A longer run is a defect.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10);

    /// <summary>Far more time steps than any test has; a loop with too short waits exceeds it.</summary>
    private const int MostMoments = 500_000;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly VirtualTime _time = new();
    private volatile string? _stray;

    /// <summary>Runs a test.</summary>
    public static void Run(Func<VirtualTime, Task> test)
    {
        var before = Current;
        var simulation = new Simulation();
        SetSynchronizationContext(simulation);
        try
        {
            simulation.Pump(test(simulation._time));
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _stray ??= Environment.StackTrace;
        }

        lock (_ready)
        {
            _ready.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    public override SynchronizationContext CreateCopy() => this;

    private void Pump(Task test)
    {
        var moments = 0;
        while (!test.IsCompleted)
        {
            if (TryTake(out var next))
            {
                _time.CountStep();
                next.Callback(next.State);
            }
            else if (_time.Elapsed > Longest || ++moments > MostMoments || !_time.TryAdvance())
            {
                throw new InvalidOperationException(
                    $"After {_time.Elapsed} and {moments} moments the test is not over, or nothing more happens."
                );
            }

            ThrowIfStray();
        }

        ThrowIfStray();
        test.GetAwaiter().GetResult();
    }

    private void ThrowIfStray()
    {
        if (_stray is not null)
        {
            throw new InvalidOperationException(
                "Something went on on another thread, so the run is not the same every time: " + _stray
            );
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_ready)
        {
            return _ready.TryDequeue(out next);
        }
    }
}
