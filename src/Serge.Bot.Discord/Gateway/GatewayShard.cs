using System.Threading.Channels;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Keeps the connection of one shard and reconnects after a loss. It has a session of its own, so that a
/// failure of one shard does not affect the others.</summary>
internal sealed class GatewayShard(Shard shard, GatewayContext context, ChannelWriter<DiscordEvent> events)
{
    /// <summary>After this many failed attempts to resume, a new session starts: the server of the session may be
    /// gone.</summary>
    public const int MaxFailedResumes = 5;

    private readonly ResumableSession _session = new();
    private Uri? _address;
    private int _failures;
    private bool _wasDeclined;

    /// <summary>Writes events until the shard cannot reconnect.</summary>
    /// <returns>An end with <see cref="ReconnectAction.Stop"/> or <see cref="ReconnectAction.Reshard"/>.</returns>
    /// <exception cref="OperationCanceledException">The reader was cancelled.</exception>
    public async Task<ConnectionEnd> RunAsync(CancellationToken stop)
    {
        var reconnect = new ReconnectPolicy<ConnectionEnd>(
            static end => end.NeedsBackoff,
            context.Clock,
            context.Random
        );
        while (true)
        {
            var end = await reconnect.RunAsync(ConnectOnceAsync, stop);
            if (end.Action is ReconnectAction.Stop or ReconnectAction.Reshard)
            {
                return end;
            }
        }
    }

    private async Task<ConnectionEnd> ConnectOnceAsync(CancellationToken stop)
    {
        SessionStartLimiter.SessionPermit? permit = null;
        if (_session.Id is null)
        {
            switch (await context.SessionStarts.AcquireAsync(shard.Index, _wasDeclined, stop))
            {
                case SessionStartResult.Denied denied:
                    var denial = await ReportAsync(new ConnectionEnd(denied.Action, denied.Reason), stop);
                    await context.SessionStarts.WaitAsync(denied.RetryAt, stop);
                    return denial;
                case SessionStartResult.Granted granted:
                    _address = granted.Address;
                    permit = granted.Permit;
                    break;
            }
        }

        var end = await RunConnectionAsync(permit, stop);
        _failures = end.InSession ? 0 : _failures + 1;
        _wasDeclined = end.Action is ReconnectAction.Identify;
        if (_wasDeclined || _failures >= MaxFailedResumes)
        {
            _session.Clear();
        }

        return await ReportAsync(end, stop);
    }

    private async Task<ConnectionEnd> RunConnectionAsync(
        SessionStartLimiter.SessionPermit? permit,
        CancellationToken stop
    )
    {
        using (permit)
        {
            await using var socket = context.CreateSocket();
            var connection = new ShardConnection(socket, shard, _session, permit, context, events);
            return await connection.RunAsync(GatewayAddress.Create(_session.ResumeAddress) ?? _address!, stop);
        }
    }

    private async Task<ConnectionEnd> ReportAsync(ConnectionEnd end, CancellationToken stop)
    {
        if (shard.Count > 1)
        {
            end = end with { Reason = $"Shard {shard.Index} of {shard.Count}: {end.Reason}" };
        }

        if (end.Action is not ReconnectAction.Stop)
        {
            await events.WriteAsync(new DiscordEvent.Disconnected(end.Reason), stop);
        }

        return end;
    }
}

/// <summary>What all shards share. A class, so that it does not print the token.</summary>
internal sealed class GatewayContext
{
    public required string Token { get; init; }

    /// <summary>Creates a socket for each connection.</summary>
    public required Func<IGatewaySocket> CreateSocket { get; init; }

    public required SessionStartLimiter SessionStarts { get; init; }

    public required SeenInteractions SeenInteractions { get; init; }

    public required TimeProvider Clock { get; init; }

    public required Random Random { get; init; }

    public required ILogger<ShardConnection> Logger { get; init; }
}
