using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Serge.Bot.Playground.Api;

namespace Serge.Bot.EndToEnd.Playground;

public sealed class StateFeedTests
{
    private readonly FakeTimeProvider _clock = new(Stage.At("2026-11-23 10:00"));

    [Fact]
    public async Task SendEventsAsync_WithoutAChange_SendsAHeartbeatEveryFifteenSeconds()
    {
        Pipe pipe = new();
        DefaultHttpContext context = new();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        using StreamReader reader = new(pipe.Reader.AsStream());
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        StateFeed feed = new(new StateBroadcaster(null!), _clock);

        var sending = feed.SendEventsAsync(context, stopping.Token);
        for (var heartbeat = 1; heartbeat <= 2; heartbeat++)
        {
            var line = reader.ReadLineAsync(stopping.Token).AsTask();
            _clock.Advance(TimeSpan.FromSeconds(14.9));
            Assert.False(line.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            Assert.Equal("event: heartbeat", await line.WaitAsync(Wait.Limit, stopping.Token));
            Assert.Equal("data: {}", await reader.ReadLineAsync(stopping.Token));
            Assert.Equal("", await reader.ReadLineAsync(stopping.Token));
        }

        await stopping.CancelAsync();
        await sending;
    }
}
