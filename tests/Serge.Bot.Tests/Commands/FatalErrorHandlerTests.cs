namespace Serge.Bot.Tests.Commands;

/// <summary>A worker with no platform left stops, and its exit code shows that an operator is needed.</summary>
public sealed class FatalErrorHandlerTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public void HandleDiscordStopped_StopsTheWorkerUnlessMastodonIsLeft(bool hasMastodon, int exitCode)
    {
        using StoppableLifetime lifetime = new();
        BotSettings settings = new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = hasMastodon ? Some.Mastodon() : null,
        };
        FatalErrorHandler handler = new(settings, lifetime);
        Assert.Equal(0, handler.ExitCode);

        handler.HandleDiscordStopped();

        Assert.Equal(
            (exitCode, !hasMastodon),
            (handler.ExitCode, lifetime.ApplicationStopping.IsCancellationRequested)
        );
    }
}
