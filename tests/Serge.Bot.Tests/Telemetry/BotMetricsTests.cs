namespace Serge.Bot.Tests.Telemetry;

/// <summary>The metrics, with their names in <c>docs/health.md</c>.</summary>
public sealed class BotMetricsTests : IDisposable
{
    private readonly Recorded _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [Theory]
    [InlineData(
        nameof(PostState.Refused),
        "mastodon",
        "serge.posts 1 {post}: serge.platform=mastodon, serge.post.state=refused"
    )]
    [InlineData(
        nameof(PostState.Planned),
        "discord:7",
        "serge.posts 1 {post}: serge.platform=discord, serge.post.state=planned"
    )]
    public void RecordState_CountsTheNewState(string state, string to, string measurement)
    {
        DeliveryMetrics.RecordState(Some.Post(state: Enum.Parse<PostState>(state), to: to), Some.Noon);

        Assert.Equal([measurement], _recorded.Measurements);
    }

    [Fact]
    public void RecordState_OfASentPost_MeasuresTheDelayToo()
    {
        DeliveryMetrics.RecordState(Some.Post(state: PostState.Sent), Some.Noon.AddSeconds(90));

        Assert.Equal(
            [
                "serge.posts 1 {post}: serge.platform=mastodon, serge.post.state=sent",
                "serge.post.delay 90 s: serge.platform=mastodon",
            ],
            _recorded.Measurements
        );
    }

    [Fact]
    public void RecordConnectionAndReload_CountByResult()
    {
        BotMetrics.RecordConnection("resumed");
        BotMetrics.RecordReload(isAccepted: true);
        BotMetrics.RecordReload(isAccepted: false);

        Assert.Equal(
            [
                "serge.discord.connections 1 {change}: serge.discord.change=resumed",
                "serge.catalogue.reloads 1 {reload}: serge.catalogue.result=accepted",
                "serge.catalogue.reloads 1 {reload}: serge.catalogue.result=rejected",
            ],
            _recorded.Measurements
        );
    }
}
