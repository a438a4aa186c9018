namespace Serge.Bot.Tests.Publishing;

/// <summary>The limits of the Mastodon server: the defaults until it has responded, then its own.</summary>
public sealed class InstanceLimitsTests
{
    private static readonly MastodonInstance Larger = new() { Version = "4.5.7", MaxCharacters = 5000 };

    private readonly InstanceLimits _limits = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Current_BeforeTheServerWasAsked_IsTheDefaultOfMastodon()
    {
        Assert.Equal((500, "unknown"), (_limits.Current.MaxCharacters, _limits.Current.Version));
        Assert.False(_limits.FirstRefresh.IsCompleted);
    }

    [Fact]
    public async Task Ask_WhenTheServerAnswers_ReturnsAndKeepsTheAnswer()
    {
        var answer = await _limits.RefreshAsync(new FakeMastodon { Instance = Larger }, Stop);

        Assert.Equal(new Result<MastodonInstance>.Success(Larger), answer);
        Assert.Same(Larger, _limits.Current);
        Assert.True(_limits.FirstRefresh.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Ask_WhenTheServerDoesNotAnswer_KeepsTheKnownLimitsAndCountsAsAsked()
    {
        var down = new FakeMastodon { InstanceAnswer = new Result<MastodonInstance>.Unavailable("503") };

        Assert.Same(down.InstanceAnswer, await _limits.RefreshAsync(down, Stop));
        Assert.Equal(500, _limits.Current.MaxCharacters);
        Assert.True(_limits.FirstRefresh.IsCompletedSuccessfully);

        await _limits.RefreshAsync(new FakeMastodon { Instance = Larger }, Stop);
        await _limits.RefreshAsync(down, Stop);
        Assert.Same(Larger, _limits.Current);
    }
}
