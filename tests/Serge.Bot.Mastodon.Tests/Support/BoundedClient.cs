namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>A call that waits on a clock standing still would wait for ever: here it fails its test instead.</summary>
internal sealed class BoundedClient(MastodonClient client) : IMastodon, IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    public Capabilities Capabilities => client.Capabilities;

    public Task<SendOutcome> SendAsync(MastodonStatus status, string key, CancellationToken cancellationToken) =>
        client.SendAsync(status, key, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<Look> FindOwnAsync(string text, DateTimeOffset since, CancellationToken cancellationToken) =>
        FindOwnAsync(new MastodonStatus { Text = text }, since, cancellationToken);

    public Task<Look> FindOwnAsync(MastodonStatus status, DateTimeOffset since, CancellationToken cancellationToken) =>
        client.FindOwnAsync(status, since, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<SendOutcome> EditAsync(string statusId, MastodonStatus status, CancellationToken cancellationToken) =>
        client.EditAsync(statusId, status, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken) =>
        client.DeleteAsync(statusId, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<Answer<MastodonInstance>> InstanceAsync(CancellationToken cancellationToken) =>
        client.InstanceAsync(cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<Answer<MastodonAccount>> AccountAsync(CancellationToken cancellationToken) =>
        client.AccountAsync(cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public Task<MastodonAccess> AccessAsync(CancellationToken cancellationToken) =>
        client.AccessAsync(cancellationToken).WaitAsync(Bound, CancellationToken.None);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
