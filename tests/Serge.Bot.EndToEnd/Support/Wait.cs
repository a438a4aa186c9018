using System.Runtime.CompilerServices;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>Waits with a timeout. When it elapses, the test fails and shows the last state.</summary>
internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a test may take. Far longer than it needs on a busy machine, so that only a test that does not
    /// end reaches it.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Evaluates a condition every 50 ms until it is true.</summary>
    /// <exception cref="TimeoutException">It was not true in time.</exception>
    public static async Task UntilAsync(
        Func<Task<bool>> condition,
        Func<Task<string>> observe,
        CancellationToken timeout,
        [CallerArgumentExpression(nameof(condition))] string expected = ""
    )
    {
        try
        {
            while (!await condition())
            {
                await Task.Delay(Interval, timeout);
            }
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw await TimeoutAsync(expected, observe, e);
        }
    }

    /// <summary>Waits for a task that ends when the timeout is reached.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<T> ForAsync<T>(
        Task<T> task,
        Func<Task<string>> observe,
        CancellationToken timeout,
        [CallerArgumentExpression(nameof(task))] string expected = ""
    )
    {
        try
        {
            return await task;
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw await TimeoutAsync(expected, observe, e);
        }
    }

    private static async Task<TimeoutException> TimeoutAsync(
        string expected,
        Func<Task<string>> observe,
        Exception cause
    ) => new($"Not reached in time: {expected}\nObserved instead:\n{await observe()}", cause);
}
