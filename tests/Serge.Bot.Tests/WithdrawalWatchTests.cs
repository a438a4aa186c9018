namespace Serge.Bot.Tests;

/// <summary>A running bot hears of what an operator withdraws and restores.</summary>
public sealed class WithdrawalWatchTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly SignallingTime _wire = new(Some.Noon);
    private readonly LogLines<WithdrawalPoller> _log = new();
    private readonly ForgetfulLedger _ledger = new();
    private WithdrawalPoller _watch = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _watch = new WithdrawalPoller(_ledger, _catalogue.Live, new Clocks(_wire, _wire), _log);
        await _watch.StartAsync(Stop);
        await _wire.NextTimerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _ledger.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task EverySecond_ItTakesWhatTheLedgerSays()
    {
        _ledger.Withdrawn = new HashSet<string> { "within-us" };
        await LookAsync();
        Assert.Null(_catalogue.Live.Current.FindQuote("within-us"));

        _ledger.Withdrawn = new HashSet<string>();
        await LookAsync();
        Assert.NotNull(_catalogue.Live.Current.FindQuote("within-us"));
    }

    [Fact]
    public async Task WithoutALedger_ItKeepsWhatItKnowsAndSaysSoOncePerTrouble()
    {
        _ledger.Withdrawn = new HashSet<string> { "within-us" };
        await LookAsync();

        _ledger.Fails = true;
        await LookAsync();
        await LookAsync();
        Assert.Null(_catalogue.Live.Current.FindQuote("within-us"));
        Assert.Equal(
            ["Error: What was withdrawn cannot be read; what was known before counts on: The disk is full."],
            _log.Lines
        );

        _ledger.Fails = false;
        await LookAsync();
        _ledger.Fails = true;
        await LookAsync();
        Assert.Equal(2, _log.Lines.Count);
    }

    /// <summary>The second question shows that the answer to the first was taken.</summary>
    private async Task LookAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            _wire.Advance(WithdrawalPoller.Interval);
            await _ledger.AskedAsync();
        }
    }

    /// <summary>A ledger that only knows what is withdrawn, and may fail.</summary>
    private sealed class ForgetfulLedger : IOperatorLedger, IDisposable
    {
        private readonly SemaphoreSlim _asked = new(0);

        public IReadOnlySet<string> Withdrawn { get; set; } = new HashSet<string>();

        public bool Fails { get; set; }

        public void Dispose() => _asked.Dispose();

        public async Task AskedAsync() =>
            Assert.True(await _asked.WaitAsync(TimeSpan.FromSeconds(30), Stop), "The ledger was not asked.");

        public Task<IReadOnlySet<string>> GetWithdrawnAsync(CancellationToken cancellationToken)
        {
            _asked.Release();
            return Fails ? throw new LedgerException("The disk is full.", inner: null) : Task.FromResult(Withdrawn);
        }

        public Task<IReadOnlyList<Post>> GetFailedAsync(
            DateTimeOffset calendarNow,
            int limit,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> FindByKeyAsync(string beginning, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Post?> FindRetryAsync(string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetByItemAsync(string item, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetUnalertedAsync(
            DateTimeOffset calendarNow,
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
            DateTimeOffset calendarNow,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetWithdrawalsAsync(
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetLastSentByPlatformAsync(
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetLastSentAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task WithdrawAsync(string item, DateTimeOffset calendarNow, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> RestoreAsync(string item, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
