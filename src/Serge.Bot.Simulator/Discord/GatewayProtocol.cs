namespace Serge.Bot.Simulator.Discord;

/// <summary>The protocol of one gateway connection: handles each message of the bot.</summary>
/// <remarks>Source: Discord docs, Events/Gateway and Events/Gateway Events.</remarks>
/// <param name="world">The simulated Discord.</param>
/// <param name="connection">The WebSocket connection.</param>
/// <param name="resumeUrl">The <c>resume_gateway_url</c> of READY.</param>
/// <param name="isAtResumeUrl">Whether the bot connected to that URL.</param>
internal sealed partial class GatewayProtocol(
    DiscordWorld world,
    GatewayServerConnection connection,
    string resumeUrl,
    bool isAtResumeUrl
) : IDisposable
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(60);
    private readonly TimeSpan _interval = world.Options.HeartbeatInterval;
    private readonly Queue<DateTimeOffset> _received = new();
    private GatewayServerSession? _session;
    private ITimer? _heartbeatTimer;

    /// <summary>The longest time without a heartbeat. Discord publishes no number; 1.5 intervals are our
    /// choice.</summary>
    private TimeSpan HeartbeatTimeout => _interval * 1.5;

    /// <summary>Sends Hello, or closes the connection if its query is not supported.</summary>
    public void HandleConnected(string? version, string? encoding, string? compress)
    {
        lock (world.Lock)
        {
            if (version != "10")
            {
                connection.Close(GatewayCloseCode.InvalidApiVersion, "Invalid API version");
                return;
            }

            if (encoding is not (null or "json") || compress is not (null or "zlib-stream"))
            {
                const string reason = "The simulator supports encoding=json, plain or with compress=zlib-stream.";
                connection.Close(GatewayCloseCode.DecodeError, reason);
                return;
            }

            if (world.Faults.Fire(GatewayMoment.Connect) is { } effect)
            {
                DiscordGateway.Apply(effect, connection);
                return;
            }

            connection.Send(GatewayMessage.Hello(_interval));
            _heartbeatTimer = world.Clock.CreateTimer(
                _ => HandleHeartbeatTimeout(),
                state: null,
                HeartbeatTimeout,
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>Handles a message of the bot.</summary>
    /// <param name="message">UTF-8; <see langword="null"/> for a message over 4,096 bytes.</param>
    public void HandleMessage(ReadOnlyMemory<byte>? message)
    {
        lock (world.Lock)
        {
            if (connection.IsClosed)
            {
                return;
            }

            if (!TryCountMessage())
            {
                connection.Close(GatewayCloseCode.RateLimited, "You are being rate limited.");
            }
            else if (message is { } bytes && TryRead(bytes, out var opcode, out var data))
            {
                Handle(opcode, data);
            }
            else
            {
                CloseWithDecodeError();
            }
        }
    }

    /// <summary>Releases the session after the connection has ended.</summary>
    public void HandleDisconnected()
    {
        lock (world.Lock)
        {
            _heartbeatTimer?.Dispose();
            if (_session is not { } session || session.Connection != connection)
            {
                return;
            }

            session.Connection = null;
            session.DisconnectedAt = world.Clock.GetUtcNow();
            var closeCode = connection.CloseCode;
            if (closeCode is 1000 or 1001)
            {
                world.Gateway.Remove(session);
            }

            var isResumable = world.Gateway.Find(session.Id) is not null;
            world.Publish(
                new DiscordWorldEvent.BotDisconnected(session.Application, session.Id, closeCode, isResumable)
            );
        }
    }

    public void Dispose() => _heartbeatTimer?.Dispose();

    private static bool TryRead(ReadOnlyMemory<byte> bytes, out int opcode, out JsonElement data)
    {
        opcode = 0;
        data = default;
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
                HandleHeartbeat();
                break;
            case GatewayOpcode.Identify when _session is not null:
            case GatewayOpcode.Resume when _session is not null:
                connection.Close(GatewayCloseCode.AlreadyAuthenticated, "Already authenticated.");
                break;
            case GatewayOpcode.Identify:
                HandleIdentify(data);
                break;
            case GatewayOpcode.Resume:
                HandleResume(data);
                break;
            case GatewayOpcode.PresenceUpdate
            or GatewayOpcode.VoiceStateUpdate
            or GatewayOpcode.RequestGuildMembers
            or GatewayOpcode.RequestSoundboardSounds
            or GatewayOpcode.RequestChannelInfo:
                IgnoreIfAuthenticated();
                break;
            default:
                connection.Close(GatewayCloseCode.UnknownOpcode, "Unknown opcode.");
                break;
        }
    }

    private void IgnoreIfAuthenticated()
    {
        if (_session is null)
        {
            connection.Close(GatewayCloseCode.NotAuthenticated, "Not authenticated.");
        }
    }

    private void HandleHeartbeat()
    {
        _heartbeatTimer?.Change(HeartbeatTimeout, Timeout.InfiniteTimeSpan);
        if (world.Faults.Fire(GatewayMoment.Heartbeat) is { } effect)
        {
            Apply(effect);
            return;
        }

        connection.Send(GatewayMessage.HeartbeatAck());
    }

    private void HandleHeartbeatTimeout()
    {
        lock (world.Lock)
        {
            if (_session is not null)
            {
                world.Gateway.Remove(_session);
            }

            connection.Close(GatewayCloseCode.SessionTimedOut, "Session timed out.");
        }
    }

    /// <returns>Whether the message is within the rate limit.</returns>
    private bool TryCountMessage()
    {
        var now = world.Clock.GetUtcNow();
        while (_received.TryPeek(out var oldest) && now - oldest >= RateWindow)
        {
            _received.Dequeue();
        }

        _received.Enqueue(now);
        return _received.Count <= world.Options.GatewayEventsPerMinute;
    }

    private void CloseWithDecodeError() =>
        connection.Close(GatewayCloseCode.DecodeError, "Error while decoding payload.");

    private void SendInvalidSession() => connection.Send(GatewayMessage.InvalidSession(isResumable: false));

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
