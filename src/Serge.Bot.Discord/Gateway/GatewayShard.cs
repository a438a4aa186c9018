using System.Threading.Channels;

namespace Serge.Bot.Discord.Gateway;

/// <summary>One of the connections that share the servers among them: keeps it, and makes a lost one anew. It has a session of its own, so
/// that one shard's trouble is not another's.</summary>
internal sealed class GatewayShard(Shard shard, GatewaySetup setup, ChannelWriter<DiscordEvent> events)
{
    /// <summary>So many calls in a row that come to nothing, and the session is given up: its server may be the one that is gone.</summary>
    public const int MostFailedResumes = 5;

    private readonly Session _session = new();
    private Uri? _address;
    private int _failures;
    private bool _declined;

    /// <summary>Hands on what happens until the same cannot go on.</summary>
    /// <returns>Why: <see cref="Fate.Stop"/> or <see cref="Fate.Reshard"/>.</returns>
    /// <exception cref="OperationCanceledException">We were told to stop.</exception>
    public async Task<ConnectionEnd> RunAsync(CancellationToken stop)
    {
        var reconnect = new Persistence<ConnectionEnd>(static end => end.IsToBeMadeAnew, setup.Wire, setup.Random);
        while (true)
        {
            var end = await reconnect.RunAsync(ConnectOnceAsync, stop);
            if (end.Fate is Fate.Stop or Fate.Reshard)
            {
                return end;
            }
        }
    }

    private async Task<ConnectionEnd> ConnectOnceAsync(CancellationToken stop)
    {
        SessionStarts.SessionPermit? permit = null;
        if (_session.Id is null)
        {
            switch (await setup.Starts.NextAsync(shard.Index, _declined, stop))
            {
                case SessionStart.No(var fate, var reason):
                    return await TellAsync(new ConnectionEnd(fate, reason), stop);
                case SessionStart.Yes yes:
                    (_address, permit) = (yes.Address, yes.Permit);
                    break;
            }
        }

        ConnectionEnd end;
        using (permit)
        {
            await using var socket = setup.Dial();
            var connection = new GatewayConnection(socket, shard, _session, permit, setup, events);
            end = await connection.RunAsync(GatewayAddress.From(_session.ResumeAddress) ?? _address!, stop);
        }

        _failures = end.InSession ? 0 : _failures + 1;
        _declined = end.Fate is Fate.Identify;
        if (_declined || _failures >= MostFailedResumes)
        {
            _session.Forget();
        }

        return await TellAsync(end, stop);
    }

    private async Task<ConnectionEnd> TellAsync(ConnectionEnd end, CancellationToken stop)
    {
        var named =
            shard.Count == 1 ? end : end with { Reason = $"Shard {shard.Index} of {shard.Count}: {end.Reason}" };
        if (named.Fate is not Fate.Stop)
        {
            await events.WriteAsync(new DiscordEvent.Disconnected(named.Reason), stop);
        }

        return named;
    }
}

/// <summary>What all shards share. A class and not a record, for it holds the token.</summary>
internal sealed class GatewaySetup
{
    public required string Token { get; init; }

    /// <summary>Makes a socket for each connection.</summary>
    public required Func<IGatewaySocket> Dial { get; init; }

    public required SessionStarts Starts { get; init; }

    public required SeenInteractions Seen { get; init; }

    public required TimeProvider Wire { get; init; }

    public required Random Random { get; init; }

    public required ILogger<GatewayConnection> Logger { get; init; }
}
