namespace Serge.Bot.Tests.Cli;

/// <summary>Commands that do not require a server wait only briefly for its limits.</summary>
public sealed class ServerLimitsTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("preview within-us")]
    public async Task Load_WithoutAWorker_WaitsFiveSecondsForTheServer(string args)
    {
        SilentMastodon server = new();
        _home.OtherMastodon = server;
        _home.Settings(Section.Mastodon);

        var running = _home.RunAsync(args.Split(' '));
        var requested = await server.Requested;
        _home.SystemClock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(requested.IsCancellationRequested);
        _home.SystemClock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(requested.IsCancellationRequested);

        var result = await running;
        Assert.Equal(
            (0, "The Mastodon server did not return its limits; the default of 500 characters is assumed.\n"),
            (result.ExitCode, result.Error)
        );
    }

    /// <summary>A server that does not respond until the request is cancelled.</summary>
    private sealed class SilentMastodon : IMastodon
    {
        private readonly TaskCompletionSource<CancellationToken> _requested = new();

        /// <summary>The cancellation token of the request.</summary>
        public Task<CancellationToken> Requested =>
            _requested.Task.WaitAsync(Bounded.Longest, TestContext.Current.CancellationToken);

        public Capabilities Capabilities { get; } =
            new(SupportsIdempotency: false, TimeSpan.Zero, SupportsLookup: false);

        public async Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken)
        {
            TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            _requested.SetResult(cancellationToken);
            await cancelled.Task;
            return new Result<MastodonInstance>.Unavailable("no answer");
        }

        public Task<SendOutcome> SendAsync(
            MastodonStatus status,
            string key,
            SendDeadline deadline,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<LookupResult> FindPublishedAsync(
            MastodonStatus status,
            DateTimeOffset since,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<SendOutcome> EditAsync(
            string statusId,
            MastodonStatus status,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<IReadOnlyList<string>>> GetFeaturedTagsAsync(
            string accountId,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<Result<MastodonMentions>> GetMentionsAsync(string? afterId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<MastodonTokenScopes> GetTokenScopesAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
