namespace Serge.Bot.Tests.Delivery;

/// <summary>Each step of a post is sent to its own platform.</summary>
public sealed class PublishTargetsTests
{
    private const string Where = "discord:1";

    private readonly FakeMastodon _mastodon = new();
    private readonly Calls _discord = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachRequest_OnDiscord_GoesToItsChannel()
    {
        var targets = TestEngine.Targets(_discord, _mastodon);
        var post = Some.Post("the-key", to: Where) with { FirstAttemptAt = Some.Noon };

        Assert.Equal(
            new SendOutcome.Sent("send", null),
            await targets.Get(post.Destination).SendAsync(post, SendDeadline.None, Stop)
        );
        Assert.Equal(
            new LookupResult.Found("find", null),
            await targets.Get(post.Destination).FindPublishedAsync(post, Stop)
        );
        Assert.Equal(
            new SendOutcome.Sent("edit", null),
            await targets.Get(post.Destination).EditAsync(post, "42", Stop)
        );
        Assert.Equal(
            new SendOutcome.Sent("delete", null),
            await targets.Get(post.Destination).DeleteAsync(post.Destination, "42", Stop)
        );

        Assert.Equal(
            [
                "send 1 Words. the-key",
                "find 1 Words. 2027-02-01 11:58:00Z", // a server's clock may be two minutes behind
                "edit 1 42 Words.",
                "delete 1 42",
            ],
            _discord.Lines
        );
        Assert.Equal((0, 0), (_mastodon.Sends, _mastodon.Lookups));
        Assert.Empty(_mastodon.Changes);
    }

    [Fact]
    public async Task EachRequest_OnMastodon_GoesToTheAccount()
    {
        var targets = TestEngine.Targets(_discord, _mastodon);
        var post = Some.Post("the-key");

        Assert.Equal(
            new SendOutcome.Sent("1", null),
            await targets.Get(post.Destination).SendAsync(post, SendDeadline.None, Stop)
        );
        Assert.Equal(
            new LookupResult.Found("1", null),
            await targets.Get(post.Destination).FindPublishedAsync(post, Stop)
        );
        Assert.Equal(new SendOutcome.Sent("42", null), await targets.Get(post.Destination).EditAsync(post, "42", Stop));
        Assert.Equal(
            new SendOutcome.Sent("43", null),
            await targets.Get(post.Destination).DeleteAsync(post.Destination, "43", Stop)
        );

        Assert.Equal(("the-key", "Words."), _mastodon.Posts.Single().Let(sent => (sent.Key, sent.Status.Text)));
        Assert.Equal(["edit 42: Words.", "delete 43"], _mastodon.Changes);
        Assert.Empty(_discord.Lines);
    }

    [Theory]
    [InlineData(Where)]
    [InlineData("mastodon")]
    public void APlatformWithoutCredentials_HasNoTarget(string to)
    {
        var targets = to == Where ? TestEngine.Targets(null, _mastodon) : TestEngine.Targets(_discord, null);
        var destination = Some.Destination(to);

        Assert.False(targets.IsEnabled(destination));
        Assert.Null(targets.Find(destination));
        Assert.Contains(
            "no credentials",
            Assert.Throws<InvalidOperationException>(() => targets.Get(destination)).Message
        );
    }

    [Fact]
    public void Capabilities_AreThoseOfThePlatform()
    {
        var targets = TestEngine.Targets(_discord, _mastodon);

        Assert.Equal(_discord.Capabilities, targets.Get(Some.Destination(Where)).Capabilities);
        Assert.Equal(_mastodon.Capabilities, targets.Get(Destinations.Mastodon).Capabilities);
        Assert.NotEqual(_discord.Capabilities, _mastodon.Capabilities);
        Assert.True(targets.IsEnabled(Some.Destination(Where)));
        Assert.True(targets.IsEnabled(Destinations.Mastodon));
    }

    /// <summary>Each row: the outcome of a send to Mastodon, and whether the server then counts as reachable.</summary>
    [Theory]
    [InlineData("sent", true)]
    [InlineData("refused", true)]
    [InlineData("wait", true)]
    [InlineData("unavailable", false)]
    [InlineData("unknown", false)]
    public async Task Send_ToMastodon_RecordsWhetherTheServerIsReached(string ending, bool isUp)
    {
        FakeTimeProvider clock = new(Some.Noon);
        PlatformConnections connections = new(new Clocks(clock, clock));
        _mastodon.OnSend = _ =>
            ending switch
            {
                "refused" => new SendOutcome.Refused(Refusal.Payload, "too long"),
                "wait" => new SendOutcome.RetryAfter(Some.Noon, "slow down"),
                "unavailable" => new SendOutcome.Unavailable("down"),
                "unknown" => new SendOutcome.Unknown("lost"),
                _ => null,
            };

        var targets = TestEngine.Targets(_discord, _mastodon, connections: connections);
        await targets.Get(Destinations.Mastodon).SendAsync(Some.Post(), SendDeadline.None, Stop);

        Assert.Equal(isUp, connections.Mastodon.State.IsConnected);
        Assert.Null(connections.Discord.State.IsConnected);
    }

    /// <summary>A fake Discord that records requests and accepts all of them.</summary>
    private sealed class Calls : UnusedDiscord
    {
        public List<string> Lines { get; } = [];

        public override Task<SendOutcome> SendAsync(
            ChannelId channel,
            DiscordMessage message,
            string key,
            SendDeadline deadline,
            CancellationToken cancellationToken
        ) => Done("send", $"send {channel} {message.Text} {key}");

        public override Task<LookupResult> FindPublishedAsync(
            ChannelId channel,
            string text,
            DateTimeOffset since,
            CancellationToken cancellationToken
        )
        {
            Lines.Add($"find {channel} {text} {since:u}");
            return Task.FromResult<LookupResult>(new LookupResult.Found("find", null));
        }

        public override Task<SendOutcome> EditAsync(
            ChannelId channel,
            string messageId,
            DiscordMessage message,
            CancellationToken cancellationToken
        ) => Done("edit", $"edit {channel} {messageId} {message.Text}");

        public override Task<SendOutcome> DeleteAsync(
            ChannelId channel,
            string messageId,
            CancellationToken cancellationToken
        ) => Done("delete", $"delete {channel} {messageId}");

        private Task<SendOutcome> Done(string id, string line)
        {
            Lines.Add(line);
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent(id, null));
        }
    }
}
