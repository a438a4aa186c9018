namespace Serge.Bot.Platforms;

/// <summary>What a client has read about its server and its account.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MastodonServerCache
{
    private volatile Capabilities _capabilities = MastodonServers.UnknownCapabilities;
    private volatile string? _accountId;
    private bool? _hidesNonPublicPosts;

    /// <summary>What the server supports against duplicate posts. Default: that of an unknown server.</summary>
    public Capabilities Capabilities => _capabilities;

    /// <summary>Stores what a server says about itself.</summary>
    /// <param name="read">The result of the read; a failure changes nothing.</param>
    public Result<MastodonInstance> Store(Result<MastodonDescription> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!read.TryGetValue(out var description))
        {
            return read.AsFailure<MastodonInstance>();
        }

        _capabilities = description.Capabilities;
        _hidesNonPublicPosts = MastodonServers.HidesNonPublicPosts(description.Instance.Software);
        return description.Instance;
    }

    /// <summary>Stores the id of the account.</summary>
    /// <param name="read">The result of the read; a failure changes nothing.</param>
    public Result<MastodonAccount> Store(Result<MastodonAccount> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (read.TryGetValue(out var account))
        {
            _accountId = account.Id;
        }

        return read;
    }

    /// <summary>The id of the account. It does not change.</summary>
    /// <param name="readAccount">Reads the account, if the id is not known.</param>
    public async Task<Result<string>> GetAccountIdAsync(Func<Task<Result<MastodonAccount>>> readAccount)
    {
        ArgumentNullException.ThrowIfNull(readAccount);
        if (_accountId is { } known)
        {
            return known;
        }

        var read = await readAccount();
        if (!read.TryGetValue(out var account))
        {
            return read.AsFailure<string>();
        }

        return account.Id;
    }

    /// <summary>Whether the account's list lacks its own followers-only posts; <see langword="null"/> if
    /// unknown.</summary>
    /// <param name="readInstance">Reads what the server says about itself, and stores it here.</param>
    public async Task<bool?> HidesNonPublicPostsAsync(Func<Task> readInstance)
    {
        ArgumentNullException.ThrowIfNull(readInstance);
        if (_hidesNonPublicPosts is null)
        {
            await readInstance();
        }

        return _hidesNonPublicPosts;
    }
}
