using System.Net;

namespace Serge.Bot.Tests.Hosting;

/// <summary>How many requests may be in progress, by the size of their bodies.</summary>
public sealed class PeerSharesTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(64 * 1024, 256)]
    [InlineData((64 * 1024) + 1, 64)]
    [InlineData(256 * 1024, 64)]
    public void TryEnter_ForOnePeer_AllowsFewerLargeRequests(int bytes, int expected)
    {
        using PeerShares shares = new();

        var entered = EnterAll(shares, "203.0.113.1", bytes);
        Assert.Equal(expected, entered.Count);
        Assert.Equal(expected, EnterAll(shares, "203.0.113.2", bytes).Count);

        entered.ForEach(static share => share.Dispose());
        Assert.Equal(expected, EnterAll(shares, "203.0.113.1", bytes).Count);
    }

    /// <summary>The bodies of all peers together have at most 64 MiB.</summary>
    [Theory]
    [InlineData(64 * 1024, 1024)]
    [InlineData(256 * 1024, 256)]
    public void TryEnter_ForManyPeers_AllowsFewerLargeRequests(int bytes, int expected)
    {
        using PeerShares shares = new();

        var entered = Enumerable.Range(1, 5).Sum(i => EnterAll(shares, $"203.0.113.{i}", bytes).Count);

        Assert.Equal(expected, entered);
    }

    private static List<PeerShares.Share> EnterAll(PeerShares shares, string peer, int bytes)
    {
        var address = IPAddress.Parse(peer);
        var attempts = Enumerable.Range(0, 300).Select(_ => shares.TryEnter(address, bytes));
        return [.. attempts.OfType<PeerShares.Share>()];
    }
}
