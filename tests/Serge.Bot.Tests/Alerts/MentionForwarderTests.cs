using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Tests.Alerts;

/// <summary>Mentions of the Mastodon account reach the operator once, at most once an hour.</summary>
public sealed class MentionForwarderTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private readonly LogLines<MentionForwarder> _log = new();
    private readonly List<(string Id, MastodonMention Mention)> _mentions = [];
    private Database _database = null!;
    private Ledger _ledger = null!;
    private Uri _server = Some.Mastodon().Address;
    private bool _hasDiscord = true;
    private AlertSettings _alerts = new() { Discord = new ChannelId(5) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _ledger = new Ledger(_database);
        _mastodon.OnMentions = Read;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Forward_ForTheFirstTime_LeavesOutOldMentions()
    {
        Mention("Old news");
        await ForwardAsync();
        Assert.Empty(await DigestsAsync());

        Mention("The date is *wrong*, @serge: see https://m.example/@ada/7");
        await ForwardAsync();

        var digest = Assert.Single(await DigestsAsync());
        Assert.Equal(
            (PostState.Planned, PostKind.Notice, "discord:5"),
            (digest.State, digest.Kind, digest.Destination.ToString())
        );
        Assert.Equal(
            "The Mastodon account was mentioned.\n"
                + "ada(at)m.example: The date is \\*wrong\\*, (at)serge: see https:\u2060//m.example/\\@ada/7 <https://m.example/@ada/2>",
            digest.Payload!.Text
        );
    }

    [Fact]
    public async Task Forward_AfterARestart_ForwardsNothingTwice()
    {
        await ForwardAsync();
        Mention("One");
        await ForwardAsync();
        _clock.Advance(TimeSpan.FromHours(2));

        await ForwardAsync();

        Assert.Single(await DigestsAsync());
    }

    [Fact]
    public async Task Forward_SeveralWithinAnHour_AreGatheredInTheNextDigest()
    {
        await ForwardAsync();
        Mention("One");
        await ForwardAsync();
        Mention("Two");
        Mention("Three");
        _clock.Advance(TimeSpan.FromMinutes(59));
        await ForwardAsync();
        Assert.Single(await DigestsAsync());

        _clock.Advance(TimeSpan.FromMinutes(1));
        await ForwardAsync();

        var texts = (await DigestsAsync()).Select(digest => digest.Payload!.Text).ToArray();
        Assert.StartsWith(
            "The Mastodon account was mentioned 2 times.\nada(at)m.example: Two",
            texts[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Forward_ManyLongMentions_ShowsTheFirstAndCountsTheRest()
    {
        await ForwardAsync();
        for (var i = 0; i < 60; i++)
        {
            Mention(new string('x', 500));
        }

        await ForwardAsync();

        var text = Assert.Single(await DigestsAsync()).Payload!.Text;
        Assert.InRange(text.Length, 1, 2000);
        Assert.Matches(@"^The Mastodon account was mentioned 60 times\.\n", text);
        Assert.Matches(@"\nAll of them, also 5\d more: <https://m\.example/notifications>$", text);
    }

    [Fact]
    public async Task Forward_ToAMastodonAccount_MentionsNobodyElseAndFits()
    {
        _alerts = new AlertSettings { Mastodon = "op@m.example" };
        await ForwardAsync();
        Mention($"@bob@m.example {new string('x', 600)}");
        Mention("Thanks", acct: "OP@m.example"); // a reply to a digest

        await ForwardAsync();

        var digest = Assert.Single(await DigestsAsync());
        Assert.Equal(PostVisibility.Direct, digest.Payload!.Visibility);
        Assert.StartsWith(
            "@op@m.example The Mastodon account was mentioned.\nada(at)m.example: (at)bob(at)m.example x",
            digest.Payload.Text,
            StringComparison.Ordinal
        );
        Assert.InRange(digest.Payload.Text.Length, 1, 500);
    }

    /// <summary>Each row: the address that the author's server has chosen, and how it is shown.</summary>
    /// <remarks>Mastodon sends a direct message to each account that the text mentions, also within an
    /// address.</remarks>
    [Theory]
    [InlineData("https://evil.example/-@spy@evil.example", "https://evil.example/-%40spy%40evil.example")]
    [InlineData("https://evil.example/?a=1&@spy", "https://evil.example/?a=1&%40spy")]
    [InlineData("https://evil-@spy.example/1", "https://evil-%40spy.example/1")]
    [InlineData("https://m.example/@ada/7", "https://m.example/@ada/7")]
    [InlineData("https://m.example/@bob@far.example/7", "https://m.example/@bob%40far.example/7")]
    public async Task Forward_WithAnAddress_MentionsNobodyElse(string address, string shown)
    {
        _alerts = new AlertSettings { Mastodon = "op@m.example" };
        await ForwardAsync();
        var mention = Create("ada@m.example", "Hello", isPrivate: false);
        _mentions.Add(("001", mention with { Url = new Uri(address) }));

        await ForwardAsync();

        var digest = Assert.Single(await DigestsAsync());
        Assert.Equal(
            $"@op@m.example The Mastodon account was mentioned.\nada(at)m.example: Hello {shown}",
            digest.Payload!.Text
        );
    }

    [Fact]
    public async Task Forward_AfterTheSettingWasOff_LeavesOutTheMentionsOfThatTime()
    {
        Mention("Old news");
        await ForwardAsync();
        await RunWithTheSettingOffAsync();
        Mention("While it was off");
        await ForwardAsync();
        Assert.Empty(await DigestsAsync());

        Mention("The date is wrong");
        await ForwardAsync();

        AssertOnlyForwarded("The date is wrong", await DigestsAsync());
    }

    [Fact]
    public async Task Forward_AfterTheSettingWasOffBeforeTheFirstMention_LeavesOutTheMentionsOfThatTime()
    {
        await ForwardAsync();
        await RunWithTheSettingOffAsync();
        Mention("While it was off");

        await ForwardAsync();

        Assert.Empty(await DigestsAsync());
    }

    /// <summary>Each row: the server and the id of the new account. GoToSocial has ids of 26 characters, Mastodon has
    /// shorter ones.</summary>
    [Theory]
    [InlineData("https://new.example/", "1")]
    [InlineData("https://m.example/", "2")]
    public async Task Forward_WithAnotherAccount_ForwardsItsNewMentions(string server, string id)
    {
        _mastodon.OnMentions = ReadPages;
        _mentions.Add(("01JZ3W4V5X6Y7Z8A9B0C1D2E3F", Create("ada@m.example", "In the old account", isPrivate: false)));
        await ForwardAsync();
        _mentions.Clear();
        _server = new Uri(server);
        _mastodon.Account = _mastodon.Account with { Id = id };
        Mention("Old news");
        await ForwardAsync();
        Assert.Empty(await DigestsAsync());

        Mention("The date is wrong");
        await ForwardAsync();

        AssertOnlyForwarded("The date is wrong", await DigestsAsync());
        const string begun =
            "Information: Mentions of the Mastodon account are forwarded from now on; earlier ones are not forwarded";
        Assert.Equal(
            [begun, begun, "Information: Forwarding 1 mentions of the Mastodon account to the operator"],
            _log.Lines
        );
    }

    [Fact]
    public async Task Forward_WithAPositionOfNoAccount_LeavesOutOldMentions()
    {
        await _ledger.PlanAsync("serge:mentions", new ScheduleMark("000", NextDue: null), [], Stop);
        Mention("Old news");
        await ForwardAsync();
        Assert.Empty(await DigestsAsync());

        Mention("The date is wrong");
        await ForwardAsync();

        AssertOnlyForwarded("The date is wrong", await DigestsAsync());
    }

    [Fact]
    public async Task Forward_AnAccountThatCannotBeRead_IsLoggedOnceAndLosesNothing()
    {
        await ForwardAsync();
        Mention("The date is wrong");
        var worker = Worker();
        _log.Clear();
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unavailable("HTTP 503");
        await worker.ForwardAsync(Stop);
        await worker.ForwardAsync(Stop);
        Assert.Equal(
            ["Warning: Mentions of the Mastodon account could not be forwarded; retrying every minute: HTTP 503"],
            _log.Lines
        );

        _mastodon.AccountAnswer = null;
        await worker.ForwardAsync(Stop);

        AssertOnlyForwarded("The date is wrong", await DigestsAsync());
    }

    [Fact]
    public async Task Forward_AMentionThatIsNotPublic_IsNotRepeated()
    {
        await ForwardAsync();
        _mentions.Add(("005", Create("ada@m.example", "secret", isPrivate: true)));
        _mentions.Add(("006", Create(null, "", isPrivate: false)));

        await ForwardAsync();

        var text = Assert.Single(await DigestsAsync()).Payload!.Text;
        Assert.Contains("ada(at)m.example: (not public) <", text, StringComparison.Ordinal);
        Assert.Contains("unknown account: (no text) <", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_AnInstanceThatIsDown_IsLoggedOnceAndLosesNothing()
    {
        await ForwardAsync();
        Mention("One");
        var worker = Worker();
        _mastodon.OnMentions = _ => new Result<MastodonMentions>.Unavailable("HTTP 503");
        await worker.ForwardAsync(Stop);
        await worker.ForwardAsync(Stop);
        _mastodon.OnMentions = Read;
        await worker.ForwardAsync(Stop);

        Assert.Single(
            _log.Lines,
            line => line.Contains("could not be forwarded; retrying every minute: HTTP 503", StringComparison.Ordinal)
        );
        Assert.Single(await DigestsAsync());
    }

    [Fact]
    public async Task Forward_WithoutTheScope_IsLeftToTheCheckOfTheAccount()
    {
        _mastodon.OnMentions = _ => new Result<MastodonMentions>.Refused(Refusal.Forbidden, "HTTP 403");

        await ForwardAsync();

        Assert.Empty(_log.Lines);
        Assert.Empty(await DigestsAsync());
    }

    [Theory]
    [InlineData("ada", "ADA@m.example")]
    [InlineData("ada@m.example", "ada")]
    public async Task Forward_AnAnswerOfTheRecipientOnTheSameServer_IsLeftOut(string acct, string recipient)
    {
        _alerts = _alerts with { Mastodon = recipient };
        await ForwardAsync();
        Mention("Thank you", acct);

        await ForwardAsync();

        Assert.Empty(await DigestsAsync());
    }

    [Fact]
    public async Task Forward_WithoutARecipientThatIsEnabled_LosesNothing()
    {
        await ForwardAsync();
        Mention("One");
        _hasDiscord = false;
        await ForwardAsync();

        _hasDiscord = true;
        await ForwardAsync();

        Assert.Contains("One", Assert.Single(await DigestsAsync()).Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutTheSendersLease_AsksNothing()
    {
        var asked = false;
        _mastodon.OnMentions = afterId =>
        {
            asked = true;
            return Read(afterId);
        };
        SenderLease lease = new(
            new SenderRows(_database),
            new SenderAccounts(["test"]),
            new DeliverySettings(),
            new Clocks(_clock, _clock),
            new Random(1),
            new LogLines<SenderLease>()
        );
        using var worker = Worker(lease);

        await worker.StartAsync(Stop);
        await worker.StopAsync(Stop);

        Assert.False(asked);
    }

    [Fact]
    public async Task TryForward_AfterTheClockWasSetBack_AsksAgainAfterAMinute()
    {
        var requests = 0;
        _mastodon.OnMentions = afterId =>
        {
            requests++;
            return Read(afterId);
        };
        ClockThatIsSet systemClock = new(_clock);
        using var worker = Worker(systemClock: systemClock);
        await worker.TryForwardAsync(Stop);

        systemClock.SetBy = TimeSpan.FromDays(-1);
        _clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        await worker.TryForwardAsync(Stop);
        Assert.Equal(1, requests);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await worker.TryForwardAsync(Stop);
        Assert.Equal(2, requests);
    }

    private Result<MastodonMentions> Read(string? afterId)
    {
        var last = _mentions.Count == 0 ? afterId ?? "" : _mentions[^1].Id;
        var newer = _mentions.Where(mention => afterId is not null && string.CompareOrdinal(mention.Id, afterId) > 0);
        return new MastodonMentions([.. newer.Select(mention => mention.Mention)], last);
    }

    /// <summary>Mentions as a client reads them from a server that returns all notifications.</summary>
    private Result<MastodonMentions> ReadPages(string? afterId)
    {
        var notifications = _mentions.Select(mention => new MastodonNotification(mention.Id, mention.Mention));
        MastodonNotification[] page = [.. notifications.Reverse()];
        Result<IReadOnlyList<MastodonNotification>> answer = new Result<IReadOnlyList<MastodonNotification>>.Success(
            page
        );
        var reading = MastodonMentionPages.ReadAsync(afterId, _ => Task.FromResult(answer));
        return reading.GetAwaiter().GetResult();
    }

    /// <summary>Runs a worker whose settings do not enable the forwarding of mentions.</summary>
    private async Task RunWithTheSettingOffAsync()
    {
        ServiceCollection services = new();
        var settings = TestEngine.Settings() with { Alerts = _alerts, Mastodon = Some.Mastodon() };
        services.AddSingleton<ILedger>(_ledger).AddAlerts(settings);
        await using var provider = services.BuildServiceProvider();
        foreach (var source in provider.GetServices<IScheduleSource>())
        {
            await source.PlanDueAsync(Stop);
        }
    }

    private static void AssertOnlyForwarded(string text, IReadOnlyList<Post> digests)
    {
        var digest = Assert.Single(digests);
        Assert.StartsWith(
            $"The Mastodon account was mentioned.\nada(at)m.example: {text} <",
            digest.Payload!.Text,
            StringComparison.Ordinal
        );
    }

    private void Mention(string text, string acct = "ada@m.example") =>
        _mentions.Add(($"{_mentions.Count + 1:000}", Create(acct, text, isPrivate: false)));

    private MastodonMention Create(string? acct, string text, bool isPrivate) =>
        new()
        {
            Acct = acct,
            Url = new Uri($"https://m.example/@ada/{_mentions.Count + 1}"),
            Text = text,
            IsPrivate = isPrivate,
        };

    private Task ForwardAsync() => Worker().ForwardAsync(Stop);

    private async Task<IReadOnlyList<Post>> DigestsAsync() =>
        [.. (await _ledger.GetRecentAsync(100, Stop)).OrderBy(post => post.Occurrence)];

    private MentionForwarder Worker(SenderLease? lease = null, TimeProvider? systemClock = null) =>
        new(
            _ledger,
            _mastodon,
            TestEngine.Targets(_hasDiscord ? new FakeDiscord() : null, _mastodon),
            PostRenderers.Create(new MastodonPostSettings(), new InstanceLimits(), () => Some.Author),
            new BotSettings
            {
                LedgerPath = "",
                TimeZone = TimeZoneInfo.Utc,
                Alerts = _alerts,
                Mastodon = Some.Mastodon() with { Address = _server, ForwardsMentions = true },
            },
            lease ?? TestEngine.HeldLease(),
            new Clocks(_clock, systemClock ?? _clock),
            new SystemRandom(),
            _log
        );
}
