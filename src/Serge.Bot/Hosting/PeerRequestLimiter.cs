using System.Net;

namespace Serge.Bot.Hosting;

/// <summary>Divides the processor between the senders of HTTP interactions, so that a flood of forged requests from
/// some does not delay the requests of others.</summary>
/// <remarks>Each peer runs one piece of work at a time, in the order of arrival, and all together at most as many as
/// there are processors. So the work of a peer waits for one piece of each other peer at most, and never blocks a
/// thread. The memory for the bodies has a limit, too: a large request counts as several.</remarks>
internal sealed class PeerRequestLimiter : IDisposable
{
    /// <summary>The most requests of one peer at a time; far more than Discord sends to a bot at once.</summary>
    public const int MaxPerPeer = 256;

    /// <summary>The most requests of all peers at a time: with a body of 64 KiB each, 64 MiB.</summary>
    public const int MaxInTotal = 1024;

    private const int MaxSmallBody = 64 * 1024;

    /// <summary>As how many requests one with a larger body counts, of at most 256 KiB.</summary>
    private const int LargeRequestCount = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Peer> _peers = [];
    private readonly SemaphoreSlim _slots = new(Math.Max(2, Environment.ProcessorCount));
    private int _total;

    /// <summary>Enters a request, before its body is read.</summary>
    /// <param name="address">The peer.</param>
    /// <param name="maxBodyBytes">The most bytes that the body has.</param>
    /// <returns>To dispose when the request ends; <see langword="null"/> if the peer, or all together, have too many
    /// requests.</returns>
    public AdmittedRequest? TryEnter(IPAddress address, int maxBodyBytes)
    {
        var count = maxBodyBytes > MaxSmallBody ? LargeRequestCount : 1;
        lock (_lock)
        {
            var peer = _peers.GetValueOrDefault(address) ?? new Peer(address);
            if (peer.Requests + count > MaxPerPeer || _total + count > MaxInTotal)
            {
                return null;
            }

            _peers[address] = peer;
            peer.Requests += count;
            _total += count;
            return new AdmittedRequest(this, peer, count);
        }
    }

    public void Dispose() => _slots.Dispose();

    private void Exit(Peer peer, int count)
    {
        lock (_lock)
        {
            _total -= count;
            peer.Requests -= count;
            if (peer.Requests == 0)
            {
                _peers.Remove(peer.Address);
                peer.Dispose();
            }
        }
    }

    /// <summary>A request that was not refused.</summary>
    internal sealed class AdmittedRequest(PeerRequestLimiter limiter, Peer peer, int count) : IDisposable
    {
        /// <summary>Runs work when it is this peer's turn.</summary>
        public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
        {
            await peer.Turn.WaitAsync(cancellationToken);
            try
            {
                await limiter._slots.WaitAsync(cancellationToken);
                try
                {
                    return work();
                }
                finally
                {
                    limiter._slots.Release();
                }
            }
            finally
            {
                peer.Turn.Release();
            }
        }

        public void Dispose() => limiter.Exit(peer, count);
    }

    internal sealed class Peer(IPAddress address) : IDisposable
    {
        public IPAddress Address => address;

        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>Large ones count as several.</summary>
        public int Requests { get; set; }

        public void Dispose() => Turn.Dispose();
    }
}
