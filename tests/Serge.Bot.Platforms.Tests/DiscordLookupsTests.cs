namespace Serge.Bot.Platforms.Tests;

public sealed class DiscordLookupsTests
{
    private const DiscordPermissions Both = DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory;

    [Theory]
    [InlineData(Both, true)]
    [InlineData(Both | DiscordPermissions.SendMessages, true)]
    [InlineData(DiscordPermissions.ViewChannel, false)]
    [InlineData(DiscordPermissions.ReadMessageHistory, false)]
    [InlineData(DiscordPermissions.None, false)]
    public void CheckEmptyChannel_WithPermissions_IsCertainIfTheHistoryCanBeRead(
        DiscordPermissions permissions,
        bool isCertain
    )
    {
        var result = DiscordLookups.CheckEmptyChannel(new ChannelAccess(null, "", true, permissions));

        Assert.Equal(isCertain, result is LookupResult.NotFound);
        Assert.Equal(!isCertain, result is LookupResult.Inconclusive);
    }

    [Fact]
    public void CheckEmptyChannel_PermissionsThatAreNotKnown_ProveNothing() =>
        Assert.IsType<LookupResult.Inconclusive>(
            DiscordLookups.CheckEmptyChannel(new ChannelAccess(null, "", true, Permissions: null))
        );

    [Fact]
    public void CheckEmptyChannel_WithoutAnAnswer_KeepsTheReason() =>
        Assert.Equal(
            new LookupResult.Inconclusive("why"),
            DiscordLookups.CheckEmptyChannel(new Result<ChannelAccess>.Unavailable("why"))
        );

    [Theory]
    [InlineData("123", 123UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void ParseAndFormat_AnId_AreInverse(string text, ulong id)
    {
        Assert.Equal(id, DiscordMessageIds.Parse(text));
        Assert.Equal(text, DiscordMessageIds.Format(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("x")]
    [InlineData("18446744073709551616")]
    public void Parse_AnotherText_Throws(string text) =>
        Assert.Throws<ArgumentException>("messageId", () => DiscordMessageIds.Parse(text));
}
