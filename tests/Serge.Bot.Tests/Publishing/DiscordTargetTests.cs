namespace Serge.Bot.Tests.Publishing;

/// <summary>Where a post to Discord is sent: as a message of a channel, or as a titled post of a forum.</summary>
public sealed class DiscordTargetTests
{
    private readonly SentByDiscord _discord = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_ToAChannel_IsAMessageWithTheKeyAsNonce()
    {
        await SendAsync(Some.Post("the-key", to: "discord:1", text: "Words."));

        Assert.Equal(["message in 1, nonce the-key: Words."], _discord.Sent);
    }

    [Fact]
    public async Task Send_ToAForum_HasTheTitleOfThePost()
    {
        var post = Some.Post(to: "discord:forum:2", text: "Words.");

        await SendAsync(post with { Payload = post.Payload! with { Title = "1 February 2027" } });

        Assert.Equal(["post in 2, “1 February 2027”: Words."], _discord.Sent);
    }

    // Posts that serge post has planned have no day.
    [Fact]
    public async Task Send_ToAForumWithoutATitle_HasAGeneralOne()
    {
        await SendAsync(Some.Post(to: "discord:forum:2", text: "Words."));

        Assert.Equal(["post in 2, “Quotation”: Words."], _discord.Sent);
    }

    /// <summary>A forum post whose response was lost is looked up before it is sent again.</summary>
    [Fact]
    public void GetCapabilities_OfAForum_HaveNoIdempotency()
    {
        var ofForum = GetCapabilities("discord:forum:2");
        var ofChannel = GetCapabilities("discord:1");

        Assert.True(ofChannel.SupportsIdempotency);
        Assert.Equal(ofChannel with { SupportsIdempotency = false, KeyWindow = TimeSpan.Zero }, ofForum);
    }

    private Capabilities GetCapabilities(string to)
    {
        var destination = Some.Post(to: to).Destination;
        var target = TestEngine.Targets(_discord, mastodon: null).Get(destination);
        return target.GetCapabilities(destination);
    }

    private Task<SendOutcome> SendAsync(Post post)
    {
        var target = TestEngine.Targets(_discord, mastodon: null).Get(post.Destination);
        return target.SendAsync(post, new SendDeadline(TimeProvider.System, TimeSpan.FromMinutes(1)), Stop);
    }

    private sealed class SentByDiscord : UnusedDiscord
    {
        public List<string> Sent { get; } = [];

        public override Task<SendOutcome> SendAsync(
            ChannelId channel,
            DiscordMessage message,
            string nonce,
            SendDeadline deadline,
            CancellationToken cancellationToken
        )
        {
            Sent.Add($"message in {channel}, nonce {nonce}: {message.Text}");
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent("1", null));
        }

        public override Task<SendOutcome> StartForumPostAsync(
            ChannelId forum,
            string title,
            DiscordMessage message,
            SendDeadline deadline,
            CancellationToken cancellationToken
        )
        {
            Sent.Add($"post in {forum}, “{title}”: {message.Text}");
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent("1", null));
        }
    }
}
