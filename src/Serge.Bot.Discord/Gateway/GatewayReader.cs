using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Polly;
using Polly.Retry;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Reads the gateway: keeps a connection, makes a lost one anew, and yields what happens.</summary>
/// <remarks>It <c>ask</c>s <c>GET /gateway/bot</c> where to connect, and <c>dial</c> makes a socket for each connection.</remarks>
internal sealed partial class GatewayReader(
    string token, Func<CancellationToken, Task<Answer<GatewayBot>>> ask, Func<IGatewaySocket> dial,
    TimeProvider wire, Random random, ILoggerFactory loggers)
{
    /// <summary>How many events wait for a consumer. Beyond that the connection is not read any further; nothing is dropped.</summary>
    public const int Capacity = 256;

    /// <summary>So many calls in a row that come to nothing, and the session is given up: its server may be the one that is gone.</summary>
    public const int MostFailedResumes = 5;

    private readonly ILogger<GatewayConnection> _logger = loggers.CreateLogger<GatewayConnection>();

    /// <summary>Connects and yields what happens until cancelled, or until only a person can help.</summary>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bounds = new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true };
        var events = System.Threading.Channels.Channel.CreateBounded<DiscordEvent>(bounds);
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
            Stop(stop);
            await running;
        }
    }

    private static void Stop(CancellationTokenSource stop) => stop.Cancel();

    private async Task RunAsync(ChannelWriter<DiscordEvent> events, CancellationToken stop)
    {
        try
        {
            var starts = new SessionStarts(ask, wire, random, loggers.CreateLogger<SessionStarts>());
            var state = new State(new Session(), new SeenInteractions(), starts);
            var pipeline = ReconnectPipeline(wire, random);
            while (true)
            {
                // On our own context, as everything here: a test can then run all of it on one thread.
                var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, stop);
                try
                {
                    var end = await pipeline.ExecuteAsync(async c => await ConnectOnceAsync(state, events, c.CancellationToken), context);
                    if (end.Fate is Fate.Stop(var cause))
                    {
                        await events.WriteAsync(new DiscordEvent.Stopped(cause, end.Reason), stop);
                        return;
                    }
                }
                finally
                {
                    ResilienceContextPool.Shared.Return(context);
                }
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

    /// <summary>After a connection that did not hold: 1 s or so, doubling, by chance, up to 2 minutes; for ever.</summary>
    private static ResiliencePipeline<ConnectionEnd> ReconnectPipeline(TimeProvider wire, Random random) =>
        new ResiliencePipelineBuilder<ConnectionEnd> { TimeProvider = wire }
            .AddRetry(new RetryStrategyOptions<ConnectionEnd>
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { Held: false, Fate: not Fate.Stop }),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromMinutes(2),
                UseJitter = true,
                Randomizer = random.NextDouble,
            })
            .Build();

    private async Task<ConnectionEnd> ConnectOnceAsync(State state, ChannelWriter<DiscordEvent> events, CancellationToken stop)
    {
        var session = state.Session;
        if (session.Id is null)
        {
            switch (await state.Starts.NextAsync(state.Rest, stop))
            {
                case SessionStart.No(var fate, var reason):
                    var none = new ConnectionEnd(fate, reason);
                    await TellAsync(none, events, stop);
                    return none;
                case SessionStart.Yes(var address):
                    state.Address = address;
                    break;
            }
        }

        ConnectionEnd end;
        await using (var socket = dial())
        {
            using var connection = new GatewayConnection(socket, session, state.Seen, token, events, wire, random, _logger);
            end = await connection.RunAsync(GatewayAddress.From(session.ResumeAddress) ?? state.Address!, stop);
        }

        state.Failures = end.InSession ? 0 : state.Failures + 1;
        state.Rest = end.Fate is Fate.Identify;
        if (state.Rest || state.Failures >= MostFailedResumes)
        {
            session.Forget();
            state.Failures = 0;
        }

        await TellAsync(end, events, stop);
        return end;
    }

    private static ValueTask TellAsync(ConnectionEnd end, ChannelWriter<DiscordEvent> events, CancellationToken stop) =>
        end.Fate is Fate.Stop ? ValueTask.CompletedTask : events.WriteAsync(new DiscordEvent.Disconnected(end.Reason), stop);

    /// <summary>What one consumer's reading carries from connection to connection.</summary>
    private sealed class State(Session session, SeenInteractions seen, SessionStarts starts)
    {
        public Session Session { get; } = session;

        public SeenInteractions Seen { get; } = seen;

        public SessionStarts Starts { get; } = starts;

        /// <summary>Where the session began.</summary>
        public Uri? Address { get; set; }

        /// <summary>Connections in a row that came to nothing.</summary>
        public int Failures { get; set; }

        /// <summary>Discord has declined a session.</summary>
        public bool Rest { get; set; }
    }
}
