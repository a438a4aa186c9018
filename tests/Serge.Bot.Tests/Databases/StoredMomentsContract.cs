namespace Serge.Bot.Tests.Databases;

/// <summary>A time that was written by a wrong clock is corrected in every table, and logged once.</summary>
public abstract class StoredMomentsContract(TestDatabase store) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Some.Noon;

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly LogLines<MomentCorrector> _log = new();
    private readonly DeliverySettings _settings = new();
    private Database _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await store.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("00:05:00")]
    [InlineData("01:00:00")]
    [InlineData("1.00:00:00")]
    [InlineData("365.00:00:00")]
    public async Task Correct_ALeaseOfAClockThatWasAhead_LetsANewWorkerSendAfterOneLease(string ahead)
    {
        var wrong = Now + TimeSpan.Parse(ahead, System.Globalization.CultureInfo.InvariantCulture);
        SenderRows rows = new(_database);
        await rows.TryAcquireAsync(["mastodon:a"], "dead/1/x", wrong, wrong + _settings.SenderLease, Stop);
        var isBelieved = wrong - Now < DeliverySettings.MaxSenderLease;
        Assert.Equal(isBelieved ? 1 : 0, (await rows.GetHoldersAsync(["mastodon:a"], Now, Stop)).Count);

        await CorrectAsync();

        Assert.NotNull(await AcquireAsync(rows, Now));
        Assert.Null(await AcquireAsync(rows, Now + _settings.SenderLease));
        var line = Assert.Single(_log.Lines);
        Assert.Contains($"{wrong + _settings.SenderLease:yyyy-MM-dd HH:mm:ss}Z", line, StringComparison.Ordinal);
        Assert.Contains("2027-02-01 12:00:15Z", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_WhatIsPossible_ChangesNothing()
    {
        var claimed = Some.Post("claimed", PostState.Sending) with
        {
            ClaimedBy = "w",
            LeaseUntil = Now + _settings.Lease,
            FirstAttemptAt = Now,
        };
        var waiting = Some.Post("waiting", occurrence: Now.AddDays(-1)) with { NotBefore = Now + Transitions.MaxDelay };
        var later = Some.Post("later", occurrence: Now.AddYears(1));
        await AddAsync(claimed, waiting, later);
        await AcquireAsync(new SenderRows(_database), Now);

        await CorrectAsync();

        Assert.Empty(_log.Lines);
        Assert.Equal(claimed.LeaseUntil, (await FindAsync("claimed")).LeaseUntil);
        Assert.Equal(waiting.NotBefore, (await FindAsync("waiting")).NotBefore);
        Assert.Equal(later.Occurrence, (await FindAsync("later")).Occurrence);
    }

    /// <summary>The bot did not exist before 2020, so the clock was not set.</summary>
    [Theory]
    [InlineData("2019-12-31T23:59:59.999Z", true)]
    [InlineData("2020-01-01T00:00:00.000Z", false)]
    public async Task Correct_AnAttemptBefore2020_IsMovedToNow(string stored, bool isCorrected)
    {
        var at = DateTimeOffset.Parse(stored, System.Globalization.CultureInfo.InvariantCulture);
        await AddAsync(Some.Post("old", PostState.Sent) with { LastAttemptAt = at });

        await CorrectAsync();

        Assert.Equal(isCorrected ? Now : at, (await FindAsync("old")).LastAttemptAt);
    }

    [Fact]
    public async Task Correct_AClaimOfAClockThatWasAhead_EndsAfterOneLease()
    {
        var ahead = Now.AddHours(1);
        await AddAsync(Transitions.Claim(Some.Post("claimed"), "dead", ahead, _settings));

        await CorrectAsync();

        var post = await FindAsync("claimed");
        Assert.Equal(Now + _settings.Lease, post.LeaseUntil);
        // Otherwise a lookup would not find the message that was published an hour earlier, and the post would be sent
        // again.
        Assert.Equal(Now.AddDays(-1), post.FirstAttemptAt);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task Correct_ACopyCheckOfAClockThatWasAhead_IsSoon()
    {
        await AddAsync(Some.Post("sent", PostState.Sent) with { CopyCheckPending = true, NotBefore = Now.AddYears(1) });

        await CorrectAsync();

        Assert.Equal(Now + _settings.Lease, (await FindAsync("sent")).NotBefore);
    }

    /// <summary>The lookup would not search as far back as both copies, and it would wait for the end of the
    /// claim.</summary>
    [Fact]
    public async Task Correct_ACopyCheckOfAPostThatAClockAheadHasSent_SearchesOneDayAfterOneLease()
    {
        var ahead = Now.AddHours(6);
        await AddAsync(
            Some.Post("sent", PostState.Sent) with
            {
                CopyCheckPending = true,
                NotBefore = Now,
                FirstAttemptAt = ahead,
                ClaimedBy = "dead",
                LeaseUntil = ahead + _settings.Lease,
            }
        );

        await CorrectAsync();

        var post = await FindAsync("sent");
        Assert.Equal((Now.AddDays(-1), Now + _settings.Lease), (post.FirstAttemptAt, post.LeaseUntil));
    }

    [Theory]
    [InlineData(PostState.Planned)]
    [InlineData(PostState.Unknown)]
    public async Task Correct_ADelayOfAClockThatWasAhead_IsShort(PostState state)
    {
        await AddAsync(Some.Post("retry", state) with { NotBefore = Now.AddHours(1).AddSeconds(10), Attempts = 1 });

        await CorrectAsync();

        Assert.Equal(Now + _settings.Lease, (await FindAsync("retry")).NotBefore);
    }

    [Fact]
    public async Task Correct_WhatWasPostedByHandInTheFuture_IsDueNowAndStaysDistinct()
    {
        var manual = Some.Post("manual", occurrence: Now.AddHours(1)) with { Kind = PostKind.Manual };
        await AddAsync(
            manual,
            manual with
            {
                Key = "another",
                Occurrence = Now.AddHours(2),
                Deadline = Now.AddHours(8),
            },
            Some.Post("retry", occurrence: Now.AddDays(300)) with
            {
                RetryOf = "failed",
            }
        );

        await CorrectAsync();

        var due = await new Ledger(_database).GetDueAsync(Now, Now, 10, Stop);
        Assert.Equal(3, due.Count);
        Assert.All(due, post => Assert.Equal(TimeSpan.FromHours(6), post.Deadline - post.Occurrence));
    }

    [Fact]
    public async Task Correct_AnUnknownPostOfAnotherYear_IsLookedUpNowAndDoesNotStayOpenForAYear()
    {
        await AddAsync(Some.Post("unknown", PostState.Unknown, occurrence: Now.AddYears(1)));

        await CorrectAsync();

        var due = Assert.Single(await new Ledger(_database).GetDueAsync(Now, Now, 10, Stop));
        Assert.Equal(Now, due.Deadline);
    }

    [Theory]
    [InlineData("2028-02-01 12:00")]
    [InlineData("1970-01-02 00:00")]
    public async Task Correct_WhatHappenedAtAnImpossibleTime_HappenedNow(string stored)
    {
        var moment = Some.At(stored);
        var wrong = moment.ToUnixTimeMilliseconds();
        await AddAsync(Some.Post("refused-once") with { LastAttemptAt = moment, RefusedAt = moment, Attempts = 1 });
        await store.WriteAsync(
            $"INSERT INTO withdrawn (item, since) VALUES ('an-id', {wrong})",
            $"INSERT INTO guilds (guild, left_at, missing_since) VALUES (1, {wrong}, {wrong})",
            $"""
            INSERT INTO guild_schedules (guild, name, channel, time, days, content, paused, paused_at, skip)
            VALUES (1, 'daily', 2, 0, 127, 'quote', 'admin', {wrong}, {wrong})
            """
        );

        await CorrectAsync();
        await CorrectAsync();

        var guild = Assert.Single(await new GuildStore(_database).ListAsync(Stop));
        Assert.Equal((Now, Now, Now), (guild.LeftAt, guild.MissingSince, guild.Schedules[0].PausedAt));
        var post = await FindAsync("refused-once");
        Assert.Equal((Now, Now), (post.LastAttemptAt, post.RefusedAt));
        Assert.NotEqual(Some.At("2028-02-01 12:00"), guild.Schedules[0].Skip);
        var withdrawn = await new OperatorLedger(_database).GetWithdrawalsAsync(Stop);
        Assert.Equal(Now, withdrawn["an-id"]);
        Assert.InRange(_log.Lines.Count, 6, 7);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task Read_AMomentThatNoCalendarHas_DoesNotFail(long moment)
    {
        await AddAsync(Some.Post("odd", PostState.Unknown));
        await store.WriteAsync(
            $"UPDATE posts SET deadline = {moment}, not_before = {moment}, lease_until = {moment}, attempts = {moment}, "
                + $"first_attempt_at = {moment}",
            $"INSERT INTO schedules (name, timing, next_due) VALUES ('morning', '0 9 * * * Etc/UTC', {moment})",
            $"INSERT INTO senders (name, owner, lease_until) VALUES ('mastodon:a', 'dead/1/x', {moment})"
        );

        await CorrectAsync();

        _ = Transitions.IsStuck(await FindAsync("odd"), Now);
        var mark = (await new Ledger(_database).GetMarksAsync(Stop))["morning"];
        var found = Occurrences.Find(Some.Schedule(), mark, Now);
        Assert.Equal(Some.At("2027-02-02 09:00"), found!.Mark.NextDue);
        Assert.Empty(found.Missed);
        Assert.Null(await AcquireAsync(new SenderRows(_database), Now + _settings.SenderLease));
    }

    [Fact]
    public async Task Correct_ByAWorkerBesideOneWhoseClockIsWrong_LogsItOnce()
    {
        SenderRows rows = new(_database);
        for (var run = 0; run < 3; run++)
        {
            var wrong = Now.AddHours(1).AddMinutes(run);
            await rows.TryAcquireAsync(["mastodon:a"], "wrong/1/x", wrong, wrong + _settings.SenderLease, Stop);
            await CorrectAsync();
        }

        Assert.Single(_log.Lines);
    }

    /// <returns>The other worker that holds the lease.</returns>
    private async Task<string?> AcquireAsync(SenderRows rows, DateTimeOffset now)
    {
        var until = now + _settings.SenderLease;
        var acquired = await rows.TryAcquireAsync(["mastodon:a"], "new/2/y", now, until, Stop);
        return acquired.Other;
    }

    private Task AddAsync(params Post[] posts) =>
        new Ledger(_database).PlanAsync("morning", mark: null, [.. posts.Select(Distinct)], Stop);

    private static Post Distinct(Post post) => post with { Schedule = ScheduleId.OfOperator(post.Key) };

    private async Task<Post> FindAsync(string key) =>
        Assert.Single(await new OperatorLedger(_database).FindByKeyAsync(key, 2, Stop));

    private async Task CorrectAsync()
    {
        _corrector ??= new MomentCorrector(
            new StoredMoments(_database),
            [new PostingMomentRules(_settings), new GuildMomentRules()],
            new Clocks(_clock, _clock),
            _log
        );
        await _corrector.CorrectAsync(Stop);
    }

    private MomentCorrector? _corrector;
}
