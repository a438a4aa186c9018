namespace Serge.Bot.Benchmarks.Support;

/// <summary>Measures how much memory an action keeps reachable while it runs: the managed heap after a garbage
/// collection, four times a second.</summary>
internal static class LiveHeap
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <returns>The largest growth of the heap during the action, in MiB.</returns>
    public static async Task<double> MeasurePeakAsync(Func<Task> run)
    {
        var before = Read();
        var peak = before;
        using CancellationTokenSource stop = new();
        var sampling = Task.Run(async () =>
        {
            using PeriodicTimer timer = new(Interval, TimeProvider.System);
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, Read());
                await timer.WaitForNextTickAsync(CancellationToken.None);
            }
        });
        await run();
        await stop.CancelAsync();
        await sampling;
        return Math.Max(0, peak - before);
    }

    /// <returns>MiB.</returns>
    public static double Read() => GC.GetTotalMemory(forceFullCollection: true) / 1024.0 / 1024.0;
}
