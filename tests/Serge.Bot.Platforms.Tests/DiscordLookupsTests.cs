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

    [Fact]
    public void FromFailure_OfASuccess_Throws() =>
        Assert.Throws<ArgumentException>("read", () => LookupResult.FromFailure<string>("value"));

    [Fact]
    public void CreateFound_SeveralMessages_NamesTheNewestAndACopy()
    {
        var found = DiscordLookups.CreateFound(["3", "2", "1"], id => new Uri($"https://discord.com/channels/1/{id}"));

        Uri newest = new("https://discord.com/channels/1/3");
        Assert.Equal(new LookupResult.Found("3", newest) { Copy = "https://discord.com/channels/1/2" }, found);
    }

    [Fact]
    public void CreateFound_WithoutPages_NamesTheIds()
    {
        Assert.Equal(
            new LookupResult.Found("2", null) { Copy = "1" },
            DiscordLookups.CreateFound(["2", "1"], _ => null)
        );
        Assert.Equal(new LookupResult.Found("2", null), DiscordLookups.CreateFound(["2"], _ => null));
        Assert.Null(DiscordLookups.CreateFound([], _ => null));
    }

    /// <summary>The date header has a resolution of one second, so a tolerance of 2 s is used.</summary>
    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(null, -1, false)]
    [InlineData(0, -2000, true)]
    [InlineData(0, -2001, false)]
    [InlineData(300, 298_000, true)]
    [InlineData(300, 297_999, false)]
    public void IsReachedBy_ATimeOnTheServersClock_AllowsForTheOffset(int? offset, int milliseconds, bool expected)
    {
        TimeSpan? clockOffset = offset is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        EarliestTime earliest = new(DateTimeOffset.UnixEpoch, clockOffset);

        Assert.Equal(expected, earliest.IsReachedBy(DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds)));
    }

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
