using System.Net;

namespace Serge.Bot.Tests.Hosting;

/// <summary>How many requests may be in progress, by the size of their bodies.</summary>
public sealed class PeerRequestLimiterTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(64 * 1024, 256)]
    [InlineData((64 * 1024) + 1, 64)]
    [InlineData(256 * 1024, 64)]
    public void TryEnter_ForOnePeer_AllowsFewerLargeRequests(int bytes, int expected)
    {
        using PeerRequestLimiter limiter = new();

        var entered = EnterAll(limiter, "203.0.113.1", bytes);
        Assert.Equal(expected, entered.Count);
        Assert.Equal(expected, EnterAll(limiter, "203.0.113.2", bytes).Count);

        entered.ForEach(static request => request.Dispose());
        Assert.Equal(expected, EnterAll(limiter, "203.0.113.1", bytes).Count);
    }

    /// <summary>The request bodies of all peers together are limited to 64 MiB.</summary>
    [Theory]
    [InlineData(64 * 1024, 1024)]
    [InlineData(256 * 1024, 256)]
    public void TryEnter_ForManyPeers_AllowsFewerLargeRequests(int bytes, int expected)
    {
        using PeerRequestLimiter limiter = new();

        var entered = Enumerable.Range(1, 5).Sum(i => EnterAll(limiter, $"203.0.113.{i}", bytes).Count);

        Assert.Equal(expected, entered);
    }

    private static List<PeerRequestLimiter.AdmittedRequest> EnterAll(PeerRequestLimiter limiter, string peer, int bytes)
    {
        var address = IPAddress.Parse(peer);
        var attempts = Enumerable.Range(0, 300).Select(_ => limiter.TryEnter(address, bytes));
        return [.. attempts.OfType<PeerRequestLimiter.AdmittedRequest>()];
    }
}
