namespace Serge.Bot.Tests.Delivery;

public sealed class DestinationTests
{
    [Theory]
    [InlineData("mastodon", "mastodon", "")]
    [InlineData("discord:1", "discord", "1")]
    [InlineData("matrix:!room:example.org", "matrix", "!room:example.org")]
    public void TryParse_PlatformAndId_AreReadAndWrittenBack(string text, string platform, string id)
    {
        Assert.True(Destination.TryParse(text, out var destination));
        Assert.Equal(new Destination(platform, id), destination);
        Assert.Equal(text, destination.Value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":1")]
    [InlineData("Mastodon")]
    [InlineData("discord:")]
    [InlineData("Discord:1")]
    [InlineData("1:discord:")]
    [InlineData("a b")]
    public void TryParse_WithoutPlatformOrId_Fails(string text)
    {
        Assert.False(Destination.TryParse(text, out var destination));
        Assert.Null(destination);
    }

    [Theory]
    [InlineData("mastodon", null)]
    [InlineData("discord:1", 1ul)]
    [InlineData("discord:18446744073709551615", ulong.MaxValue)]
    public void DestinationsTryParse_OfAKnownPlatform_HasItsChannel(string text, ulong? channel)
    {
        var destination = Destinations.TryParse(text)!.Value;

        Assert.Equal(channel, Destinations.GetChannel(destination)?.Value);
        Assert.Equal(text, destination.ToString());
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
    [InlineData("matrix:1")]
    public void DestinationsTryParse_OfAnotherPlatformOrAnInvalidChannel_IsNull(string text) =>
        Assert.Null(Destinations.TryParse(text));

    [Fact]
    public void IdempotencyKey_Has24LettersOfBase32_AndIsUnique()
    {
        Random random = new(1);
        var keys = Enumerable.Range(0, 1000).Select(_ => IdempotencyKey.Create(random)).ToList();

        Assert.All(keys, key => Assert.Matches("^[a-z2-7]{24}$", key));
        Assert.Equal(1000, keys.Distinct().Count());
        Assert.Equal(32, keys.SelectMany(key => key).Distinct().Count());
    }
}
