namespace Serge.Bot.Simulator.Faults;

/// <summary>A fault that was added to a <see cref="FaultScript"/>.</summary>
public sealed class ArmedFault
{
    private readonly TaskCompletionSource _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _firedCount;

    internal ArmedFault(Fault fault) => Fault = fault;

    public Fault Fault { get; }

    /// <summary>How often the fault has fired.</summary>
    public int FiredCount => Volatile.Read(ref _firedCount);

    /// <summary>Completes when the fault fires for the first time.</summary>
    public Task Fired => _fired.Task;

    /// <inheritdoc/>
    public override string ToString() => Fault.ToString();

    /// <returns>How often the fault has fired now.</returns>
    internal int CountFired() => Interlocked.Increment(ref _firedCount);

    internal void CompleteFired() => _fired.TrySetResult();
}

/// <summary>A fault fired.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="At">When it fired, on the world's clock.</param>
/// <param name="Where">The request, or the moment or event of the gateway, for display.</param>
public sealed record FaultFired(ArmedFault Fault, DateTimeOffset At, string Where) : SimulatorEvent;
