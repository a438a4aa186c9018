namespace Serge.Bot.Tests.Publishing;

/// <summary>What requests of the target show about the connection to the Mastodon server.</summary>
public sealed class MastodonTargetTests
{
    private readonly FakeMastodon _mastodon = new();
    private readonly PlatformConnections _connections = new(Clocks.Real);
    private readonly IPublishTarget _target;

    public MastodonTargetTests() =>
        _target = TestEngine.Targets(discord: null, _mastodon, connections: _connections).All.Single();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FindPublished_AfterALostResponse_MarksTheServerConnected(bool isPublished)
    {
        _mastodon.OnSend = _ => new SendOutcome.Unknown("the response was lost");
        await _target.SendAsync(Some.Post(), SendDeadline.None, Stop);
        Assert.False(_connections.Mastodon.State.IsConnected);

        _mastodon.OnLookup = () => isPublished ? new LookupResult.Found("1", null) : new LookupResult.NotFound();
        await _target.FindPublishedAsync(Some.Post(), Stop);

        Assert.True(_connections.Mastodon.State.IsConnected);
    }

    [Fact]
    public async Task FindPublished_Inconclusive_DoesNotMarkTheServerConnected()
    {
        _connections.Mastodon.MarkDisconnected();
        _mastodon.OnLookup = () => new LookupResult.Inconclusive("503 Service Unavailable");

        await _target.FindPublishedAsync(Some.Post(), Stop);

        Assert.False(_connections.Mastodon.State.IsConnected);
    }

    [Fact]
    public async Task FindPublished_WhileOnlyTheOperatorCanHelp_ChangesNothing()
    {
        _connections.Mastodon.MarkDisconnected(needsOperator: true);
        var before = _connections.Mastodon.State;

        await _target.FindPublishedAsync(Some.Post(), Stop);

        Assert.Equal(before, _connections.Mastodon.State);
    }
}
