using System.Text.Json;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A gateway that keeps sessions as the documentation describes them: it numbers events, stores the events
/// that a client missed, replays them when the client resumes, and counts new sessions against their limits. The test
/// controls the failures.</summary>
internal sealed class ModelGateway(VirtualTime time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Dictionary<(int Index, int Count), ModelShard> _shards = [];
    private readonly Dictionary<int, TimeSpan> _lastOfKey = [];
    private TimeSpan? _windowBegan;
    private ulong _lastInteraction = 1000;
    private int _sessions;
    private int _refusing;
    private int _count;

    /// <summary>The recommended number of shards.</summary>
    public int? Shards { get; set; } = 1;

    /// <summary>With fewer shards than this, no session is started.</summary>
    public int FewestShards { get; set; } = 1;

    /// <summary>Called before a session is declined because of too few shards.</summary>
    public Action OnTooFew { get; set; } = () => { };

    public int Concurrency { get; init; } = 1;

    public int Total { get; init; } = 1000;

    /// <summary>New sessions left in this window.</summary>
    public int Remaining { get; set; } = 1000;

    /// <summary>Whether every new session is declined.</summary>
    public bool AlwaysDeclines { get; init; }

    /// <summary>The delay of the first message.</summary>
    public TimeSpan HelloAfter { get; set; }

    /// <summary>How long acknowledgements of heartbeats take; <see langword="null"/> if there are none.</summary>
    public TimeSpan? AckAfter { get; set; } = TimeSpan.Zero;

    /// <summary>Interactions that reached an open connection, and so must reach the consumer.</summary>
    public HashSet<ulong> Delivered { get; } = [];

    /// <summary>New sessions without a reason: missed events would be lost.</summary>
    public int NeedlessIdentifies { get; private set; }

    /// <summary>New sessions too soon after the previous one, or beyond the limit.</summary>
    public int Violations { get; private set; }

    /// <summary>All requests for a new session.</summary>
    public List<(TimeSpan At, string Shard)> Identified { get; } = [];

    /// <summary>The times of the requests <c>GET /gateway/bot</c>.</summary>
    public List<TimeSpan> Asked { get; } = [];

    /// <summary>Whether all shards are connected and in a session.</summary>
    public bool AreAllConnected =>
        _count > 0
        && Enumerable.Range(0, _count).All(i => _shards.TryGetValue((i, _count), out var shard) && shard.IsOpen);

    public Task<Result<GatewayBot>> AskAsync(CancellationToken cancellationToken)
    {
        time.CountStep();
        Asked.Add(time.Elapsed);
        RenewWindow();
        return Task.FromResult<Result<GatewayBot>>(
            new Result<GatewayBot>.Success(
                new()
                {
                    Url = new Uri("wss://gateway.example/"),
                    Shards = Shards,
                    SessionStartLimit = new()
                    {
                        Total = Total,
                        Remaining = Remaining,
                        ResetAfter = _windowBegan is { } began
                            ? (long)(began + Day - time.Elapsed).TotalMilliseconds
                            : 0,
                        MaxConcurrency = Concurrency,
                    },
                }
            )
        );
    }

    public IGatewaySocket Dial()
    {
        var socket = new FakeSocket(time, Called);
        socket.OnSend = frame => HandleFrame(socket, frame);
        return socket;
    }

    /// <summary>A user creates an interaction.</summary>
    public void Interact(int shard) => Pick(shard)?.RaiseInteraction(++_lastInteraction, Delivered);

    /// <summary>An earlier interaction is delivered again as a new event, perhaps over another shard.</summary>
    public void Repeat(int shard, int back)
    {
        if (_lastInteraction - 1000 > (ulong)back)
        {
            Pick(shard)?.RaiseInteraction(_lastInteraction - (ulong)back, Delivered);
        }
    }

    /// <summary>The latest events are delivered once more.</summary>
    public void Duplicate(int shard, int count) => Pick(shard)?.Duplicate(count, Delivered);

    /// <summary>Invalidates all sessions, as after an outage.</summary>
    public void EndAllSessions()
    {
        for (var shard = 0; shard < _count; shard++)
        {
            Invalidate(shard, resumable: false);
        }
    }

    public void Close(int shard, int? code)
    {
        if (code is 4007 or 4009)
        {
            Pick(shard)?.EndSession();
        }

        Pick(shard)?.Hang(socket => socket.Close(code));
    }

    public void Break(int shard) => Pick(shard)?.Hang(socket => socket.Break());

    public void AskToReconnect(int shard) => Pick(shard)?.Hang(socket => socket.Deliver(Frames.Reconnect));

    public void Invalidate(int shard, bool resumable)
    {
        if (!resumable)
        {
            Pick(shard)?.EndSession();
        }

        Pick(shard)?.Hang(socket => socket.Deliver(Frames.InvalidSession(resumable)));
    }

    /// <summary>The gateway no longer uses the connection, and sends no close frame.</summary>
    public void StopResponding(int shard) => Pick(shard)?.Hang(_ => { });

    /// <summary>Refuses the next connections of all shards.</summary>
    public void Refuse(int calls) => _refusing += calls;

    /// <summary>Adds guilds, so that the next session needs another shard.</summary>
    public void Grow() => Shards = ++FewestShards;

    private ModelShard? Pick(int shard) => _count > 0 ? _shards.GetValueOrDefault((shard % _count, _count)) : null;

    private void Called(FakeSocket socket)
    {
        var resuming = _shards.Values.FirstOrDefault(shard => shard.ResumesAt(socket.Address));
        resuming?.Calls();
        if (_refusing > 0)
        {
            _refusing--;
            socket.Refuse();
            return;
        }

        socket.Accept();
        _ = LaterAsync(HelloAfter, () => socket.Deliver(Frames.Hello(20_000)));
    }

    private void HandleFrame(FakeSocket socket, JsonElement frame)
    {
        var d = frame.GetProperty("d");
        switch (frame.GetProperty("op").GetInt32())
        {
            case 1 when AckAfter is { } wait && (_shards.Values.FirstOrDefault(shard => shard.Has(socket)) is not null):
                _ = LaterAsync(wait, () => socket.Deliver(Frames.Ack));
                break;
            case 2:
                Identify(socket, d.GetProperty("shard")[0].GetInt32(), d.GetProperty("shard")[1].GetInt32());
                break;
            case 6:
                var id = d.GetProperty("session_id").GetString();
                if (_shards.Values.FirstOrDefault(shard => shard.Session == id) is { } owner)
                {
                    owner.Resume(socket, d.GetProperty("seq").GetInt64(), Delivered);
                }
                else
                {
                    foreach (var shard in _shards.Values.Where(shard => shard.ResumesAt(socket.Address)))
                    {
                        shard.EndSession();
                    }

                    socket.Deliver(Frames.InvalidSession(resumable: false));
                }

                break;
        }
    }

    private void Identify(FakeSocket socket, int index, int count)
    {
        Identified.Add((time.Elapsed, $"{index} of {count}"));
        if (count < FewestShards)
        {
            OnTooFew();
            socket.Close(4011, "Sharding required");
            return;
        }

        RenewWindow();
        _windowBegan ??= time.Elapsed;
        var key = index % Concurrency;
        var tooSoon = _lastOfKey.TryGetValue(key, out var last) && time.Elapsed - last < Pace;
        Violations += tooSoon || Remaining <= 0 ? 1 : 0;
        _lastOfKey[key] = time.Elapsed;
        Remaining--;
        if (tooSoon || AlwaysDeclines)
        {
            socket.Deliver(Frames.InvalidSession(resumable: false));
            return;
        }

        _count = count;
        if (!_shards.TryGetValue((index, count), out var shard))
        {
            _shards[(index, count)] = shard = new ModelShard();
        }

        NeedlessIdentifies += shard.MayIdentify ? 0 : 1;
        shard.Begin(socket, $"session-{++_sessions}");
    }

    private void RenewWindow()
    {
        if (_windowBegan is { } began && time.Elapsed - began >= Day)
        {
            (_windowBegan, Remaining) = (null, Total);
        }
    }

    private async Task LaterAsync(TimeSpan wait, Action then)
    {
        await Task.Delay(wait, time);
        then();
    }

    /// <summary>The state of one shard.</summary>
    private sealed class ModelShard
    {
        private readonly List<(long Sequence, ulong Interaction, string Frame)> _log = [];
        private FakeSocket? _connection;
        private Uri? _resumeAddress;
        private long _sequence;
        private int _calls;

        public string? Session { get; private set; }

        /// <summary>Whether a new session is justified: there is none, or its server was unreachable for
        /// long.</summary>
        public bool MayIdentify => Session is null || _calls >= GatewayShard.MaxFailedResumes;

        public bool IsOpen => Connection is not null;

        /// <summary>The connection, unless the client has closed it.</summary>
        private FakeSocket? Connection
        {
            get
            {
                if (_connection is { Closed.Task: { IsCompleted: true } closed })
                {
                    _connection = null;
                    if (closed.Result.Code is 1000 or 1001)
                    {
                        EndSession();
                    }
                }

                return _connection;
            }
        }

        public bool Has(FakeSocket socket) => Connection == socket;

        public bool ResumesAt(Uri address) => _resumeAddress?.AbsolutePath == address.AbsolutePath;

        /// <summary>The client connects to resume.</summary>
        public void Calls() => _calls++;

        public void Begin(FakeSocket socket, string session)
        {
            (Session, _connection, _sequence, _calls) = (session, socket, 1, 0);
            _resumeAddress = new Uri(new Uri(Frames.ResumeUrl), session);
            _log.Clear();
            socket.Deliver(Frames.Ready(session, _resumeAddress.AbsoluteUri, sequence: 1));
        }

        public void Resume(FakeSocket socket, long seen, HashSet<ulong> delivered)
        {
            (_connection, _calls) = (socket, 0);
            foreach (var (_, interaction, frame) in _log.Where(missed => missed.Sequence > seen))
            {
                socket.Deliver(frame);
                delivered.Add(interaction);
            }

            socket.Deliver(Frames.Resumed(++_sequence));
        }

        public void RaiseInteraction(ulong interaction, HashSet<ulong> delivered)
        {
            var connection = Connection;
            if (Session is null)
            {
                return;
            }

            var frame = Frames.Interaction(interaction, ++_sequence);
            _log.Add((_sequence, interaction, frame));
            if (connection is not null)
            {
                connection.Deliver(frame);
                delivered.Add(interaction);
            }
        }

        public void Duplicate(int count, HashSet<ulong> delivered)
        {
            if (Connection is { } connection)
            {
                foreach (var (_, interaction, frame) in _log.TakeLast(count))
                {
                    connection.Deliver(frame);
                    delivered.Add(interaction);
                }
            }
        }

        public void EndSession() => Session = null;

        public void Hang(Action<FakeSocket> up)
        {
            if (Connection is { } connection)
            {
                _connection = null;
                up(connection);
            }
        }
    }
}
