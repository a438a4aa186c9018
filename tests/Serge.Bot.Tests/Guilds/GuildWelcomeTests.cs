namespace Serge.Bot.Tests.Guilds;

/// <summary>The first message in a server that has invited the bot.</summary>
public sealed class GuildWelcomeTests : IAsyncLifetime
{
    private static readonly GuildId Guild = new(100);

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly FakeServers _discord = new FakeServers().Guild(100, systemChannel: 9).Channel(9, 100);
    private Database _database = null!;
    private GuildDirectory _directory = null!;
    private GuildWelcome _welcome = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        _directory = new GuildDirectory(new GuildStore(_database), settings);
        _welcome = TestEngine.Welcome(_directory, _discord, new Clocks(_time, _time));
    }

    public async ValueTask DisposeAsync()
    {
        _directory.Dispose();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("en-US", "Hello! I quote the writer")]
    [InlineData("fr", "Bonjour\u202F! Je cite Victor Serge, écrivain")]
    [InlineData("de", "Hello! I quote the writer")]
    public async Task Welcome_IsInTheLanguageOfTheServer_WithTwoCommands(string locale, string text)
    {
        _discord.Guilds[Guild] = _discord.Guilds[Guild] with { Locale = locale };

        await _welcome.WelcomeAsync(Guild, Stop);

        var post = Assert.Single(await PostsAsync());
        Assert.Equal(("discord:9", PostKind.Notice), (post.Destination.ToString(), post.Kind));
        Assert.StartsWith(text, post.Payload!.Text, StringComparison.Ordinal);
        Assert.Equal(4, post.Payload.Text.Count(c => c == '`'));
    }

    [Fact]
    public async Task Welcome_OfAKnownServer_IsNotRepeated()
    {
        await _welcome.WelcomeAsync(Guild, Stop);
        await _welcome.WelcomeAsync(Guild, Stop);
        await _directory.RefreshAsync(Stop);

        Assert.False(_welcome.IsDue(Joined(_time.GetUtcNow())));
        Assert.Single(await PostsAsync());
    }

    /// <summary>A worker that takes over may not have loaded the newest servers yet.</summary>
    [Fact]
    public async Task Welcome_OfAServerThatAnotherWorkerWelcomed_IsNotRepeated()
    {
        BotSettings settings = new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        using GuildDirectory directory = new(new GuildStore(_database), settings);
        var welcome = TestEngine.Welcome(directory, _discord, new Clocks(_time, _time));
        await directory.RefreshAsync(Stop);
        await _welcome.WelcomeAsync(Guild, Stop);
        _time.Advance(TimeSpan.FromSeconds(20));

        await welcome.WelcomeAsync(Guild, Stop);

        Assert.Single(await PostsAsync());
        Assert.True(directory.Knows(Guild));
    }

    [Theory]
    [InlineData(-10, true)]
    [InlineData(-23, true)]
    [InlineData(-25, false)] // a member for long: the bot was started with an empty ledger, or upgraded
    [InlineData(null, false)]
    public void IsDue_ForAServerThatInvitedTheBotToday(int? hours, bool isDue)
    {
        DateTimeOffset? joinedAt = hours is { } before ? _time.GetUtcNow().AddHours(before) : null;

        Assert.Equal(isDue, _welcome.IsDue(Joined(joinedAt)));
    }

    [Theory]
    [InlineData(false, true)] // no system channel
    [InlineData(true, false)] // no permission to write there
    public async Task Welcome_WithoutAChannelToWriteIn_WritesNothing(bool mayWrite, bool hasChannel)
    {
        _discord.Guild(100, systemChannel: hasChannel ? 9 : null);
        _discord.Channel(9, 100, mayWrite ? FakeServers.Enough : DiscordPermissions.ViewChannel);

        await _welcome.WelcomeAsync(Guild, Stop);

        Assert.Empty(await PostsAsync());
        Assert.True(_directory.Knows(Guild));
    }

    [Fact]
    public async Task Welcome_WhileDiscordDoesNotAnswer_IsRepeatedLater()
    {
        _discord.IsDown = true;
        await _welcome.WelcomeAsync(Guild, Stop);
        Assert.True(_welcome.IsDue(Joined(_time.GetUtcNow())));

        _discord.IsDown = false;
        await _welcome.WelcomeAsync(Guild, Stop);
        Assert.Single(await PostsAsync());
    }

    private Task<IReadOnlyList<Post>> PostsAsync() => new Ledger(_database).GetRecentAsync(10, Stop);

    private static DiscordEvent.GuildJoined Joined(DateTimeOffset? at) => new(Guild) { JoinedAt = at };
}
