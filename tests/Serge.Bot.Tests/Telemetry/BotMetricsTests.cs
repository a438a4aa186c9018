namespace Serge.Bot.Tests.Telemetry;

/// <summary>What is counted, with the names of <c>docs/health.md</c>.</summary>
public sealed class BotMetricsTests : IDisposable
{
    private readonly Recorded _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [Theory]
    [InlineData(
        nameof(PostState.Refused),
        "mastodon",
        "serge.posts 1 {step}: serge.platform=mastodon, serge.post.state=refused"
    )]
    [InlineData(
        nameof(PostState.Planned),
        "discord:7",
        "serge.posts 1 {step}: serge.platform=discord, serge.post.state=planned"
    )]
    public void Moved_CountsTheStep(string state, string to, string measurement)
    {
        DeliveryMetrics.RecordState(Some.Post(state: Enum.Parse<PostState>(state), to: to), Some.Noon);

        Assert.Equal([measurement], _recorded.Measurements);
    }

    [Fact]
    public void Moved_ToSent_MeasuresTheDelayToo()
    {
        DeliveryMetrics.RecordState(Some.Post(state: PostState.Sent), Some.Noon.AddSeconds(90));

        Assert.Equal(
            [
                "serge.posts 1 {step}: serge.platform=mastodon, serge.post.state=sent",
                "serge.post.delay 90 s: serge.platform=mastodon",
            ],
            _recorded.Measurements
        );
    }

    [Fact]
    public void ConnectionsAndReloads_AreCountedByTheirResult()
    {
        BotMetrics.RecordConnection("resumed");
        BotMetrics.RecordReload(isServed: true);
        BotMetrics.RecordReload(isServed: false);

        Assert.Equal(
            [
                "serge.discord.connections 1 {change}: serge.discord.change=resumed",
                "serge.catalogue.reloads 1 {reload}: serge.catalogue.result=served",
                "serge.catalogue.reloads 1 {reload}: serge.catalogue.result=refused",
            ],
            _recorded.Measurements
        );
    }
}
