using System.Text.Json;
using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A gateway that runs a script:
/// <c>gateway.Sends(Hello()).Expects&lt;Identify&gt;().Sends(Ready()).Drops(4000)</c>.</summary>
/// <remarks>Steps are executed in order. A step that needs a connection accepts the client's next one if there is none.
/// Heartbeats are acknowledged automatically unless <see cref="StopsResponding"/> was called.</remarks>
internal sealed class ScriptedGateway
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromDays(2);

    private readonly VirtualTime _time;
    private readonly List<Func<Task>> _steps = [];
    private readonly Queue<FakeSocket> _calls = new();
    private readonly Queue<JsonElement> _frames = new();
    private readonly Queue<JsonElement> _heartbeats = new();
    private TaskCompletionSource _changed = new();
    private FakeSocket? _connection;

    public ScriptedGateway(VirtualTime time) => _time = time;

    /// <summary>All connections, in order.</summary>
    public List<FakeSocket> Connections { get; } = [];

    /// <summary>The response to <c>GET /gateway/bot</c>; by default a budget of a thousand.</summary>
    public Func<Result<Discord.Model.GatewayBot>> Bot { get; set; } = () => Budget(remaining: 1000);

    /// <summary>The times of the requests <c>GET /gateway/bot</c>.</summary>
    public List<TimeSpan> Asked { get; } = [];

    public static Result<Discord.Model.GatewayBot> Budget(
        int remaining,
        long resetAfter = 0,
        string url = "wss://gateway.example/",
        int total = 1000,
        int shards = 1,
        int concurrency = 1
    ) =>
        new Result<Discord.Model.GatewayBot>.Success(
            new()
            {
                Url = new Uri(url),
                Shards = shards,
                SessionStartLimit = new()
                {
                    Total = total,
                    Remaining = remaining,
                    ResetAfter = resetAfter,
                    MaxConcurrency = concurrency,
                },
            }
        );

    public ScriptedGateway Sends(params string[] frames) =>
        Step(async () =>
        {
            var connection = await ConnectionAsync();
            foreach (var frame in frames)
            {
                connection.Deliver(frame);
            }
        });

    public ScriptedGateway Expects<T>(Action<T>? check = null) =>
        Step(async () =>
        {
            await ConnectionAsync();
            var queue = typeof(T) == typeof(Heartbeat) ? _heartbeats : _frames;
            await WaitUntilAsync(() => queue.Count > 0, $"The client was to say {typeof(T).Name}.");
            var said = (T)Read(queue.Dequeue(), typeof(T));
            check?.Invoke(said);
        });

    /// <summary>Closes the connection, with a code or without.</summary>
    public ScriptedGateway Drops(int? code = null, string? reason = null) =>
        Step(async () =>
        {
            (await ConnectionAsync()).Close(code, reason);
            _connection = null;
        });

    /// <summary>Breaks the connection without a close frame.</summary>
    public ScriptedGateway Breaks(Exception? failure = null) =>
        Step(async () =>
        {
            (await ConnectionAsync()).Break(failure);
            _connection = null;
        });

    /// <summary>Leaves the connection as it is and continues with the client's next connection.</summary>
    public ScriptedGateway Next() =>
        Step(() =>
        {
            _connection = null;
            return Task.CompletedTask;
        });

    /// <summary>Continues with an earlier connection, by its number from 0.</summary>
    public ScriptedGateway Back(int to) =>
        Step(() =>
        {
            _connection = Connections[to];
            return Task.CompletedTask;
        });

    /// <summary>Refuses the next connections.</summary>
    public ScriptedGateway Refuses(int calls = 1, Exception? failure = null) =>
        Step(async () =>
        {
            for (var i = 0; i < calls; i++)
            {
                await WaitUntilAsync(() => _calls.Count > 0, "The client was to call.");
                _calls.Dequeue().Refuse(failure);
            }
        });

    /// <summary>From now on the server acknowledges no heartbeats on this connection.</summary>
    public ScriptedGateway StopsResponding() =>
        Step(async () => (await ConnectionAsync()).OnSend = frame => Note(frame, answer: null));

    /// <summary>Waits for the client to close the connection.</summary>
    public ScriptedGateway ExpectsClose(Action<int>? check = null) =>
        Step(async () =>
        {
            var (_, code) = await (await ConnectionAsync()).Closed.Task.WaitAsync(CallTimeout, _time);
            check?.Invoke(code);
            _connection = null;
        });

    public ScriptedGateway Waits(TimeSpan time) => Step(() => Task.Delay(time, _time));

    /// <summary>Runs any other step.</summary>
    public ScriptedGateway Does(Action action) =>
        Step(() =>
        {
            action();
            return Task.CompletedTask;
        });

    /// <summary>Runs the script with a client, which then stops reading.</summary>
    /// <returns>The events that the client yielded.</returns>
    public async Task<List<DiscordEvent>> PlayAsync(Random? random = null, LogLines? log = null, int? shards = null)
    {
        using var stop = new CancellationTokenSource();
        var reader = Reader(random, log, shards);
        var script = RunAsync();
        List<DiscordEvent> events = [];
        var reading = ReadAsync(reader, events, stop.Token);
        await await Task.WhenAny(script, reading);
        await script;
        stop.Cancel();
        await reading;
        return events;
    }

    /// <summary>A client of this gateway.</summary>
    public GatewayReader Reader(Random? random = null, LogLines? log = null, int? shards = null) =>
        new(
            "the-token",
            shards,
            _ =>
            {
                _time.CountStep();
                Asked.Add(_time.Elapsed);
                return Task.FromResult(Bot());
            },
            Dial,
            _time,
            random ?? new FixedChance(0.5),
            log ?? new LogLines()
        );

    /// <summary>Runs the script without a client.</summary>
    public async Task RunAsync()
    {
        foreach (var step in _steps)
        {
            await step();
        }

        // The last frame is still to be read.
        await Task.Delay(TimeSpan.FromMilliseconds(1), _time);
    }

    private static async Task ReadAsync(GatewayReader reader, List<DiscordEvent> events, CancellationToken stop)
    {
        try
        {
            await foreach (var happened in reader.ReadAsync(stop))
            {
                events.Add(happened);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    public IGatewaySocket Dial()
    {
        var socket = new FakeSocket(
            _time,
            call =>
            {
                _calls.Enqueue(call);
                Connections.Add(call);
                Signal();
            }
        );
        socket.OnSend = frame => Note(frame, () => socket.Deliver(Frames.Ack));
        return socket;
    }

    private async Task<FakeSocket> ConnectionAsync()
    {
        if (_connection is null)
        {
            await WaitUntilAsync(() => _calls.Count > 0, "The client was to call.");
            _connection = _calls.Dequeue();
            _frames.Clear();
            _heartbeats.Clear();
            _connection.Accept();
        }

        return _connection;
    }

    private void Note(JsonElement frame, Action? answer)
    {
        if (frame.GetProperty("op").GetInt32() == 1)
        {
            _heartbeats.Enqueue(frame);
            answer?.Invoke();
        }
        else
        {
            _frames.Enqueue(frame);
        }

        Signal();
    }

    private async Task WaitUntilAsync(Func<bool> condition, string what)
    {
        while (!condition())
        {
            try
            {
                await _changed.Task.WaitAsync(CallTimeout, _time);
            }
            catch (TimeoutException)
            {
                Assert.Fail(what);
            }
        }
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = new();
        changed.SetResult();
    }

    private ScriptedGateway Step(Func<Task> step)
    {
        _steps.Add(step);
        return this;
    }

    private static object Read(JsonElement frame, Type type)
    {
        var op = frame.GetProperty("op").GetInt32();
        var d = frame.GetProperty("d");
        object read = op switch
        {
            1 => new Heartbeat(d.ValueKind == JsonValueKind.Null ? null : d.GetInt64()),
            2 => new Identify(
                d.GetProperty("token").GetString()!,
                d.GetProperty("intents").GetInt32(),
                d.GetProperty("properties").GetProperty("os").GetString(),
                $"{d.GetProperty("shard")[0]} of {d.GetProperty("shard")[1]}"
            ),
            6 => new Resume(
                d.GetProperty("token").GetString()!,
                d.GetProperty("session_id").GetString()!,
                d.GetProperty("seq") is { ValueKind: JsonValueKind.Number } seq ? seq.GetInt64() : null
            ),
            _ => throw new InvalidOperationException($"A client does not say op {op}."),
        };
        return read.GetType() == type
            ? read
            : throw new InvalidOperationException($"The client was to say {type.Name} and said {frame.GetRawText()}.");
    }
}
