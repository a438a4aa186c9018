using Polly;
using Polly.Retry;

namespace Serge.Bot.Discord.Gateway;

/// <summary>How soon a lost connection is made anew.</summary>
internal sealed class Reconnect
{
    private readonly ResiliencePipeline<ConnectionEnd> _pipeline;

    /// <summary>After a connection that did not hold: 1 s or so, doubling, by chance, up to 2 minutes; for ever.</summary>
    public Reconnect(TimeProvider wire, Random random) =>
        _pipeline = new ResiliencePipelineBuilder<ConnectionEnd> { TimeProvider = wire }
            .AddRetry(new RetryStrategyOptions<ConnectionEnd>
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { Held: false, Fate: Fate.Resume or Fate.Identify }),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromMinutes(2),
                UseJitter = true,
                Randomizer = random.NextDouble,
            })
            .Build();

    /// <summary>Connects until a connection has held, or until the end.</summary>
    public async Task<ConnectionEnd> RunAsync(Func<CancellationToken, Task<ConnectionEnd>> connect, CancellationToken stop)
    {
        // On our own context, as everything here: a test can then run all of it on one thread.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, stop);
        try
        {
            return await _pipeline.ExecuteAsync(async c => await connect(c.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
