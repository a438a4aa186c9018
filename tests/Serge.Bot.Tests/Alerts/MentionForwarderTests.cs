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
        Mention("Thanks", acct: "OP@m.example"); // an answer to a digest

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

    private Result<MastodonMentions> Read(string? afterId)
    {
        var last = _mentions.Count == 0 ? afterId ?? "" : _mentions[^1].Id;
        var newer = _mentions.Where(mention => afterId is not null && string.CompareOrdinal(mention.Id, afterId) > 0);
        return new MastodonMentions([.. newer.Select(mention => mention.Mention)], last);
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

    private MentionForwarder Worker(SenderLease? lease = null) =>
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
                Mastodon = Some.Mastodon() with { ForwardsMentions = true },
            },
            lease ?? TestEngine.HeldLease(),
            new Clocks(_clock, _clock),
            new SystemRandom(),
            _log
        );
}
