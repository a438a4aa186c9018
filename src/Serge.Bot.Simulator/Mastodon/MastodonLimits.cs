using System.Globalization;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Counts requests in windows that are aligned to the Unix epoch. Used under the world's lock.</summary>
/// <remarks>Source: Mastodon docs, api/rate-limits, and the recorded answers of a real server.</remarks>
internal sealed class MastodonLimits(MastodonOptions settings, TimeProvider clock)
{
    private readonly Dictionary<string, (DateTimeOffset Window, int Count)> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a request of a token, or of an address without one.</summary>
    public Allowance Request(string caller) =>
        Take($"request {caller}", settings.RequestsPerFiveMinutes, TimeSpan.FromMinutes(5));

    /// <summary>Counts a status posted or edited.</summary>
    public Allowance Status(Account account) =>
        Take($"status {account.Id}", settings.StatusesPerThreeHours, TimeSpan.FromHours(3));

    /// <summary>What is left of the statuses, counting nothing.</summary>
    public Allowance StatusesLeft(Account account) =>
        Look($"status {account.Id}", settings.StatusesPerThreeHours, TimeSpan.FromHours(3));

    /// <summary>Counts a status deleted.</summary>
    public Allowance Delete(Account account) =>
        Take($"delete {account.Id}", settings.DeletesPerHalfHour, TimeSpan.FromMinutes(30));

    private Allowance Take(string key, int limit, TimeSpan length)
    {
        var (window, count) = Current(key, length);
        if (_counts.Count > 10_000)
        {
            _counts.Clear();
        }

        _counts[key] = (window, count + 1);
        return new Allowance(limit, Math.Max(0, limit - count - 1), window + length, Over: count >= limit);
    }

    private Allowance Look(string key, int limit, TimeSpan length)
    {
        var (window, count) = Current(key, length);
        return new Allowance(limit, Math.Max(0, limit - count), window + length, Over: false);
    }

    private (DateTimeOffset Window, int Count) Current(string key, TimeSpan length)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset window = new(
            now.UtcTicks - ((now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) % length.Ticks),
            TimeSpan.Zero
        );
        var known = _counts.GetValueOrDefault(key);
        return known.Window == window ? known : (window, 0);
    }
}

/// <summary>How much of a limit is left.</summary>
internal sealed record Allowance(int Limit, int Remaining, DateTimeOffset Reset, bool Over)
{
    public void AddTo(IDictionary<string, string> headers)
    {
        headers["X-RateLimit-Limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = Moments.Exactly(Reset);
    }
}
