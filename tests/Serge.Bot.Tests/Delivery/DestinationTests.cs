namespace Serge.Bot.Tests.Delivery;

public sealed class DestinationTests
{
    [Theory]
    [InlineData("mastodon", null)]
    [InlineData("discord:1", 1ul)]
    [InlineData("discord:18446744073709551615", ulong.MaxValue)]
    public void TryParse_WhatIsWrittenInTheLedger_ComesBackAsItWas(string text, ulong? channel)
    {
        Assert.True(Destination.TryParse(text, out var destination));
        Assert.Equal(channel, destination.Value.Channel?.Value);
        Assert.Equal(text, destination.Value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mastodon")]
    [InlineData("mastodon:1")]
    [InlineData("discord")]
    [InlineData("discord:")]
    [InlineData("discord:0")]
    [InlineData("discord:-1")]
    [InlineData("discord:+1")]
    [InlineData("discord: 1")]
    [InlineData("discord:1 ")]
    [InlineData("discord:x")]
    [InlineData("Discord:1")]
    [InlineData("1:discord:")]
    [InlineData("discord:18446744073709551616")]
    public void TryParse_AnythingElse_IsNone(string text)
    {
        Assert.False(Destination.TryParse(text, out var destination));
        Assert.Null(destination);
    }

    [Fact]
    public void Key_IsTwentyFourLettersOfBase32_AndEachIsAnother()
    {
        Random random = new(1);
        var keys = Enumerable.Range(0, 1000).Select(_ => IdempotencyKey.Create(random)).ToList();

        Assert.All(keys, key => Assert.Matches("^[a-z2-7]{24}$", key));
        Assert.Equal(1000, keys.Distinct().Count());
        Assert.Equal(32, keys.SelectMany(key => key).Distinct().Count());
    }
}
