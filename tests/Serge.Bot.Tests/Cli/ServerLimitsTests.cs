namespace Serge.Bot.Tests.Cli;

/// <summary>A Mastodon server that does not answer holds up no command that can do without it.</summary>
public sealed class ServerLimitsTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("preview within-us")]
    public async Task ACommandWithoutAWorker_WaitsFiveSecondsForTheServer(string args)
    {
        SilentMastodon server = new();
        _home.OtherMastodon = server;
        _home.Settings(Section.Mastodon);

        var running = _home.RunAsync(args.Split(' '));
        var asked = await server.Asked;
        _home.Wire.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(asked.IsCancellationRequested);
        _home.Wire.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(asked.IsCancellationRequested);

        var result = await running;
        Assert.Equal(
            (0, "The Mastodon server did not tell its limits, so the usual 500 characters are assumed.\n"),
            (result.ExitCode, result.Error)
        );
    }

    /// <summary>A server that never answers; as the real clients do, it says so when it is given up.</summary>
    private sealed class SilentMastodon : IMastodon
    {
        private readonly TaskCompletionSource<CancellationToken> _asked = new();

        /// <summary>The token of the question.</summary>
        public Task<CancellationToken> Asked =>
            _asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        public Capabilities Capabilities { get; } = new(SupportsIdempotency: false, TimeSpan.Zero, SupportsLookup: false);

        public async Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken)
        {
            TaskCompletionSource givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(givenUp.SetResult);
            _asked.SetResult(cancellationToken);
            await givenUp.Task;
            return new Result<MastodonInstance>.Unavailable("no answer");
        }

        public Task<SendOutcome> SendAsync(MastodonStatus status, string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

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

        public Task<MastodonAccess> GetTokenScopesAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
