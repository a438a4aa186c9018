namespace Serge.Bot.Tests.Support;

/// <summary>A fake Mastodon account that stores its posts, and responds as the test specifies.</summary>
internal sealed class FakeMastodon : IMastodon
{
    public List<(string Key, MastodonStatus Status)> Posts { get; } = [];

    /// <summary>The outcome of a send; <see langword="null"/>: the post is published and confirmed.</summary>
    public Func<MastodonStatus, SendOutcome?> OnSend { get; set; } = _ => null;

    /// <summary>The result of a lookup; <see langword="null"/>: the actual state.</summary>
    public Func<LookupResult?> OnLookup { get; set; } = () => null;

    /// <summary>Edits and deletions, in order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>The outcome of the n-th edit or deletion; <see langword="null"/>: it succeeds.</summary>
    public Func<int, SendOutcome?> OnChange { get; set; } = _ => null;

    public MastodonStatus? LastEdit { get; private set; }

    public int Sends { get; private set; }

    public SendDeadline? LastDeadline { get; private set; }

    public int Lookups { get; private set; }

    public Capabilities Capabilities { get; set; } =
        new(SupportsIdempotency: false, TimeSpan.Zero, SupportsLookup: true);

    /// <summary>The capabilities of a Mastodon server.</summary>
    public static Capabilities WithKeys { get; } =
        new(SupportsIdempotency: true, TimeSpan.FromHours(1), SupportsLookup: true);

    public MastodonInstance Instance { get; set; } = new() { Version = "4.5.7", Software = MastodonSoftware.Mastodon };

    /// <summary>Publishes a post, whatever the response is.</summary>
    public void Publish(string key, MastodonStatus status) => Posts.Add((key, status));

    public Task<SendOutcome> SendAsync(
        MastodonStatus status,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        Sends++;
        LastDeadline = deadline;
        if (OnSend(status) is { } outcome)
        {
            return Task.FromResult(outcome);
        }

        Publish(key, status);
        return Task.FromResult<SendOutcome>(new SendOutcome.Sent($"{Posts.Count}", null));
    }

    public Task<LookupResult> FindPublishedAsync(
        MastodonStatus status,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        Lookups++;
        var index = Posts.FindIndex(post => post.Status.Text == status.Text);
        return Task.FromResult(
            OnLookup() ?? (index < 0 ? new LookupResult.NotFound() : new LookupResult.Found($"{index + 1}", null))
        );
    }

    public Task<SendOutcome> EditAsync(string statusId, MastodonStatus status, CancellationToken cancellationToken)
    {
        Changes.Add($"edit {statusId}: {status.Text}");
        LastEdit = status;
        return Task.FromResult(OnChange(Changes.Count) ?? new SendOutcome.Sent(statusId, null));
    }

    public Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken)
    {
        Changes.Add($"delete {statusId}");
        return Task.FromResult(OnChange(Changes.Count) ?? new SendOutcome.Sent(statusId, null));
    }

    /// <summary>The response about the server; <see langword="null"/>: <see cref="Instance"/>.</summary>
    public Result<MastodonInstance>? InstanceAnswer { get; set; }

    public MastodonAccount Account { get; set; } = new("1", "serge", null, Bot: true, "Run by @ada@example.org");

    /// <summary>The response about the account; <see langword="null"/>: <see cref="Account"/>.</summary>
    public Result<MastodonAccount>? AccountAnswer { get; set; }

    public MastodonTokenScopes Access { get; set; } = new(ReadStatuses: true, WriteStatuses: true);

    public Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken) =>
        Task.FromResult(InstanceAnswer ?? new Result<MastodonInstance>.Success(Instance));

    public Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(AccountAnswer ?? new Result<MastodonAccount>.Success(Account));

    public string[] FeaturedTags { get; set; } = ["victorserge"];

    public Task<Result<IReadOnlyList<string>>> GetFeaturedTagsAsync(
        string accountId,
        CancellationToken cancellationToken
    ) => Task.FromResult<Result<IReadOnlyList<string>>>(new Result<IReadOnlyList<string>>.Success(FeaturedTags));

    /// <summary>The response about mentions after an id.</summary>
    public Func<string?, Result<MastodonMentions>> OnMentions { get; set; } =
        afterId => new MastodonMentions([], afterId ?? "");

    public Task<Result<MastodonMentions>> GetMentionsAsync(string? afterId, CancellationToken cancellationToken) =>
        Task.FromResult(OnMentions(afterId));

    public Task<MastodonTokenScopes> GetTokenScopesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Access);
}
