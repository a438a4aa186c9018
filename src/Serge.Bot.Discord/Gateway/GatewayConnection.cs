using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>One connection to the gateway, from the call to its end. Used once.</summary>
/// <remarks>Two tasks: one reads, the other keeps the heartbeat, so that a consumer that is slow to
/// take events holds up the reading but not the heartbeat.</remarks>
/// <param name="socket">The WebSocket.</param>
/// <param name="shard">Whose servers it tells of.</param>
/// <param name="session">What is resumed, or what begins.</param>
/// <param name="permit">Leave to begin a session; <see langword="null"/> to resume one.</param>
/// <param name="setup">What all shards share.</param>
/// <param name="events">Takes what happens.</param>
internal sealed partial class GatewayConnection(
    IGatewaySocket socket,
    Shard shard,
    Session session,
    SessionStarts.SessionPermit? permit,
    GatewaySetup setup,
    ChannelWriter<DiscordEvent> events
)
{
    /// <summary>The only intent: servers and channels that come and go. Interactions come without any.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, List of Intents.</remarks>
    public const int Intents = 1 << 0;

    /// <summary>From the call to the first word. It is short, for other shards may wait for this one to ask for its session.</summary>
    public static readonly TimeSpan HelloPatience = TimeSpan.FromSeconds(15);

    /// <summary>From the first word to the first event. A server that accepts and then says nothing is as good as none.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    /// <summary>A connection that held for less is not taken for a good one: the next is made with more patience.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StandardInterval = TimeSpan.FromSeconds(45);

    /// <summary>So that heartbeats alone cannot exceed <see cref="Outbox.KeptForVital"/>.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _wire = setup.Wire;
    private readonly ILogger _logger = setup.Logger;
    private readonly Outbox _outbox = new(socket, setup.Wire);
    private readonly Heartbeat _heartbeat = new(setup.Wire, setup.Random);
    private Task _beating = Task.CompletedTask;
    private ITimer? _startTimer;
    private string? _death;
    private bool _inSession;

    /// <summary>Connects, begins or resumes a session, and hands on what happens until the connection ends.</summary>
    /// <exception cref="OperationCanceledException">We were told to stop.</exception>
    public async Task<ConnectionEnd> RunAsync(Uri address, CancellationToken stop)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var start = _wire.GetTimestamp();
        await using var startTimer = _startTimer = _wire.CreateTimer(
            _ => Die(life, "Discord took too long to begin"),
            null,
            HelloPatience,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            await socket.ConnectAsync(address, life.Token);
            var (fate, reason) = await ReadAsync(life, stop);
            return EndOf(fate, reason, start);
        }
        catch (WebSocketException e)
        {
            return EndOf(new Fate.Resume(), $"The connection is lost: {e.GetBaseException().Message}", start);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return EndOf(new Fate.Resume(), _death ?? "The connection is lost", start);
        }
        finally
        {
            End(life);
            await _beating;
            await CloseAsync(stop.IsCancellationRequested ? CloseCodes.Goodbye : CloseCodes.BackSoon);
        }
    }

    private ConnectionEnd EndOf(Fate fate, string reason, long start) =>
        new(fate, reason, _inSession, Held: _inSession && _wire.GetElapsedTime(start) >= Good);

    private async Task<(Fate Fate, string Reason)> ReadAsync(CancellationTokenSource life, CancellationToken stop)
    {
        while (true)
        {
            switch (await socket.ReceiveAsync(life.Token))
            {
                case Received.Close(var code, var reason):
                    return (CloseCodes.Fate(code), CloseCodes.Describe(code, reason));
                case Received.Message(var json):
                    _heartbeat.Heard();
                    if (Read(json) is { } frame && await HandleAsync(frame, life, stop) is { } end)
                    {
                        return end;
                    }

                    break;
            }
        }
    }

    /// <returns>Why the connection is over, if it is.</returns>
    private async Task<(Fate Fate, string Reason)?> HandleAsync(
        GatewayFrame frame,
        CancellationTokenSource life,
        CancellationToken stop
    )
    {
        switch (frame.Op)
        {
            case Opcode.Dispatch:
                _startTimer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                if (EventOf(frame) is { } happened)
                {
                    // Told to stop only: if the connection dies meanwhile, the event is here all the same.
                    await _heartbeat.NotListeningAsync(events.WriteAsync(happened, stop));
                }

                // Only now is it dealt with. Had the connection broken before, the event would be replayed.
                if (frame.Sequence is { } sequence)
                {
                    session.Reached(sequence);
                }

                return null;
            case Opcode.Hello when _beating.IsCompleted:
                _startTimer!.Change(StartPatience, Timeout.InfiniteTimeSpan);
                _beating = BeatAsync(IntervalOf(frame), life);
                await IntroduceOurselvesAsync(life.Token);
                return null;
            case Opcode.Heartbeat:
                await SendHeartbeatAsync(isDue: false, life.Token);
                return null;
            case Opcode.Reconnect:
                return (new Fate.Resume(), "Discord asks to connect anew");
            case Opcode.InvalidSession:
                return frame.Data.Span.SequenceEqual("true"u8)
                    ? (new Fate.Resume(), "Discord asks to resume the session")
                    : (new Fate.Identify(), "Discord has ended the session");
            default:
                return null;
        }
    }

    private DiscordEvent? EventOf(GatewayFrame frame)
    {
        try
        {
            switch (frame.Event)
            {
                case "READY":
                    var ready = frame.DataAs(DiscordJson.Default.Ready);
                    session.Begin(ready);
                    permit?.Dispose();
                    _inSession = true;
                    return new DiscordEvent.Ready(
                        ready.Application?.Id ?? 0,
                        ready.User?.Username ?? "",
                        shard,
                        [
                            .. (ready.Guilds ?? [])
                                .Where(guild => guild.Id is not null)
                                .Select(guild => new GuildId(guild.Id!.Value)),
                        ]
                    );
                case "RESUMED":
                    _inSession = true;
                    return new DiscordEvent.Resumed();
                default:
                    return DispatchReader.Read(frame) switch
                    {
                        DiscordEvent.Interacted(var interaction) when !setup.Seen.TryAdd(interaction.Id) => null,
                        var happened => happened,
                    };
            }
        }
        catch (JsonException e)
        {
            LogUnreadable(frame.Event, e.Message);
            return null;
        }
    }

    private GatewayFrame? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return GatewayFrame.Read(json);
        }
        catch (JsonException e)
        {
            LogUnreadable("a frame", e.Message);
            return null;
        }
    }

    /// <summary>Goes on with the session, if there is one, else asks for one.</summary>
    private async Task IntroduceOurselvesAsync(CancellationToken cancellationToken)
    {
        if (permit is null)
        {
            var resume = new ResumeFrame(
                new Resume
                {
                    Token = setup.Token,
                    SessionId = session.Id!,
                    Seq = session.Sequence,
                }
            );
            var json = JsonSerializer.SerializeToUtf8Bytes(resume, DiscordJson.Default.ResumeFrame);
            await _outbox.TrySendAsync(json, isVital: true, cancellationToken);
            return;
        }

        var us = new IdentifyProperties(RuntimeInformation.RuntimeIdentifier, "serge-bot", "serge-bot");
        var identify = new IdentifyFrame(
            new Identify
            {
                Token = setup.Token,
                Intents = Intents,
                Properties = us,
                Shard = [shard.Index, shard.Count],
            }
        );
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(identify, DiscordJson.Default.IdentifyFrame);
            await _outbox.TrySendAsync(json, isVital: true, cancellationToken);
        }
        finally
        {
            // If the connection broke meanwhile, it may have arrived all the same.
            permit.Spend();
        }
    }

    private async Task BeatAsync(TimeSpan interval, CancellationTokenSource life)
    {
        try
        {
            _death ??= await _heartbeat.RunAsync(interval, c => SendHeartbeatAsync(isDue: true, c), life.Token);
        }
        finally
        {
            // However it ended, without it there is no connection.
            End(life);
        }
    }

    private Task<bool> SendHeartbeatAsync(bool isDue, CancellationToken cancellationToken)
    {
        var heartbeat = new HeartbeatFrame(session.Sequence);
        return _outbox.TrySendAsync(
            JsonSerializer.SerializeToUtf8Bytes(heartbeat, DiscordJson.Default.HeartbeatFrame),
            isDue,
            cancellationToken
        );
    }

    private TimeSpan IntervalOf(GatewayFrame hello)
    {
        try
        {
            return hello.DataAs(DiscordJson.Default.Hello).HeartbeatInterval is { } milliseconds and > 0
                ? TimeSpan.FromMilliseconds(
                    Math.Clamp(
                        milliseconds,
                        ShortestInterval.TotalMilliseconds,
                        TimeSpan.FromMinutes(10).TotalMilliseconds
                    )
                )
                : StandardInterval;
        }
        catch (JsonException e)
        {
            LogUnreadable("HELLO", e.Message);
            return StandardInterval;
        }
    }

    private void Die(CancellationTokenSource life, string reason)
    {
        _death ??= reason;
        End(life);
    }

    private static void End(CancellationTokenSource life) => life.Cancel();

    private async Task CloseAsync(int code)
    {
        using var patience = new CancellationTokenSource(ClosePatience, _wire);
        try
        {
            await socket.CloseAsync(code, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It is closed without a word then.
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Discord sent something that cannot be read ({What}), and it is passed over: {Problem}"
    )]
    private partial void LogUnreadable(string? what, string problem);
}

/// <summary>How a connection ended.</summary>
/// <param name="Fate">What follows.</param>
/// <param name="Reason">One line for a person.</param>
/// <param name="InSession">A session began or went on.</param>
/// <param name="Held">It was a good connection: the next is made at once.</param>
internal sealed record ConnectionEnd(Fate Fate, string Reason, bool InSession = false, bool Held = false)
{
    /// <summary>It did not hold, and no person is needed: after a wait the same is tried again.</summary>
    public bool IsToBeMadeAnew => !Held && Fate is (Fate.Resume or Fate.Identify);
}
