using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>One connection to the gateway, from its start to its end. Used once.</summary>
/// <remarks>One task reads and another sends heartbeats, so that a slow consumer delays the reading and not the
/// heartbeats.</remarks>
/// <param name="socket">The WebSocket.</param>
/// <param name="shard">The shard of the connection.</param>
/// <param name="session">The session to resume or to start.</param>
/// <param name="permit">Allows to start a session; <see langword="null"/> to resume one.</param>
/// <param name="context">What all shards share.</param>
/// <param name="events">Receives the events.</param>
internal sealed partial class ShardConnection(
    IGatewaySocket socket,
    Shard shard,
    ResumableSession session,
    SessionStartLimiter.SessionPermit? permit,
    GatewayContext context,
    ChannelWriter<DiscordEvent> events
)
{
    /// <summary>Guilds: the changes of guilds and channels. Interactions need no intent.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, List of Intents.</remarks>
    public const int Intents = 1 << 0;

    /// <summary>From the start to the first message. Short, because other shards may wait for this one to
    /// identify.</summary>
    public static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(15);

    /// <summary>From the first message to the first event.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>After a shorter connection, the next attempt waits.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(60);

    private const int MaxReasonLength = 300;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DefaultHeartbeatInterval = TimeSpan.FromSeconds(45);

    /// <summary>Heartbeats alone cannot exceed <see cref="SendQueue.ReservedForVital"/>.</summary>
    private static readonly TimeSpan MinHeartbeatInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxHeartbeatInterval = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock = context.Clock;
    private readonly ILogger _logger = context.Logger;
    private readonly SendQueue _sendQueue = new(socket, context.Clock);
    private readonly Heartbeat _heartbeat = new(context.Clock, context.Random);
    private Task _heartbeatTask = Task.CompletedTask;
    private ITimer? _startTimer;
    private string? _abortReason;
    private bool _inSession;

    /// <summary>Describes a failure of the socket as one line.</summary>
    public static string Describe(string failure, Exception e) => $"{failure} ({e.GetType().Name}): {GetMessage(e)}";

    private static string GetMessage(Exception e)
    {
        var message = e.GetBaseException().Message;
        return SingleLine.Create(message, MaxReasonLength);
    }

    /// <summary>Connects, starts or resumes a session, and writes events until the connection ends.</summary>
    /// <exception cref="OperationCanceledException">The reader was cancelled.</exception>
    public async Task<ConnectionEnd> RunAsync(Uri address, CancellationToken stop)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var start = _clock.GetTimestamp();
        await using var startTimer = _startTimer = _clock.CreateTimer(
            _ => Abort(lifetime, "Timeout: Discord did not start the session in time"),
            null,
            HelloTimeout,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            await socket.ConnectAsync(address, lifetime.Token);
            var (action, reason) = await ReadAsync(lifetime, stop);
            return CreateEnd(action, reason, start);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return CreateEnd(new ReconnectAction.Resume(), _abortReason ?? "Connection lost", start);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever the socket throws, and .NET does not throw WebSocketException only: the connection has ended.
            return CreateEnd(new ReconnectAction.Resume(), Describe("Connection lost", e), start);
        }
        finally
        {
            Cancel(lifetime);
            await _heartbeatTask;
            await CloseAsync(stop.IsCancellationRequested ? CloseCodes.NormalClosure : CloseCodes.KeepSession);
        }
    }

    private ConnectionEnd CreateEnd(ReconnectAction action, string reason, long start)
    {
        var wasStable = _inSession && _clock.GetElapsedTime(start) >= StableAfter;
        return new(action, reason, _inSession, wasStable);
    }

    private async Task<(ReconnectAction Action, string Reason)> ReadAsync(
        CancellationTokenSource lifetime,
        CancellationToken stop
    )
    {
        while (true)
        {
            switch (await socket.ReceiveAsync(lifetime.Token))
            {
                case ReceiveResult.Close(var code, var reason):
                    return (CloseCodes.GetAction(code), CloseCodes.Describe(code, reason));
                case ReceiveResult.Message(var json):
                    _heartbeat.MarkReceived();
                    if (Parse(json) is { } frame && await HandleAsync(frame, lifetime, stop) is { } end)
                    {
                        return end;
                    }

                    break;
            }
        }
    }

    /// <returns>The end of the connection; <see langword="null"/> if it continues.</returns>
    private async Task<(ReconnectAction Action, string Reason)?> HandleAsync(
        GatewayFrame frame,
        CancellationTokenSource lifetime,
        CancellationToken stop
    )
    {
        switch (frame.Op)
        {
            case Opcode.Dispatch:
                await HandleDispatchAsync(frame, stop);
                return null;
            case Opcode.Hello when _heartbeatTask.IsCompleted:
                _startTimer!.Change(StartTimeout, Timeout.InfiniteTimeSpan);
                _heartbeatTask = RunHeartbeatAsync(GetHeartbeatInterval(frame), lifetime);
                await IdentifyOrResumeAsync(lifetime.Token);
                return null;
            case Opcode.Heartbeat:
                await SendHeartbeatAsync(isVital: false, lifetime.Token);
                return null;
            case Opcode.Reconnect:
                return (new ReconnectAction.Resume(), "Discord requested a reconnect (opcode 7)");
            case Opcode.InvalidSession when frame.Data.Span.SequenceEqual("true"u8):
                return (new ReconnectAction.Resume(), "Discord requested to resume the session (opcode 9)");
            case Opcode.InvalidSession:
                return (new ReconnectAction.Identify(), "Discord ended the session (opcode 9)");
            default:
                return null;
        }
    }

    private async Task HandleDispatchAsync(GatewayFrame frame, CancellationToken stop)
    {
        _startTimer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (ParseEvent(frame) is { } discordEvent)
        {
            // The end of the connection does not cancel this: the event has been received.
            await _heartbeat.SuspendTimeoutAsync(events.WriteAsync(discordEvent, stop));
        }

        // Not before, so that Discord replays the event if the connection ends earlier.
        if (frame.Sequence is { } sequence)
        {
            session.SetSequence(sequence);
        }
    }

    private DiscordEvent? ParseEvent(GatewayFrame frame)
    {
        try
        {
            switch (frame.Event)
            {
                case "READY":
                    return StartSession(frame.ReadData(ReadyData.Read));
                case "RESUMED":
                    _inSession = true;
                    return new DiscordEvent.Resumed();
                default:
                    var discordEvent = DispatchParser.Parse(frame);
                    if (
                        discordEvent is DiscordEvent.InteractionReceived(var interaction)
                        && !context.SeenInteractions.TryAdd(interaction.Id)
                    )
                    {
                        return null;
                    }

                    return discordEvent;
            }
        }
        catch (Exception e)
        {
            // Also a defect of ours: an event never ends more than itself.
            LogInvalidMessage(frame.Event, e.Message);
            return null;
        }
    }

    private DiscordEvent.Ready StartSession(ReadyData ready)
    {
        session.Start(ready);
        permit?.Dispose();
        _inSession = true;
        var guilds = (ready.Guilds ?? []).Select(guild => guild.Id).OfType<ulong>();
        return new DiscordEvent.Ready(
            ready.Application?.Id ?? 0,
            ready.User?.Username ?? "",
            shard,
            [.. guilds.Select(id => new GuildId(id))]
        );
    }

    private GatewayFrame? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return GatewayFrame.Parse(json);
        }
        catch (JsonException e)
        {
            LogInvalidMessage("a frame", e.Message);
            return null;
        }
    }

    private async Task IdentifyOrResumeAsync(CancellationToken cancellationToken)
    {
        if (permit is null)
        {
            var resume = new ResumeData
            {
                Token = context.Token,
                SessionId = session.Id!,
                Seq = session.Sequence,
            };
            await SendAsync(new ResumeFrame(resume), DiscordJson.Default.ResumeFrame, isVital: true, cancellationToken);
            return;
        }

        var identify = new IdentifyData
        {
            Token = context.Token,
            Intents = Intents,
            Properties = new IdentifyProperties(RuntimeInformation.RuntimeIdentifier, "serge-bot", "serge-bot"),
            Shard = [shard.Index, shard.Count],
        };
        var frame = new IdentifyFrame(identify);
        try
        {
            await SendAsync(frame, DiscordJson.Default.IdentifyFrame, isVital: true, cancellationToken);
        }
        finally
        {
            // Discord may have received it, even if the connection failed meanwhile.
            permit.MarkUsed();
        }
    }

    private async Task RunHeartbeatAsync(TimeSpan interval, CancellationTokenSource lifetime)
    {
        try
        {
            _abortReason ??= await _heartbeat.RunAsync(
                interval,
                c => SendHeartbeatAsync(isVital: true, c),
                lifetime.Token
            );
        }
        finally
        {
            // A connection without heartbeat ends.
            Cancel(lifetime);
        }
    }

    private Task<bool> SendHeartbeatAsync(bool isVital, CancellationToken cancellationToken)
    {
        var heartbeat = new HeartbeatFrame(session.Sequence);
        return SendAsync(heartbeat, DiscordJson.Default.HeartbeatFrame, isVital, cancellationToken);
    }

    private Task<bool> SendAsync<T>(T frame, JsonTypeInfo<T> type, bool isVital, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(frame, type);
        return _sendQueue.TrySendAsync(json, isVital, cancellationToken);
    }

    private TimeSpan GetHeartbeatInterval(GatewayFrame hello)
    {
        double? interval = null;
        try
        {
            interval = hello.ReadData(HelloData.Read).HeartbeatInterval;
        }
        catch (JsonException e)
        {
            LogInvalidMessage("HELLO", e.Message);
        }

        if (interval is not > 0)
        {
            return DefaultHeartbeatInterval;
        }

        var min = MinHeartbeatInterval.TotalMilliseconds;
        var max = MaxHeartbeatInterval.TotalMilliseconds;
        return TimeSpan.FromMilliseconds(Math.Clamp(interval.Value, min, max));
    }

    private void Abort(CancellationTokenSource lifetime, string reason)
    {
        _abortReason ??= reason;
        Cancel(lifetime);
    }

    private static void Cancel(CancellationTokenSource lifetime) => lifetime.Cancel();

    private async Task CloseAsync(int code)
    {
        using var timeout = new CancellationTokenSource(CloseTimeout, _clock);
        try
        {
            await socket.CloseAsync(code, timeout.Token);
        }
        catch (Exception)
        {
            // The connection is lost already, or closed without a close frame.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Invalid message from Discord ignored ({Message}): {Problem}")]
    private partial void LogInvalidMessage(string? message, string problem);
}

/// <summary>The end of a connection.</summary>
/// <param name="Action">The next action.</param>
/// <param name="Reason">One line for a person.</param>
/// <param name="InSession">Whether a session started or resumed.</param>
/// <param name="WasStable">The connection was long enough, so the next attempt does not wait.</param>
internal sealed record ConnectionEnd(
    ReconnectAction Action,
    string Reason,
    bool InSession = false,
    bool WasStable = false
)
{
    /// <summary>Whether the next attempt waits.</summary>
    public bool NeedsBackoff => !WasStable && Action is (ReconnectAction.Resume or ReconnectAction.Identify);
}
