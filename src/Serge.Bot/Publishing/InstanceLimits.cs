namespace Serge.Bot.Publishing;

/// <summary>The limits of the Mastodon server: Mastodon's defaults until the server's own have been read.</summary>
internal sealed class InstanceLimits
{
    private readonly TaskCompletionSource _firstRefresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MastodonInstance _current = new() { Version = "unknown" };

    public MastodonInstance Current => _current;

    /// <summary>Completes after the first request, whether it succeeded or failed. Posts that are planned earlier
    /// follow the defaults.</summary>
    public Task FirstRefresh => _firstRefresh.Task;

    /// <summary>Requests the limits from the server; if that fails, the current ones stay.</summary>
    public async Task<Result<MastodonInstance>> RefreshAsync(IMastodon mastodon, CancellationToken cancellationToken)
    {
        try
        {
            var result = await mastodon.GetInstanceAsync(cancellationToken);
            if (result is Result<MastodonInstance>.Success(var instance))
            {
                _current = instance;
            }

            return result;
        }
        finally
        {
            _firstRefresh.TrySetResult();
        }
    }
}
