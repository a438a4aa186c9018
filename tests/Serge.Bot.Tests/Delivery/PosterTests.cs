using Serge.Bot.Health;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Delivery;

/// <summary>Each step of a post goes to its own platform; to one that is off nothing goes.</summary>
public sealed class PosterTests
{
    private const string Where = "discord:1";

    private readonly FakeMastodon _mastodon = new();
    private readonly Calls _discord = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachStep_OnDiscord_GoesToItsChannel()
    {
        Poster poster = new(_discord, _mastodon);
        var post = Some.Post("the-key", to: Where) with { FirstByte = Some.Noon };

        Assert.Equal(new SendOutcome.Sent("send", null), await poster.SendAsync(post, Stop));
        Assert.Equal(new Look.Found("find", null), await poster.FindAsync(post, Stop));
        Assert.Equal(new SendOutcome.Sent("edit", null), await poster.EditAsync(post, "42", Stop));
        Assert.Equal(
            new SendOutcome.Sent("delete", null),
            await poster.DeleteAsync(Some.Destination(Where), "42", Stop)
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
        Assert.Equal((0, 0), (_mastodon.Sends, _mastodon.Looks));
        Assert.Empty(_mastodon.Changes);
    }

    [Fact]
    public async Task EachStep_OnMastodon_GoesToTheAccount()
    {
        Poster poster = new(_discord, _mastodon);
        var post = Some.Post("the-key");

        Assert.Equal(new SendOutcome.Sent("1", null), await poster.SendAsync(post, Stop));
        Assert.Equal(new Look.Found("1", null), await poster.FindAsync(post, Stop));
        Assert.Equal(new SendOutcome.Sent("42", null), await poster.EditAsync(post, "42", Stop));
        Assert.Equal(new SendOutcome.Sent("43", null), await poster.DeleteAsync(Destination.Mastodon, "43", Stop));

        Assert.Equal(("the-key", "Words."), _mastodon.Posts.Single().Let(sent => (sent.Key, sent.Status.Text)));
        Assert.Equal(["edit 42: Words.", "delete 43"], _mastodon.Changes);
        Assert.Empty(_discord.Lines);
    }

    [Theory]
    [InlineData(Where, "Discord is off: it has no credentials.")]
    [InlineData("mastodon", "Mastodon is off: it has no credentials.")]
    public async Task EachStep_OnAPlatformThatIsOff_SaysSo(string to, string reason)
    {
        var poster = to == Where ? new Poster(null, _mastodon) : new Poster(_discord, null);
        var post = Some.Post(to: to);

        Assert.False(poster.Reaches(post.Destination));
        Assert.Equal(
            new Capabilities(HonoursKey: false, TimeSpan.Zero, CanLook: false),
            poster.Capabilities(post.Destination)
        );
        Assert.Equal(new SendOutcome.Unavailable(reason), await poster.SendAsync(post, Stop));
        Assert.Equal(new Look.CannotTell(reason), await poster.FindAsync(post, Stop));
        Assert.Equal(new SendOutcome.Unavailable(reason), await poster.EditAsync(post, "42", Stop));
        Assert.Equal(new SendOutcome.Unavailable(reason), await poster.DeleteAsync(post.Destination, "42", Stop));
        Assert.Empty(_discord.Lines);
        Assert.Equal(0, _mastodon.Sends);
    }

    [Theory]
    [InlineData(Where)]
    [InlineData("mastodon")]
    public async Task APostThatSaysNothing_IsRefused(string to)
    {
        Poster poster = new(_discord, _mastodon);
        var post = Some.Post(to: to) with { Payload = null };

        Assert.Equal(
            new SendOutcome.Refused(Refusal.Payload, "There is nothing to send."),
            await poster.SendAsync(post, Stop)
        );
        Assert.Equal(
            new SendOutcome.Refused(Refusal.Payload, "There is nothing to say."),
            await poster.EditAsync(post, "42", Stop)
        );
        Assert.Empty(_discord.Lines);
        Assert.Equal(0, _mastodon.Sends);
    }

    [Fact]
    public void Capabilities_AreThoseOfThePlatform()
    {
        Poster poster = new(_discord, _mastodon);

        Assert.Equal(_discord.Capabilities, poster.Capabilities(Some.Destination(Where)));
        Assert.Equal(_mastodon.Capabilities, poster.Capabilities(Destination.Mastodon));
        Assert.NotEqual(_discord.Capabilities, _mastodon.Capabilities);
        Assert.True(poster.Reaches(Some.Destination(Where)));
        Assert.True(poster.Reaches(Destination.Mastodon));
    }

    /// <summary>Each row: how a send to Mastodon ends, and whether the server is then said to be reached.</summary>
    [Theory]
    [InlineData("sent", true)]
    [InlineData("refused", true)]
    [InlineData("wait", true)]
    [InlineData("unavailable", false)]
    [InlineData("unknown", false)]
    public async Task Send_ToMastodon_TellsWhetherTheServerIsReached(string ending, bool isUp)
    {
        FakeTimeProvider clock = new(Some.Noon);
        Connections connections = new(new Clocks(clock, clock));
        _mastodon.OnSend = _ =>
            ending switch
            {
                "refused" => new SendOutcome.Refused(Refusal.Payload, "too long"),
                "wait" => new SendOutcome.RetryAfter(Some.Noon, "slow down"),
                "unavailable" => new SendOutcome.Unavailable("down"),
                "unknown" => new SendOutcome.Unknown("lost"),
                _ => null,
            };

        await new Poster(_discord, _mastodon, connections: connections).SendAsync(Some.Post(), Stop);

        Assert.Equal(isUp, connections.Mastodon.State.IsUp);
        Assert.Null(connections.Discord.State.IsUp);
    }

    /// <summary>A Discord that notes what it is asked and says yes.</summary>
    private sealed class Calls : IDiscord
    {
        public List<string> Lines { get; } = [];

        public Capabilities Capabilities { get; } = new(HonoursKey: true, TimeSpan.FromMinutes(2), CanLook: true);

        public Task<SendOutcome> SendAsync(
            ChannelId channel,
            DiscordMessage message,
            string key,
            CancellationToken cancellationToken
        ) => Done("send", $"send {channel} {message.Text} {key}");

        public Task<Look> FindOwnAsync(
            ChannelId channel,
            string text,
            DateTimeOffset since,
            CancellationToken cancellationToken
        )
        {
            Lines.Add($"find {channel} {text} {since:u}");
            return Task.FromResult<Look>(new Look.Found("find", null));
        }

        public Task<SendOutcome> EditAsync(
            ChannelId channel,
            string messageId,
            DiscordMessage message,
            CancellationToken cancellationToken
        ) => Done("edit", $"edit {channel} {messageId} {message.Text}");

        public Task<SendOutcome> DeleteAsync(
            ChannelId channel,
            string messageId,
            CancellationToken cancellationToken
        ) => Done("delete", $"delete {channel} {messageId}");

        public IAsyncEnumerable<DiscordEvent> ReadAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Answer<Registration>> RegisterCommandsAsync(
            IReadOnlyList<CommandDefinition> commands,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<Answer<bool>> HasCommandsAsync(
            IReadOnlyList<CommandDefinition> commands,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<SendOutcome> RespondAsync(
            Interaction interaction,
            Reply reply,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<Answer<DiscordApplication>> ApplicationAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Answer<DiscordGuild>> GuildAsync(GuildId guild, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Answer<ChannelAccess>> AccessAsync(ChannelId channel, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        private Task<SendOutcome> Done(string id, string line)
        {
            Lines.Add(line);
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent(id, null));
        }
    }
}
