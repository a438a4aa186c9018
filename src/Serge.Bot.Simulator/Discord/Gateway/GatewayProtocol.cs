using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord.Gateway;

/// <summary>The rules of one gateway connection: what each message of the bot's leads to.</summary>
/// <remarks>Source: Discord docs, Events/Gateway and Events/Gateway Events.</remarks>
/// <param name="world">The Discord it belongs to.</param>
/// <param name="connection">The WebSocket.</param>
/// <param name="resumeUrl">What READY names for resuming.</param>
/// <param name="atResumeUrl">Whether the bot came to that address.</param>
internal sealed partial class GatewayProtocol(
    DiscordWorld world,
    GatewayConnection connection,
    string resumeUrl,
    bool atResumeUrl
) : IDisposable
{
    private readonly TimeSpan _interval = world.Options.HeartbeatInterval;
    private readonly Queue<DateTimeOffset> _received = new();
    private GatewaySession? _session;
    private ITimer? _patience;

    /// <summary>Says Hello, or refuses the connection for what its address asks.</summary>
    public void Open(string? version, string? encoding, string? compress)
    {
        lock (world.Gate)
        {
            if (version != "10")
            {
                connection.Close(GatewayCloseCode.InvalidApiVersion, "Invalid API version");
                return;
            }

            if (encoding is not (null or "json") || compress is not (null or "zlib-stream"))
            {
                connection.Close(
                    GatewayCloseCode.DecodeError,
                    "This simulator speaks encoding=json, plain or with compress=zlib-stream."
                );
                return;
            }

            if (world.Faults.Strike(GatewayMoment.Connect) is { } effect)
            {
                DiscordGateway.Apply(effect, connection);
                return;
            }

            connection.Send(
                new JsonObject
                {
                    ["t"] = null,
                    ["s"] = null,
                    ["op"] = GatewayOpcode.Hello,
                    ["d"] = new JsonObject { ["heartbeat_interval"] = (long)_interval.TotalMilliseconds },
                }
            );
            _patience = world.Clock.CreateTimer(_ => NoHeartbeat(), null, Patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Handles a message of the bot's.</summary>
    /// <param name="message">UTF-8; <see langword="null"/> for one over 4,096 bytes.</param>
    public void Receive(ReadOnlyMemory<byte>? message)
    {
        lock (world.Gate)
        {
            if (connection.Ended)
            {
                return;
            }

            if (!InPace())
            {
                Refuse(GatewayCloseCode.RateLimited, "You are being rate limited.");
            }
            else if (message is not { } bytes || !TryRead(bytes, out var opcode, out var data))
            {
                Refuse(GatewayCloseCode.DecodeError, "Error while decoding payload.");
            }
            else
            {
                Handle(opcode, data);
            }
        }
    }

    /// <summary>Tidies up after the connection has ended.</summary>
    public void Ended()
    {
        lock (world.Gate)
        {
            _patience?.Dispose();
            if (_session is not { } session || session.Connection != connection)
            {
                return;
            }

            session.Connection = null;
            session.LostAt = world.Clock.GetUtcNow();
            if (connection.CloseCode is 1000 or 1001)
            {
                world.Gateway.Forget(session);
            }

            var resumable = world.Gateway.Find(session.Id) is not null;
            world.Publish(
                new SimulatorEvent.BotDisconnected(session.Application, session.Id, connection.CloseCode, resumable)
            );
        }
    }

    public void Dispose() => _patience?.Dispose();

    /// <summary>How long a bot may be without a heartbeat. Discord does not say; half an interval of grace is ours.</summary>
    private TimeSpan Patience => _interval * 1.5;

    private static bool TryRead(ReadOnlyMemory<byte> bytes, out int opcode, out JsonElement data)
    {
        (opcode, data) = (0, default);
        try
        {
            var root = JsonElement.Parse(bytes.Span);
            if (root.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            root.TryGetProperty("d", out data);
            return root.TryGetProperty("op", out var op)
                && op.ValueKind == JsonValueKind.Number
                && op.TryGetInt32(out opcode);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Handle(int opcode, JsonElement data)
    {
        switch (opcode)
        {
            case GatewayOpcode.Heartbeat:
                Heartbeat();
                break;
            case GatewayOpcode.Identify when _session is not null:
            case GatewayOpcode.Resume when _session is not null:
                Refuse(GatewayCloseCode.AlreadyAuthenticated, "Already authenticated.");
                break;
            case GatewayOpcode.Identify:
                Identify(data);
                break;
            case GatewayOpcode.Resume:
                Resume(data);
                break;
            case GatewayOpcode.PresenceUpdate
            or GatewayOpcode.VoiceStateUpdate
            or GatewayOpcode.RequestGuildMembers
            or GatewayOpcode.RequestSoundboardSounds
            or GatewayOpcode.RequestChannelInfo:
                // Known, and of no consequence here.
                if (_session is null)
                {
                    Refuse(GatewayCloseCode.NotAuthenticated, "Not authenticated.");
                }

                break;
            default:
                Refuse(GatewayCloseCode.UnknownOpcode, "Unknown opcode.");
                break;
        }
    }

    private void Heartbeat()
    {
        _patience?.Change(Patience, Timeout.InfiniteTimeSpan);
        if (world.Faults.Strike(GatewayMoment.Heartbeat) is { } effect)
        {
            Apply(effect);
            return;
        }

        connection.Send(new JsonObject { ["op"] = GatewayOpcode.HeartbeatAck });
    }

    private void NoHeartbeat()
    {
        lock (world.Gate)
        {
            if (_session is not null)
            {
                world.Gateway.Forget(_session);
            }

            Refuse(GatewayCloseCode.SessionTimedOut, "Session timed out.");
        }
    }

    private bool InPace()
    {
        var now = world.Clock.GetUtcNow();
        while (_received.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(60))
        {
            _received.Dequeue();
        }

        _received.Enqueue(now);
        return _received.Count <= world.Options.GatewayEventsPerMinute;
    }

    private void Refuse(int closeCode, string reason) => connection.Close(closeCode, reason);

    private void InvalidSession(bool resumable = false) =>
        connection.Send(new JsonObject { ["op"] = GatewayOpcode.InvalidSession, ["d"] = resumable });

    private void Apply(GatewayEffect effect)
    {
        if (_session is null)
        {
            DiscordGateway.Apply(effect, connection);
        }
        else
        {
            world.Gateway.Apply(effect, _session);
        }
    }
}
