namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>A call that waits on a stopped clock would never end; with this client it fails its test instead.</summary>
internal sealed class BoundedClient(MastodonClient client) : IMastodon, IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public Capabilities Capabilities => client.Capabilities;

    public Task<SendOutcome> SendAsync(
        MastodonStatus status,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    ) => client.SendAsync(status, key, deadline, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<LookupResult> FindOwnAsync(string text, DateTimeOffset since, CancellationToken cancellationToken) =>
        FindPublishedAsync(new MastodonStatus { Text = text }, since, cancellationToken);

    public Task<LookupResult> FindPublishedAsync(
        MastodonStatus status,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => client.FindPublishedAsync(status, since, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<SendOutcome> EditAsync(string statusId, MastodonStatus status, CancellationToken cancellationToken) =>
        client.EditAsync(statusId, status, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken) =>
        client.DeleteAsync(statusId, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken) =>
        client.GetInstanceAsync(cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken) =>
        client.GetAccountAsync(cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<Result<IReadOnlyList<string>>> GetFeaturedTagsAsync(
        string accountId,
        CancellationToken cancellationToken
    ) => client.GetFeaturedTagsAsync(accountId, cancellationToken);

    public Task<Result<MastodonMentions>> GetMentionsAsync(string? afterId, CancellationToken cancellationToken) =>
        client.GetMentionsAsync(afterId, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<MastodonTokenScopes> GetTokenScopesAsync(CancellationToken cancellationToken) =>
        client.GetTokenScopesAsync(cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
