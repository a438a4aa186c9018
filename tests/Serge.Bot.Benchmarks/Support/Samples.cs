namespace Serge.Bot.Benchmarks.Support;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Samples
{
    private readonly List<double> _sorted;

    private Samples(IEnumerable<double> values) => _sorted = [.. values.Order()];

    public double Median => _sorted[_sorted.Count / 2];

    public double P99 => _sorted[_sorted.Count * 99 / 100];

    public static Samples Of(IEnumerable<double> values) => new(values);

    /// <summary>Runs an action repeatedly, after one warm-up run that is not measured.</summary>
    /// <returns>Milliseconds of wall time.</returns>
    public static async Task<Samples> MeasureAsync(int count, Func<Task> run)
    {
        await run();
        List<double> times = [];
        for (var i = 0; i < count; i++)
        {
            times.Add(await TimeAsync(run));
        }

        return new Samples(times);
    }

    /// <returns>Milliseconds of wall time.</returns>
    public static async Task<double> TimeAsync(Func<Task> run)
    {
        var from = TimeProvider.System.GetTimestamp();
        await run();
        return TimeProvider.System.GetElapsedTime(from).TotalMilliseconds;
    }
}
