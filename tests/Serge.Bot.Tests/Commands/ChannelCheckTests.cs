namespace Serge.Bot.Tests.Commands;

/// <summary>Whether the bot can post in a channel, for each possible obstacle.</summary>
public sealed class ChannelCheckTests
{
    private const DiscordPermissions See = DiscordPermissions.ViewChannel;
    private const DiscordPermissions Write = DiscordPermissions.SendMessages;
    private const DiscordPermissions WriteInThread = DiscordPermissions.SendMessagesInThreads;
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

    /// <summary>In a thread the permission of its channel has no effect.</summary>
    [Theory]
    [InlineData(See | WriteInThread | History, null, null)]
    [InlineData(See | Write | WriteInThread | History, null, null)]
    [InlineData(
        See | Write | History,
        "I cannot post in <#1> yet. I lack **Send Messages in Threads**. An admin can give me that in the channel of the thread, under Edit Channel → Permissions; then try again.",
        "Je ne peux pas encore publier dans <#1>. Il me manque **Envoyer des messages dans les fils**. Un admin peut me l’accorder dans le salon du fil, sous Modifier le salon → Permissions\u202F; relancez ensuite la commande."
    )]
    [InlineData(
        See | Write,
        "I cannot post in <#1> yet. I lack **Send Messages in Threads**, **Read Message History**. An admin can give me that in the channel of the thread, under Edit Channel → Permissions; then try again.",
        "Je ne peux pas encore publier dans <#1>. Il me manque **Envoyer des messages dans les fils**, **Voir les anciens messages**. Un admin peut me l’accorder dans le salon du fil, sous Modifier le salon → Permissions\u202F; relancez ensuite la commande."
    )]
    public async Task Ask_OfAThread_NeedsThePermissionForThreads(
        DiscordPermissions permissions,
        string? english,
        string? french
    )
    {
        _discord.Channel(1, 100, permissions, kind: ChannelKind.Thread);

        Assert.Equal((english, null), await AskAsync());
        Assert.Equal((french, null), await AskAsync(strings: Strings.French));
    }

    [Theory]
    [InlineData(ChannelKind.Text)]
    [InlineData(ChannelKind.Forum)]
    public async Task Ask_OfAChannel_ThePermissionForThreadsIsNotEnough(ChannelKind kind)
    {
        _discord.Channel(1, 100, See | WriteInThread | History, acceptsMessages: kind != ChannelKind.Forum, kind: kind);

        var (problem, _) = await AskAsync();

        Assert.StartsWith("I cannot post in <#1> yet. I lack **Send Messages**.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OfAChannelOfAnotherServer_RevealsNothingOfIt()
    {
        _discord.Channel(1, 200, DiscordPermissions.None, acceptsMessages: false);

        Assert.Equal((Strings.English.NoChannel, null), await AskAsync());
    }

    [Fact]
    public async Task Ask_OfACategory_StatesThatItTakesNoMessages()
    {
        _discord.Channel(1, 100, DiscordPermissions.None, acceptsMessages: false, kind: ChannelKind.Other);

        Assert.Equal((Strings.English.ChannelTakesNoMessages("<#1>"), null), await AskAsync());
    }

    [Fact]
    public async Task Ask_OfAnUnknownChannel_StatesThatThereIsNone() =>
        Assert.Equal((Strings.English.NoChannel, null), await AskAsync());

    [Fact]
    public async Task Ask_WhileDiscordDoesNotAnswer_ReportsIt()
    {
        _discord.Channel(1, 100);
        _discord.IsDown = true;

        Assert.Equal((Strings.English.DiscordIsUnavailable, null), await AskAsync());
    }

    [Theory]
    [InlineData(ChannelKind.Text, true)]
    [InlineData(ChannelKind.Announcement, true)]
    [InlineData(ChannelKind.Thread, false)]
    [InlineData(ChannelKind.Other, false)]
    public async Task Ask_WithAThread_NeedsAChannelThatHasThreads(ChannelKind kind, bool has)
    {
        _discord.Channel(1, 100, See | Write | History | DiscordPermissions.CreatePublicThreads, kind: kind);

        var (problem, _) = await AskAsync(new PostOptions { Thread = true });

        Assert.Equal(has ? null : Strings.English.ChannelHasNoThreads("<#1>"), problem);
    }

    [Fact]
    public async Task Ask_WithAThread_NeedsThePermission()
    {
        _discord.Channel(1, 100);

        Assert.Contains(
            "I lack **Create Public Threads**.",
            (await AskAsync(new PostOptions { Thread = true })).Problem,
            StringComparison.Ordinal
        );
        Assert.Null((await AskAsync(new PostOptions())).Problem);
    }

    /// <summary>The text of a post is complete without its picture, so the schedule is saved.</summary>
    [Theory]
    [InlineData(true, See | Write | History, "In <#1> I lack **Attach Files**, so posts have no picture.")]
    [InlineData(true, See | Write, "In <#1> I lack **Read Message History**.")]
    [InlineData(true, See | Write | History | DiscordPermissions.AttachFiles, null)]
    [InlineData(false, See | Write | History, null)]
    public async Task Ask_WithAPicture_RemarksTheMissingPermission(
        bool picture,
        DiscordPermissions permissions,
        string? expected
    )
    {
        _discord.Channel(1, 100, permissions);

        var (problem, remark) = await AskAsync(new PostOptions { Picture = picture });

        Assert.Null(problem);
        Assert.Equal(expected is null, remark is null);
        Assert.StartsWith(expected ?? "", remark ?? "", StringComparison.Ordinal);
        var lacksFiles = picture && !permissions.HasFlag(DiscordPermissions.AttachFiles);
        Assert.Equal(lacksFiles, remark?.Contains("**Attach Files**", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Ask_WithAPictureWhereNothingCanBePosted_NamesAllMissingPermissionsAtOnce()
    {
        _discord.Channel(1, 100, See | History);

        var (problem, remark) = await AskAsync(new PostOptions { Picture = true, Thread = true });

        Assert.Contains(
            "I lack **Send Messages**, **Create Public Threads**, **Attach Files**.",
            problem,
            StringComparison.Ordinal
        );
        Assert.Null(remark);
    }

    [Theory]
    [InlineData(ChannelKind.Text, false)]
    [InlineData(ChannelKind.Announcement, true)]
    public async Task Ask_WithACrosspost_NeedsAnAnnouncementChannel(ChannelKind kind, bool has)
    {
        _discord.Channel(1, 100, kind: kind);

        var (problem, _) = await AskAsync(new PostOptions { Crosspost = true });

        Assert.Equal(has ? null : Strings.English.ChannelIsNoAnnouncement("<#1>"), problem);
    }

    [Theory]
    [InlineData("7", false, null)] // everyone may mention it
    [InlineData("8", true, null)] // the bot may mention every role
    [InlineData("8", false, "A mention of <@&8> notifies nobody")]
    [InlineData("9", true, "I cannot mention that role.")] // of another server
    [InlineData("100", true, "I cannot mention that role.")] // everyone
    public async Task Ask_WithAMention_NeedsARoleThatCanBeNotified(string role, bool mayMentionAll, string? expected)
    {
        _discord.Roles.AddRange([
            new(100, IsMentionable: false),
            new(7, IsMentionable: true),
            new(8, IsMentionable: false),
        ]);
        var all = mayMentionAll ? DiscordPermissions.MentionEveryone : DiscordPermissions.None;
        _discord.Channel(1, 100, See | Write | History | all);

        var (problem, _) = await AskAsync(new PostOptions { Mention = role });

        Assert.StartsWith(expected ?? "", problem ?? "", StringComparison.Ordinal);
        Assert.Equal(expected is null, problem is null);
    }

    [Fact]
    public async Task Ask_OfAForum_AcceptsIt_UnlessItRequiresATag()
    {
        _discord.Channel(1, 100, acceptsMessages: false, kind: ChannelKind.Forum);
        Assert.Null((await AskAsync()).Problem);
        Assert.Equal(
            Strings.English.ChannelHasNoThreads("<#1>"),
            (await AskAsync(new PostOptions { Thread = true })).Problem
        );

        _discord.Channels[new ChannelId(1)] = _discord.Channels[new ChannelId(1)] with { RequiresTag = true };
        Assert.Equal(Strings.English.ForumRequiresTag("<#1>"), (await AskAsync()).Problem);
    }

    private async Task<(string? Problem, string? Remark)> AskAsync(PostOptions? options = null, Strings? strings = null)
    {
        ChannelCheck check = new(_discord, new GuildId(100), strings ?? Strings.English);
        var (problem, remark, _) = await check.RunAsync(
            new ChannelId(1),
            options ?? PostOptions.Default,
            TestContext.Current.CancellationToken
        );
        return (problem, remark);
    }
}
