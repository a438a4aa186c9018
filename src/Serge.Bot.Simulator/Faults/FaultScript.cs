namespace Serge.Bot.Simulator.Faults;

/// <summary>The armed faults. At most 1,000 at a time.</summary>
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

    /// <summary>The faults that have not fired <see cref="Fault.Times"/> times yet, oldest first.</summary>
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

    /// <summary>Called when a fault with <see cref="GatewayMoment.Now"/> was added.</summary>
    internal Action? ImmediateFaultAdded { get; set; }

    /// <exception cref="ArgumentException"><see cref="Fault.Times"/> is less than 1, or 1,000 faults are armed
    /// already.</exception>
    public ArmedFault Add(Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1, nameof(fault));
        ArmedFault armed = new(fault);
        lock (_lock)
        {
            if (_armed.Count >= Capacity)
            {
                throw new ArgumentException($"{Capacity} faults are armed already. Remove some first.", nameof(fault));
            }

            _armed.Add(armed);
        }

        if (fault is GatewayFault { On: GatewayMoment.Now })
        {
            ImmediateFaultAdded?.Invoke();
        }

        return armed;
    }

    /// <summary>Removes a fault, if it is still armed.</summary>
    public void Remove(ArmedFault fault)
    {
        lock (_lock)
        {
            _armed.Remove(fault);
        }
    }

    /// <summary>Removes all faults.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _armed.Clear();
        }
    }

    /// <summary>Fires the oldest fault that matches a request, if there is one.</summary>
    internal RequestEffect? Fire(string method, string path)
    {
        bool Matches(RequestFault fault) => MatchesMethod(fault, method) && PathPattern.Matches(fault.Path, path);

        var fired = Fire<RequestFault>(Matches, $"{method} {path}");
        return fired?.Effect;
    }

    /// <summary>Fires the oldest fault that matches a moment of the gateway, if there is one.</summary>
    internal GatewayEffect? Fire(GatewayMoment moment, string? eventName = null)
    {
        bool Matches(GatewayFault fault) => fault.On == moment && (fault.Event is null || fault.Event == eventName);

        var fired = Fire<GatewayFault>(Matches, eventName ?? moment.ToString());
        return fired?.Effect;
    }

    private static bool MatchesMethod(RequestFault fault, string method) =>
        fault.Method == "*" || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase);

    private T? Fire<T>(Predicate<T> matches, string where)
        where T : Fault
    {
        ArmedFault? armed;
        lock (_lock)
        {
            armed = _armed.Find(candidate => candidate.Fault is T fault && matches(fault));
            if (armed is null)
            {
                return null;
            }

            if (armed.CountFired() == armed.Fault.Times)
            {
                _armed.Remove(armed);
            }
        }

        FaultFired fired = new(armed, _clock.GetUtcNow(), where);
        _hub.Publish(fired);
        armed.CompleteFired();
        return (T)armed.Fault;
    }
}
