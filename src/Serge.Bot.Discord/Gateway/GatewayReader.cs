using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Reads the gateway over as many shards as Discord requires, and yields the events of all.</summary>
internal sealed partial class GatewayReader
{
    /// <summary>The most events in the queue. When it is full, the connections are not read; no event is
    /// dropped.</summary>
    public const int Capacity = 256;

    /// <summary>Enough for 25 million guilds.</summary>
    public const int MaxShards = 10_000;

    private readonly int? _configuredShards;
    private readonly GatewayContext _context;
    private readonly ReconnectPolicy<Result<GatewayBot>> _retry;
    private readonly ILogger<GatewayReader> _logger;

    /// <param name="token">The bot's token.</param>
    /// <param name="shards">The number of shards; <see langword="null"/> for Discord's recommendation.</param>
    /// <param name="getGateway">Reads <c>GET /gateway/bot</c>.</param>
    /// <param name="createSocket">Creates a socket for each connection.</param>
    /// <param name="clock">The clock of timeouts and heartbeats.</param>
    /// <param name="random">The source of the jitter.</param>
    /// <param name="loggers">Creates the loggers.</param>
    public GatewayReader(
        string token,
        int? shards,
        Func<CancellationToken, Task<Result<GatewayBot>>> getGateway,
        Func<IGatewaySocket> createSocket,
        TimeProvider clock,
        Random random,
        ILoggerFactory loggers
    )
    {
        _configuredShards = shards;
        _context = new GatewayContext
        {
            Token = token,
            CreateSocket = createSocket,
            SessionStarts = new(getGateway, clock, random, loggers.CreateLogger<SessionStartLimiter>()),
            SeenInteractions = new SeenInteractions(),
            Clock = clock,
            Random = random,
            Logger = loggers.CreateLogger<ShardConnection>(),
        };
        _retry = new ReconnectPolicy<Result<GatewayBot>>(NeedsRetry, clock, random);
        _logger = loggers.CreateLogger<GatewayReader>();
    }

    /// <summary>Connects and yields events until cancelled, or until only a person can fix the problem.</summary>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A user waits: the consumer continues at once on the thread that has read the frame.
        var options = new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = true };
        var events = Channel.CreateBounded<DiscordEvent>(options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunAsync(events.Writer, stop.Token);
        try
        {
            while (await events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (events.Reader.TryRead(out var discordEvent))
                {
                    yield return discordEvent;
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
            var end = await RunWithEnoughShardsAsync(events, stop);
            if (end.Action is ReconnectAction.Stop(var cause))
            {
                await events.WriteAsync(new DiscordEvent.Stopped(cause, end.Reason), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The consumer has stopped reading.
        }
        catch (Exception e)
        {
            // A defect: the consumer receives the exception.
            events.TryComplete(e);
        }
        finally
        {
            events.TryComplete();
        }
    }

    /// <summary>Runs the shards, and again with more shards when Discord requires it.</summary>
    private async Task<ConnectionEnd> RunWithEnoughShardsAsync(
        ChannelWriter<DiscordEvent> events,
        CancellationToken stop
    )
    {
        var previousCount = 0;
        while (true)
        {
            var read = await _retry.RunAsync(c => ReadGatewayAsync(events, c), stop);
            if (!read.TryGetValue(out var gateway))
            {
                var (action, reason) = SessionStartLimiter.Deny(read);
                return new ConnectionEnd(action, reason);
            }

            var recommended = gateway.Shards ?? 1;
            var count = GetShardCount(recommended, previousCount);
            if (count > 1)
            {
                LogShards(count, recommended);
            }

            var end = await RunShardsAsync(count, events, stop);
            if (end.Action is not ReconnectAction.Reshard)
            {
                return end;
            }

            if (count == MaxShards)
            {
                return end with { Action = new ReconnectAction.Stop(StopCause.InvalidConfiguration) };
            }

            previousCount = count;

            // Discord may close with 4011 before a session is requested; then no other limit delays the next request.
            await Task.Delay(SessionStartLimiter.IdentifyInterval, _context.Clock, stop);
        }
    }

    private int GetShardCount(int recommended, int previousCount)
    {
        var count = _configuredShards ?? recommended;
        if (previousCount > 0)
        {
            count = Math.Max(recommended, previousCount + 1);
        }

        return Math.Clamp(count, 1, MaxShards);
    }

    private async Task<Result<GatewayBot>> ReadGatewayAsync(ChannelWriter<DiscordEvent> events, CancellationToken stop)
    {
        var read = await _context.SessionStarts.GetGatewayAsync(stop);
        stop.ThrowIfCancellationRequested();
        if (NeedsRetry(read))
        {
            var reason = read.GetReason();
            await events.WriteAsync(new DiscordEvent.Disconnected(reason), stop);
            var retryAt = (read as Result<GatewayBot>.Unavailable)?.RetryAt;
            await _context.SessionStarts.WaitAsync(retryAt, stop);
        }

        return read;
    }

    private static bool NeedsRetry(Result<GatewayBot> read) =>
        read is not (Result<GatewayBot>.Success or Result<GatewayBot>.Unauthorized);

    /// <summary>Runs all shards until one of them ends.</summary>
    private async Task<ConnectionEnd> RunShardsAsync(
        int count,
        ChannelWriter<DiscordEvent> events,
        CancellationToken stop
    )
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var shards = new Task<ConnectionEnd>[count];
        for (var index = 0; index < count; index++)
        {
            var shard = new GatewayShard(new Shard(index, count), _context, events);
            shards[index] = shard.RunAsync(lifetime.Token);
        }

        var first = await Task.WhenAny(shards);
        Cancel(lifetime);
        const ConfigureAwaitOptions Options =
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;
        await ((Task)Task.WhenAll(shards)).ConfigureAwait(Options);
        return await first;
    }

    [LoggerMessage(
        LogLevel.Information,
        "Opening {Count} gateway connections, one per shard (Discord recommends {Recommended})"
    )]
    private partial void LogShards(int count, int recommended);
}
