using System.Text.Json;
using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A gateway that keeps sessions as the documentation describes them: it numbers events, keeps what a client missed, and replays
/// it when the client resumes. The test decides what goes wrong.</summary>
internal sealed class ModelGateway(VirtualTime time)
{
    private readonly List<(long Sequence, ulong? Interaction, string Frame)> _log = [];
    private FakeSocket? _connection;
    private bool _inSession;
    private string? _session;
    private int _sessions;
    private long _sequence;
    private ulong _lastInteraction = 1000;
    private int _refusing;
    private int _refusedInARow;
    private bool _mayIdentify = true;

    /// <summary>Interactions that reached an open connection, and so must reach the consumer.</summary>
    public HashSet<ulong> Delivered { get; } = [];

    /// <summary>New sessions that the client had no reason to ask for: what it missed would be lost.</summary>
    public int NeedlessIdentifies { get; private set; }

    /// <summary>Whether a client is connected and in a session.</summary>
    public bool IsCalm => _connection is not null && _inSession;

    public IGatewaySocket Dial()
    {
        var socket = new FakeSocket(time, Called);
        socket.OnSend = frame => Said(socket, frame);
        return socket;
    }

    /// <summary>A member does something new.</summary>
    public void Interact() => Happen(++_lastInteraction);

    /// <summary>Something old is delivered again, as a new event.</summary>
    public void Repeat(int back)
    {
        if (_lastInteraction - 1000 > (ulong)back)
        {
            Happen(_lastInteraction - (ulong)back);
        }
    }

    public void Close(int? code)
    {
        if (code is 4007 or 4009)
        {
            EndSession();
        }

        Hang(socket => socket.Close(code));
    }

    public void Break() => Hang(socket => socket.Break());

    public void AskToReconnect() => Hang(socket => socket.Deliver(Frames.Reconnect));

    public void Invalidate(bool resumable)
    {
        if (!resumable)
        {
            EndSession();
        }

        Hang(socket => socket.Deliver(Frames.InvalidSession(resumable)));
    }

    /// <summary>The connection is dead, and nobody says so.</summary>
    public void FallSilent() => Hang(_ => { });

    public void Refuse(int calls) => _refusing += calls;

    private void Called(FakeSocket socket)
    {
        if (_refusing > 0)
        {
            _refusing--;
            _refusedInARow++;
            _mayIdentify |= _refusedInARow >= GatewayReader.MostFailedResumes;
            socket.Refuse();
            return;
        }

        _refusedInARow = 0;
        _connection = socket;
        _inSession = false;
        socket.Accept();
        socket.Deliver(Frames.Hello(20_000));
    }

    private void Said(FakeSocket socket, JsonElement frame)
    {
        if (socket != _connection)
        {
            return;
        }

        var d = frame.GetProperty("d");
        switch (frame.GetProperty("op").GetInt32())
        {
            case 1:
                socket.Deliver(Frames.Ack);
                break;
            case 2:
                NeedlessIdentifies += _mayIdentify ? 0 : 1;
                _mayIdentify = false;
                _session = $"session-{++_sessions}";
                _log.Clear();
                _sequence = 1;
                _inSession = true;
                socket.Deliver(Frames.Ready(_session, sequence: 1));
                break;
            case 6 when d.GetProperty("session_id").GetString() == _session:
                var seen = d.GetProperty("seq").GetInt64();
                foreach (var missed in _log.Where(missed => missed.Sequence > seen))
                {
                    Deliver(missed.Interaction, missed.Frame);
                }

                _inSession = true;
                Deliver(null, Frames.Resumed(++_sequence));
                break;
            case 6:
                _mayIdentify = true;
                Hang(declined => declined.Deliver(Frames.InvalidSession(resumable: false)));
                break;
        }
    }

    private void Happen(ulong interaction)
    {
        if (_session is null)
        {
            return;
        }

        var frame = Frames.Interaction(interaction, ++_sequence);
        _log.Add((_sequence, interaction, frame));
        if (_inSession)
        {
            Deliver(interaction, frame);
        }
    }

    private void Deliver(ulong? interaction, string frame)
    {
        _connection!.Deliver(frame);
        if (interaction is { } id)
        {
            Delivered.Add(id);
        }
    }

    private void EndSession()
    {
        _session = null;
        _mayIdentify = true;
    }

    private void Hang(Action<FakeSocket> up)
    {
        if (_connection is { } connection)
        {
            _connection = null;
            _inSession = false;
            up(connection);
        }
    }
}
