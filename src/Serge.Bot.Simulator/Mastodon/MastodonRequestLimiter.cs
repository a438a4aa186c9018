namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Counts requests in windows that are aligned to the Unix epoch. Use it under the world's lock.</summary>
/// <remarks>Source: Mastodon docs, api/rate-limits, and recorded responses of a real server.</remarks>
internal sealed class MastodonRequestLimiter(MastodonOptions options, TimeProvider clock)
{
    private const int MaxWindows = 10_000;
    private static readonly TimeSpan RequestWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StatusWindow = TimeSpan.FromHours(3);
    private static readonly TimeSpan DeleteWindow = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan MediaWindow = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, Window> _windows = [];

    /// <summary>Counts a request of a token, or of all clients without a token.</summary>
    public Allowance CountRequest(string caller) =>
        Count($"request {caller}", options.RequestsPerFiveMinutes, RequestWindow);

    /// <summary>Counts a posted or edited status.</summary>
    public Allowance CountStatus(Account account) =>
        Count($"status {account.Id}", options.StatusesPerThreeHours, StatusWindow);

    /// <summary>Returns the allowance of statuses without counting one.</summary>
    public Allowance GetStatusAllowance(Account account)
    {
        var window = GetWindow($"status {account.Id}", StatusWindow);
        var limit = options.StatusesPerThreeHours;
        var remaining = Math.Max(0, limit - window.Count);
        return new Allowance(limit, remaining, window.Start + StatusWindow, IsExceeded: false);
    }

    /// <summary>Counts a deleted status.</summary>
    public Allowance CountDelete(Account account) =>
        Count($"delete {account.Id}", options.DeletesPerHalfHour, DeleteWindow);

    /// <summary>Counts an upload.</summary>
    public Allowance CountMedia(Account account) => Count($"media {account.Id}", options.MediaPerHalfHour, MediaWindow);

    private Allowance Count(string key, int limit, TimeSpan length)
    {
        var window = GetWindow(key, length);
        if (_windows.Count > MaxWindows)
        {
            _windows.Clear();
        }

        var count = window.Count + 1;
        _windows[key] = window with { Count = count };
        var remaining = Math.Max(0, limit - count);
        return new Allowance(limit, remaining, window.Start + length, IsExceeded: count > limit);
    }

    private Window GetWindow(string key, TimeSpan length)
    {
        var now = clock.GetUtcNow();
        var sinceEpoch = now - DateTimeOffset.UnixEpoch;
        var sinceStart = TimeSpan.FromTicks(sinceEpoch.Ticks % length.Ticks);
        var start = now.ToUniversalTime() - sinceStart;
        var window = _windows.GetValueOrDefault(key);
        if (window.Start == start)
        {
            return window;
        }

        return new Window(start, 0);
    }

    private readonly record struct Window(DateTimeOffset Start, int Count);
}

/// <summary>The remaining part of a rate limit.</summary>
internal sealed record Allowance(int Limit, int Remaining, DateTimeOffset ResetAt, bool IsExceeded)
{
    public void AddTo(IDictionary<string, string> headers)
    {
        headers["X-RateLimit-Limit"] = $"{Limit}";
        headers["X-RateLimit-Remaining"] = $"{Remaining}";
        headers["X-RateLimit-Reset"] = Iso8601.FormatMicroseconds(ResetAt);
    }
}
