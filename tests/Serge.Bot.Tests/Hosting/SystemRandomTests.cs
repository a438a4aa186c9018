namespace Serge.Bot.Tests.Hosting;

/// <summary>Random numbers of the operating system are within their bounds and vary.</summary>
public sealed class SystemRandomTests
{
    private const int Times = 200;

    private readonly SystemRandom _random = new();

    [Fact]
    public void Next_WithBounds_StaysWithinThemAndReachesThem()
    {
        Assert.Equal([0, 1], Distinct(() => _random.Next(2)));
        Assert.Equal([5, 6], Distinct(() => _random.Next(5, 7)));
        Assert.All(Distinct(_random.Next), number => Assert.InRange(number, 0, int.MaxValue - 1));
    }

    [Fact]
    public void NextDouble_IsAtLeastZeroAndBelowOneAndVaries()
    {
        var numbers = Distinct(_random.NextDouble);

        Assert.All(numbers, number => Assert.InRange(number, 0, Math.BitDecrement(1)));
        Assert.True(numbers[0] < 0.25 && numbers[^1] > 0.75);
    }

    [Fact]
    public void NextBytes_FillsTheWholeBuffer()
    {
        var seen = new bool[32];
        for (var i = 0; i < Times; i++)
        {
            var bytes = new byte[seen.Length];
            _random.NextBytes(bytes);
            for (var at = 0; at < bytes.Length; at++)
            {
                seen[at] |= bytes[at] != 0;
            }
        }

        Assert.All(seen, Assert.True);
    }

    private static T[] Distinct<T>(Func<T> next) =>
        [.. Enumerable.Range(0, Times).Select(_ => next()).Distinct().Order()];
}
