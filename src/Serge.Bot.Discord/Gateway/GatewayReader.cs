using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Reads the gateway over as many shards as Discord wants, and yields what happens on all of them.</summary>
internal sealed partial class GatewayReader
{
    /// <summary>How many events wait for a consumer. Beyond that the connections are not read any further; nothing is dropped.</summary>
    public const int Capacity = 256;

    /// <summary>Enough for 25 million servers.</summary>
    public const int MostShards = 10_000;

    private readonly int? _shards;
    private readonly GatewaySetup _setup;
    private readonly Persistence<ConnectionEnd> _reconnect;
    private readonly ILogger<GatewayReader> _logger;

    /// <summary>Makes a reader.</summary>
    /// <param name="token">Who we are.</param>
    /// <param name="shards">How many shards; <see langword="null"/> for as many as Discord advises.</param>
    /// <param name="ask">Asks <c>GET /gateway/bot</c> where to connect.</param>
    /// <param name="dial">Makes a socket for each connection.</param>
    /// <param name="wire">The clock of the network.</param>
    /// <param name="random">Spreads heartbeats and calls.</param>
    /// <param name="loggers">For what is no event.</param>
    public GatewayReader(
        string token,
        int? shards,
        Func<CancellationToken, Task<Result<GatewayBot>>> ask,
        Func<IGatewaySocket> dial,
        TimeProvider wire,
        Random random,
        ILoggerFactory loggers
    )
    {
        _shards = shards;
        _setup = new GatewaySetup
        {
            Token = token,
            Dial = dial,
            Starts = new SessionStarts(ask, wire, random, loggers.CreateLogger<SessionStarts>()),
            Seen = new SeenInteractions(),
            Wire = wire,
            Random = random,
            Logger = loggers.CreateLogger<GatewayConnection>(),
        };
        _reconnect = new Persistence<ConnectionEnd>(static end => end.IsToBeMadeAnew, wire, random);
        _logger = loggers.CreateLogger<GatewayReader>();
    }

    /// <summary>Connects and yields what happens until cancelled, or until only a person can help.</summary>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A member waits: the consumer goes on at once, on the thread that has read the frame, and not when another one has woken up.
        var events = System.Threading.Channels.Channel.CreateBounded<DiscordEvent>(
            new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = true }
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunAsync(events.Writer, stop.Token);
        try
        {
            while (await events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (events.Reader.TryRead(out var happened))
                {
                    yield return happened;
                }
            }
        }
        finally
        {
            Cancel(stop);
            await running;
        }
    }

    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private async Task RunAsync(ChannelWriter<DiscordEvent> events, CancellationToken stop)
    {
        try
        {
            var end = await RunAllAsync(events, stop);
            if (end.Fate is Fate.Stop(var cause))
            {
                await events.WriteAsync(new DiscordEvent.Stopped(cause, end.Reason), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The consumer has left; there is nobody to tell.
        }
        catch (Exception e)
        {
            // Broken code: the consumer hears of it where it reads.
            events.TryComplete(e);
        }
        finally
        {
            events.TryComplete();
        }
    }

    /// <summary>Runs with so many shards, and with more when Discord says that they are too few.</summary>
    private async Task<ConnectionEnd> RunAllAsync(ChannelWriter<DiscordEvent> events, CancellationToken stop)
    {
        var tooFew = 0;
        while (true)
        {
            var advised = 1;
            var looked = await _reconnect.RunAsync(async c => await LookAsync(events, n => advised = n, c), stop);
            if (looked.Fate is Fate.Stop)
            {
                return looked;
            }

            var count = Math.Clamp(tooFew == 0 ? _shards ?? advised : Math.Max(advised, tooFew + 1), 1, MostShards);
            if (count > 1)
            {
                LogShards(count, advised);
            }

            var end = await RunShardsAsync(count, events, stop);
            if (end.Fate is not Fate.Reshard || count == MostShards)
            {
                return end with { Fate = end.Fate is Fate.Reshard ? new Fate.Stop(StopCause.BadSetup) : end.Fate };
            }

            tooFew = count;

            // The server may close with 4011 before a session is requested; then no other limit delays the next.
            await Task.Delay(SessionStarts.Spacing, _setup.Wire, stop);
        }
    }

    /// <summary>Asks how many shards Discord advises.</summary>
    private async Task<ConnectionEnd> LookAsync(
        ChannelWriter<DiscordEvent> events,
        Action<int> advised,
        CancellationToken stop
    )
    {
        var answer = await _setup.Starts.LookAsync(stop);
        stop.ThrowIfCancellationRequested();
        if (answer is Result<GatewayBot>.Success(var gateway))
        {
            advised(gateway.Shards ?? 1);
            return new ConnectionEnd(new Fate.Identify(), "", Held: true);
        }

        var (fate, reason) = SessionStarts.NoBecause(answer);
        if (fate is not Fate.Stop)
        {
            await events.WriteAsync(new DiscordEvent.Disconnected(reason), stop);
        }

        return new ConnectionEnd(fate, reason);
    }

    /// <summary>Runs all shards until one of them says that the same cannot go on.</summary>
    private async Task<ConnectionEnd> RunShardsAsync(
        int count,
        ChannelWriter<DiscordEvent> events,
        CancellationToken stop
    )
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var shards = Enumerable
            .Range(0, count)
            .Select(i => new GatewayShard(new Shard(i, count), _setup, events).RunAsync(life.Token))
            .ToArray();
        var first = await Task.WhenAny(shards);
        Cancel(life);
        await ((Task)Task.WhenAll(shards)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        return await first;
    }

    [LoggerMessage(
        LogLevel.Information,
        "Discord's servers are shared among {Count} gateway connections (Discord advises {Advised})"
    )]
    private partial void LogShards(int count, int advised);
}
