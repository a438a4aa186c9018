namespace Serge.Bot.Simulator.Faults;

/// <summary>The faults that wait to strike. At most 1,000 at a time.</summary>
public sealed class FaultScript
{
    private const int Capacity = 1000;
    private readonly Lock _lock = new();
    private readonly List<ArmedFault> _armed = [];
    private readonly TimeProvider _clock;
    private readonly EventHub _hub;

    internal FaultScript(TimeProvider clock, EventHub hub)
    {
        _clock = clock;
        _hub = hub;
    }

    /// <summary>The faults that have not struck often enough yet, oldest first.</summary>
    public IReadOnlyList<ArmedFault> Armed
    {
        get
        {
            lock (_lock)
            {
                return [.. _armed];
            }
        }
    }

    /// <summary>Told when a fault was added that is to strike at once.</summary>
    internal Action? AddedForNow { get; set; }

    /// <summary>Arms a fault.</summary>
    /// <exception cref="ArgumentException">It strikes less than once, or 1,000 others wait already.</exception>
    public ArmedFault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1, nameof(fault));
        ArmedFault armed = new(fault);
        lock (_lock)
        {
            if (_armed.Count >= Capacity)
            {
                throw new ArgumentException($"{Capacity} faults wait already. Remove some first.", nameof(fault));
            }

            _armed.Add(armed);
        }

        if (fault is GatewayFault { On: GatewayMoment.Now })
        {
            AddedForNow?.Invoke();
        }

        return armed;
    }

    /// <summary>Disarms a fault. One that is spent or unknown is no error.</summary>
    public void Remove(ArmedFault fault)
    {
        lock (_lock)
        {
            _armed.Remove(fault);
        }
    }

    /// <summary>Disarms all.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _armed.Clear();
        }
    }

    internal RequestEffect? Strike(string method, string path)
    {
        var fault = Take(
            fault =>
                fault is RequestFault request
                && FitsMethod(request.Method, method)
                && PathPattern.Fits(request.Path, path),
            $"{method} {path}"
        );
        return ((RequestFault?)fault)?.Effect;
    }

    internal GatewayEffect? Strike(GatewayMoment moment, string? eventName = null)
    {
        var fault = Take(
            fault =>
                fault is GatewayFault gateway
                && gateway.On == moment
                && (gateway.Event is null || gateway.Event == eventName),
            eventName ?? moment.ToString()
        );
        return ((GatewayFault?)fault)?.Effect;
    }

    private static bool FitsMethod(string pattern, string method) =>
        pattern == "*" || string.Equals(pattern, method, StringComparison.OrdinalIgnoreCase);

    private Fault? Take(Predicate<Fault> fits, string where)
    {
        ArmedFault? armed;
        lock (_lock)
        {
            armed = _armed.Find(one => fits(one.Fault));
            if (armed is null)
            {
                return null;
            }

            if (armed.Strike() == armed.Fault.Times)
            {
                _armed.Remove(armed);
            }
        }

        _hub.Publish(new SimulatorEvent.FaultFired(armed, _clock.GetUtcNow(), where));
        armed.Announce();
        return armed.Fault;
    }
}

/// <summary>A fault that was armed.</summary>
public sealed class ArmedFault
{
    private readonly TaskCompletionSource _struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    internal ArmedFault(Fault fault) => Fault = fault;

    /// <summary>What it does.</summary>
    public Fault Fault { get; }

    /// <summary>How often it has struck.</summary>
    public int FiredCount => Volatile.Read(ref _count);

    /// <summary>Ends when it strikes for the first time.</summary>
    public Task Fired => _struck.Task;

    /// <summary>What it does, for people.</summary>
    public override string ToString() => Fault.ToString();

    internal int Strike() => Interlocked.Increment(ref _count);

    internal void Announce() => _struck.TrySetResult();
}
