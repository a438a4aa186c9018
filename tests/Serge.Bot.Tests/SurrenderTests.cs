namespace Serge.Bot.Tests;

/// <summary>A bot without any platform left ends, and says by its exit code that a person is needed.</summary>
public sealed class SurrenderTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public void DiscordIsLost_StopsTheBotUnlessMastodonIsLeft(bool hasMastodon, int exitCode)
    {
        using StoppableLifetime lifetime = new();
        BotSettings settings = new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = hasMastodon ? Some.Mastodon() : null,
        };
        FatalErrorHandler surrender = new(settings, lifetime);
        Assert.Equal(0, surrender.ExitCode);

        surrender.HandleDiscordStopped();

        Assert.Equal(
            (exitCode, !hasMastodon),
            (surrender.ExitCode, lifetime.ApplicationStopping.IsCancellationRequested)
        );
    }
}
