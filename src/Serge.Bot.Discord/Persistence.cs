using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Retry;

namespace Serge.Bot.Discord;

/// <summary>Tries again and again while Discord is away: after 1 s or so, doubling, by chance, up to 2 minutes; for ever.</summary>
/// <remarks>By chance, so that the bots of the world do not all come back at the same moment. There is no last attempt: a bot that has given up is of no use to
/// anybody.</remarks>
internal sealed class Persistence<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>
{
    private readonly ResiliencePipeline<T> _pipeline;

    /// <param name="isInVain">Which results are no end.</param>
    /// <param name="wire">By which clock it waits.</param>
    /// <param name="random">Spreads the waits.</param>
    public Persistence(Func<T, bool> isInVain, TimeProvider wire, Random random) =>
        _pipeline = new ResiliencePipelineBuilder<T> { TimeProvider = wire }
            .AddRetry(
                new RetryStrategyOptions<T>
                {
                    ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { } result && isInVain(result)),
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromSeconds(1),
                    MaxDelay = TimeSpan.FromMinutes(2),
                    UseJitter = true,
                    Randomizer = random.NextDouble,
                }
            )
            .Build();

    /// <summary>Tries until a result is an end.</summary>
    public async Task<T> RunAsync(Func<CancellationToken, Task<T>> attempt, CancellationToken stop)
    {
        // On our own context, as everything here: a test can then run all of it on one thread.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, stop);
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
