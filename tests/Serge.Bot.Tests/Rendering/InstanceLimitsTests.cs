namespace Serge.Bot.Tests.Rendering;

/// <summary>The Mastodon server's limits: the defaults until it answered, then its own.</summary>
public sealed class InstanceLimitsTests
{
    private static readonly MastodonInstance Long = new() { Version = "4.5.7", MaxCharacters = 5000 };

    private readonly InstanceLimits _limits = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Current_BeforeTheServerWasAsked_IsMastodonsDefault()
    {
        Assert.Equal((500, "unknown"), (_limits.Current.MaxCharacters, _limits.Current.Version));
        Assert.False(_limits.Asked.IsCompleted);
    }

    [Fact]
    public async Task Ask_WithAnAnswer_ReturnsAndKeepsIt()
    {
        var answer = await _limits.AskAsync(new FakeMastodon { Instance = Long }, Stop);

        Assert.Equal(new Result<MastodonInstance>.Success(Long), answer);
        Assert.Same(Long, _limits.Current);
        Assert.True(_limits.Asked.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Ask_WithoutAnAnswer_KeepsWhatIsKnownAndCountsAsAsked()
    {
        var down = new FakeMastodon { InstanceAnswer = new Result<MastodonInstance>.Unavailable("503") };

        Assert.Same(down.InstanceAnswer, await _limits.AskAsync(down, Stop));
        Assert.Equal(500, _limits.Current.MaxCharacters);
        Assert.True(_limits.Asked.IsCompletedSuccessfully);

        await _limits.AskAsync(new FakeMastodon { Instance = Long }, Stop);
        await _limits.AskAsync(down, Stop);
        Assert.Same(Long, _limits.Current);
    }
}
