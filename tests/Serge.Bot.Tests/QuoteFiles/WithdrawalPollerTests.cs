namespace Serge.Bot.Tests.QuoteFiles;

/// <summary>A running worker applies what an operator withdraws and restores.</summary>
public sealed class WithdrawalPollerTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly SignallingTime _system = new(Some.Noon);
    private readonly LogLines<WithdrawalPoller> _log = new();
    private readonly WithdrawalsOnlyLedger _ledger = new();
    private WithdrawalPoller _poller = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _poller = new WithdrawalPoller(_ledger, _catalogue.Live, new Clocks(_system, _system), _log);
        await _poller.StartAsync(Stop);
        // The poller also reads when it starts; the tests count from the next reading.
        await _ledger.ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _poller.StopAsync(CancellationToken.None);
        _poller.Dispose();
        _ledger.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Poll_EverySecond_AppliesTheWithdrawalsOfTheLedger()
    {
        _ledger.Withdrawn = ["within-us"];
        await PollAsync();
        Assert.Null(_catalogue.Live.Current.FindQuote("within-us"));

        _ledger.Withdrawn = [];
        await PollAsync();
        Assert.NotNull(_catalogue.Live.Current.FindQuote("within-us"));
    }

    [Fact]
    public async Task Poll_WhenTheLedgerFails_KeepsTheKnownWithdrawalsAndLogsEachFailureOnce()
    {
        _ledger.Withdrawn = ["within-us"];
        await PollAsync();

        _ledger.Fails = true;
        await PollAsync();
        await PollAsync();
        Assert.Null(_catalogue.Live.Current.FindQuote("within-us"));
        Assert.Equal(
            ["Error: Reading withdrawn quotations failed; the last known ones stay withdrawn: The disk is full."],
            _log.Lines
        );

        _ledger.Fails = false;
        await PollAsync();
        _ledger.Fails = true;
        await PollAsync();
        Assert.Equal(2, _log.Lines.Count);
    }

    /// <summary>The second query shows that the result of the first was applied.</summary>
    private async Task PollAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            _system.Advance(WithdrawalPoller.Interval);
            await _ledger.ReadAsync();
        }
    }

    /// <summary>A ledger with withdrawn items only, which can fail.</summary>
    private sealed class WithdrawalsOnlyLedger : IOperatorLedger, IDisposable
    {
        private readonly SemaphoreSlim _reads = new(0);

        public IReadOnlyList<string> Withdrawn { get; set; } = [];

        public bool Fails { get; set; }

        public void Dispose() => _reads.Dispose();

        public async Task ReadAsync() =>
            Assert.True(await _reads.WaitAsync(Bounded.Longest, Stop), "The ledger was not read.");

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetWithdrawalsAsync(
            CancellationToken cancellationToken
        )
        {
            _reads.Release();
            if (Fails)
            {
                throw new LedgerException("The disk is full.", inner: null);
            }

            var withdrawals = Withdrawn.ToDictionary(item => item, _ => Some.Noon, StringComparer.Ordinal);
            return Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(withdrawals);
        }

        public Task<IReadOnlyList<Post>> GetWaitingAsync(
            DateTimeOffset scheduleNow,
            int limit,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetFailedAsync(
            DateTimeOffset scheduleNow,
            int limit,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlySet<string>> DismissAsync(
            IReadOnlyList<string> keys,
            DateTimeOffset scheduleNow,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<int> DismissAllAsync(DateTimeOffset scheduleNow, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlySet<string>> GetDismissedAsync(
            IReadOnlyList<string> keys,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> FindByKeyAsync(
            string prefix,
            int limit,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<Post?> FindRetryAsync(string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetByItemAsync(string item, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetUnalertedAsync(
            DateTimeOffset scheduleNow,
            DateTimeOffset from,
            int limit,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetAlertsAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> TryPlanAlertsAsync(
            IReadOnlyList<Post> alerts,
            IReadOnlyList<string> keys,
            int known,
            DateTimeOffset from,
            DateTimeOffset scheduleNow,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetLastSentByPlatformAsync(
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetLastSentAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task WithdrawAsync(string item, DateTimeOffset scheduleNow, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> RestoreAsync(string item, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
