namespace Serge.Bot.Publishing;

/// <summary>The Mastodon server's limits: its own once they were read, Mastodon's defaults until then.</summary>
internal sealed class InstanceLimits
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MastodonInstance _current = new() { Version = "unknown" };

    /// <summary>As far as known.</summary>
    public MastodonInstance Current => _current;

    /// <summary>Ends when the server was asked for the first time, with or without an answer. What is planned before would go by the defaults.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Asks the server.</summary>
    public async Task<Result<MastodonInstance>> AskAsync(IMastodon mastodon, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await mastodon.GetInstanceAsync(cancellationToken);
            if (answer is Result<MastodonInstance>.Success(var instance))
            {
                _current = instance;
            }

            return answer;
        }
        finally
        {
            _asked.TrySetResult();
        }
    }
}
