using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Retry;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Retries without limit: after about 1 s, then exponentially longer, at most 2 minutes, with
/// jitter.</summary>
/// <remarks>Jitter spreads the bots that reconnect after an outage of Discord.</remarks>
internal sealed class ReconnectPolicy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>
{
    private readonly ResiliencePipeline<T> _pipeline;

    /// <param name="shouldRetry">Whether a result is followed by another attempt.</param>
    /// <param name="clock">The clock of the waits.</param>
    /// <param name="random">The source of the jitter.</param>
    public ReconnectPolicy(Func<T, bool> shouldRetry, TimeProvider clock, Random random)
    {
        var retry = new RetryStrategyOptions<T>
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { } result && shouldRetry(result)),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromMinutes(2),
            UseJitter = true,
            Randomizer = random.NextDouble,
        };
        _pipeline = new ResiliencePipelineBuilder<T> { TimeProvider = clock }
            .AddRetry(retry)
            .Build();
    }

    /// <summary>Runs attempts until a result needs no retry.</summary>
    public async Task<T> RunAsync(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        // Continues on the captured context, so that a test can run everything on one thread.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        try
        {
            return await _pipeline.ExecuteAsync(async c => await attempt(c.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
