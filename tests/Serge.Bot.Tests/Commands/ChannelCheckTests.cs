namespace Serge.Bot.Tests.Commands;

/// <summary>Whether the bot can post in a channel, for every way in which it may not.</summary>
public sealed class ChannelCheckTests
{
    private const DiscordPermissions See = DiscordPermissions.ViewChannel;
    private const DiscordPermissions Write = DiscordPermissions.SendMessages;
    private const DiscordPermissions History = DiscordPermissions.ReadMessageHistory;

    private readonly FakeServers _discord = new();

    [Theory]
    [InlineData(See | Write | History, null)]
    [InlineData(See | Write | History | DiscordPermissions.Administrator, null)]
    [InlineData(See | Write, null)]
    [InlineData(Write | History, "**View Channel**")]
    [InlineData(See | History, "**Send Messages**")]
    [InlineData(History, "**View Channel**, **Send Messages**")]
    [InlineData(See, "**Send Messages**, **Read Message History**")]
    [InlineData(Write, "**View Channel**, **Read Message History**")]
    [InlineData(DiscordPermissions.None, "**View Channel**, **Send Messages**, **Read Message History**")]
    public async Task Ask_NamesEveryPermissionThatIsMissing(DiscordPermissions permissions, string? missing)
    {
        _discord.Channel(1, 100, permissions);

        var (problem, remark) = await AskAsync();

        Assert.Equal(
            missing is null
                ? null
                : $"I cannot post in <#1> yet. I lack {missing}. An admin can give me that under Edit Channel → Permissions; then try again.",
            problem
        );
        Assert.Equal(permissions == (See | Write) ? Strings.English.ChannelLacksHistory("<#1>") : null, remark);
    }

    [Fact]
    public async Task Ask_OfAChannelOfAnotherServer_TellsNothingOfIt()
    {
        _discord.Channel(1, 200, DiscordPermissions.None, acceptsMessages: false);

        Assert.Equal((Strings.English.NoChannel, null), await AskAsync());
    }

    [Fact]
    public async Task Ask_OfAForum_SaysThatItTakesNoMessages()
    {
        _discord.Channel(1, 100, DiscordPermissions.None, acceptsMessages: false);

        Assert.Equal((Strings.English.ChannelTakesNoMessages("<#1>"), null), await AskAsync());
    }

    [Fact]
    public async Task Ask_OfAnUnknownChannel_SaysThatThereIsNone() =>
        Assert.Equal((Strings.English.NoChannel, null), await AskAsync());

    [Fact]
    public async Task Ask_WhileDiscordDoesNotAnswer_SaysSo()
    {
        _discord.Channel(1, 100);
        _discord.IsDown = true;

        Assert.Equal((Strings.English.DiscordIsUnavailable, null), await AskAsync());
    }

    private Task<(string? Problem, string? Remark)> AskAsync() =>
        ChannelCheck.CheckAsync(
            _discord,
            new GuildId(100),
            new ChannelId(1),
            Strings.English,
            TestContext.Current.CancellationToken
        );
}
