namespace Serge.Bot.Platforms.Tests;

public sealed class SeenInteractionsTests
{
    [Fact]
    public void TryAdd_BeyondTheCapacity_RemovesTheOldest()
    {
        var seen = new SeenInteractions(capacity: 3);

        Assert.True(seen.TryAdd(new InteractionId(1)));
        Assert.True(seen.TryAdd(new InteractionId(2)));
        Assert.True(seen.TryAdd(new InteractionId(3)));
        Assert.False(seen.TryAdd(new InteractionId(1)));
        Assert.True(seen.TryAdd(new InteractionId(4)));

        Assert.False(seen.TryAdd(new InteractionId(2)));
        Assert.True(seen.TryAdd(new InteractionId(1)));
    }

    [Fact]
    public void TryAdd_ByDefault_Keeps4096Ids()
    {
        var seen = new SeenInteractions();
        for (ulong i = 0; i < 4096; i++)
        {
            Assert.True(seen.TryAdd(new InteractionId(i)));
        }

        Assert.False(seen.TryAdd(new InteractionId(0)));
        Assert.True(seen.TryAdd(new InteractionId(4096)));
        Assert.False(seen.TryAdd(new InteractionId(1)));
        Assert.True(seen.TryAdd(new InteractionId(0)));
    }
}
