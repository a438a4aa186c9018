namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>The permissions of a bot. Source: Discord docs, Topics/Permissions.</summary>
public sealed class PermissionTests : IAsyncLifetime
{
    private const string Hello = """{"content":"Hello"}""";
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "First");
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(Permissions.Default, 200, 0)]
    [InlineData(Permissions.ViewChannel | Permissions.SendMessages, 200, 0)]
    [InlineData(Permissions.ViewChannel, 403, 50013)]
    [InlineData(Permissions.SendMessages, 403, 50001)]
    [InlineData(Permissions.None, 403, 50001)]
    public async Task Post_NeedsThePermissionsToViewAndToSend(Permissions permissions, int status, int code)
    {
        _fixture.World.Discord.SetPermissions(_fixture.Channel, _fixture.Bot, permissions);

        var reply = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(status, reply.Status);
        if (status != 200)
        {
            Assert.Equal(code, (int)reply.Json["code"]!);
            Assert.Equal(1, _fixture.World.Discord.InvalidRequests);
        }
    }

    /// <summary>Source: Discord docs, Topics/Threads, Permissions.</summary>
    [Theory]
    [InlineData(Permissions.None, 200, 0)]
    [InlineData(Permissions.SendMessages, 200, 0)]
    [InlineData(Permissions.SendMessagesInThreads, 403, 50013)]
    [InlineData(Permissions.ViewChannel, 403, 50001)]
    public async Task Post_InAThread_NeedsThePermissionForThreads(Permissions denied, int status, int code)
    {
        var message = _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "Second");
        var thread = _fixture.World.Discord.StartThread(_fixture.Channel, message, "a thread");
        _fixture.World.Discord.SetPermissions(_fixture.Channel, _fixture.Bot, Permissions.Default & ~denied);

        var reply = await _fixture.PostAsync($"channels/{thread.Id}/messages", Hello);

        Assert.Equal(status, reply.Status);
        if (status != 200)
        {
            Assert.Equal(code, (int)reply.Json["code"]!);
            Assert.Equal(1, _fixture.World.Discord.InvalidRequests);
        }
    }

    /// <summary>Source: Discord docs, Topics/Threads, Creating Threads in Forum and Media Channels.</summary>
    [Theory]
    [InlineData(Permissions.SendMessages, 403, 200)]
    [InlineData(Permissions.SendMessagesInThreads, 201, 403)]
    public async Task Forum_NeedsOnePermissionForAPost_AndAnotherForMessagesInIt(
        Permissions denied,
        int postStatus,
        int messageStatus
    )
    {
        const string Post = """{"name":"1 February","message":{"content":"Words."}}""";
        var forum = _fixture.World.Discord.AddChannel(_fixture.Guild, "library", ChannelType.Forum);
        var existing = await _fixture.PostAsync($"channels/{forum.Id}/threads", Post);
        var thread = (string)existing.Json["id"]!;
        _fixture.World.Discord.SetPermissions(forum, _fixture.Bot, Permissions.Default & ~denied);

        var post = await _fixture.PostAsync($"channels/{forum.Id}/threads", Post);
        var message = await _fixture.PostAsync($"channels/{thread}/messages", Hello);

        Assert.Equal((postStatus, messageStatus), (post.Status, message.Status));
        var refused = post.Status == 403 ? post : message;
        Assert.Equal(50013, (int)refused.Json["code"]!);
    }

    [Fact]
    public async Task History_WithoutThePermission_IsEmpty()
    {
        _fixture.World.Discord.SetPermissions(
            _fixture.Channel,
            _fixture.Bot,
            Permissions.ViewChannel | Permissions.SendMessages
        );

        var reply = await _fixture.GetAsync(_fixture.MessagesPath);

        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Json.AsArray());
    }

    [Fact]
    public async Task History_WithoutViewChannel_Returns50001()
    {
        _fixture.World.Discord.SetPermissions(_fixture.Channel, _fixture.Bot, Permissions.None);

        Assert.Equal(50001, (int)(await _fixture.GetAsync(_fixture.MessagesPath)).Json["code"]!);
        Assert.Equal(50001, (int)(await _fixture.GetAsync($"channels/{_fixture.Channel.Id}")).Json["code"]!);
    }

    [Fact]
    public async Task Channel_Deleted_Returns10003()
    {
        _fixture.World.Discord.Delete(_fixture.Channel);

        var reply = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(404, reply.Status);
        Assert.Equal(10003, (int)reply.Json["code"]!);
    }

    [Fact]
    public async Task Guild_HasItsSystemChannel_UntilThatIsDeleted()
    {
        var path = $"guilds/{_fixture.Guild.Id}";
        Assert.Null((await _fixture.GetAsync(path)).Json["system_channel_id"]);
        _fixture.World.Discord.SetSystemChannel(_fixture.Guild, _fixture.Channel);
        Assert.Equal(
            _fixture.Channel.Id.ToString(),
            (string?)(await _fixture.GetAsync(path)).Json["system_channel_id"]
        );

        _fixture.World.Discord.Delete(_fixture.Channel);

        Assert.Null((await _fixture.GetAsync(path)).Json["system_channel_id"]);
    }

    [Fact]
    public async Task Guild_ThatRemovedTheBot_Returns50001()
    {
        _fixture.World.Discord.Uninstall(_fixture.Guild, _fixture.Bot);

        Assert.Equal(50001, (int)(await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Json["code"]!);
        Assert.Equal(50001, (int)(await _fixture.GetAsync($"guilds/{_fixture.Guild.Id}")).Json["code"]!);
        Assert.Empty((await _fixture.GetAsync("users/@me/guilds")).Json.AsArray());
    }

    [Theory]
    [InlineData(ChannelType.Forum, 40058)]
    [InlineData(ChannelType.Category, 50008)]
    public async Task Channel_WithoutMessages_ReturnsAnError(ChannelType type, int code)
    {
        var channel = _fixture.World.Discord.AddChannel(_fixture.Guild, "other", type);

        var reply = await _fixture.PostAsync($"channels/{channel.Id}/messages", Hello);

        Assert.Equal(400, reply.Status);
        Assert.Equal(code, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData(ChannelType.Announcement)]
    [InlineData(ChannelType.Voice)]
    public async Task Channel_OfOtherTypes_AcceptsMessages(ChannelType type)
    {
        var channel = _fixture.World.Discord.AddChannel(_fixture.Guild, "other", type);

        Assert.Equal(200, (await _fixture.PostAsync($"channels/{channel.Id}/messages", Hello)).Status);
    }

    [Fact]
    public async Task DirectMessages_OfTheBot_AcceptMessagesAndOthersDoNot()
    {
        var own = _fixture.World.Discord.GetDirectMessageChannel(_fixture.Ada, _fixture.Bot);
        var others = _fixture.World.Discord.GetDirectMessageChannel(
            _fixture.Ada,
            _fixture.World.Discord.AddApplication("other", "Other")
        );

        Assert.Equal(200, (await _fixture.PostAsync($"channels/{own.Id}/messages", Hello)).Status);
        Assert.Equal(50001, (int)(await _fixture.PostAsync($"channels/{others.Id}/messages", Hello)).Json["code"]!);
        Assert.Equal(
            _fixture.Ada.Id.ToString(),
            (string)(await _fixture.GetAsync($"channels/{own.Id}")).Json["recipients"]![0]!["id"]!
        );
    }

    [Fact]
    public async Task Overwrites_AreReturned()
    {
        _fixture.World.Discord.SetPermissions(_fixture.Channel, _fixture.Bot, Permissions.ViewChannel);

        var channel = (await _fixture.GetAsync($"channels/{_fixture.Channel.Id}")).Json;
        var guild = (await _fixture.GetAsync($"guilds/{_fixture.Guild.Id}")).Json;
        var member = (await _fixture.GetAsync($"guilds/{_fixture.Guild.Id}/members/{_fixture.Bot.Id}")).Json;

        var overwrite = Assert.Single(channel["permission_overwrites"]!.AsArray())!;
        Assert.Equal(_fixture.Bot.Id.ToString(), (string)overwrite["id"]!);
        Assert.Equal(1, (int)overwrite["type"]!);
        Assert.Equal("1024", (string)overwrite["allow"]!);
        Assert.NotEqual("0", (string)overwrite["deny"]!);
        Assert.Contains(guild["roles"]!.AsArray(), role => (string)role!["id"]! == _fixture.Guild.Id.ToString());
        Assert.Equal(
            (string)member["roles"]![0]!,
            (string)guild["roles"]!.AsArray().Single(role => (bool)role!["managed"]!)!["id"]!
        );
    }

    [Fact]
    public async Task Administrator_HasEveryPermissionRegardlessOfOverwrites()
    {
        var guild = _fixture.World.Discord.AddGuild("Second", _fixture.Ada);
        var channel = _fixture.World.Discord.AddChannel(guild, "quotes");
        _fixture.World.Discord.Install(guild, _fixture.Bot, Permissions.Administrator);
        _fixture.World.Discord.SetPermissions(channel, _fixture.Bot, Permissions.None);

        Assert.Equal(200, (await _fixture.PostAsync($"channels/{channel.Id}/messages", Hello)).Status);
    }

    [Fact]
    public async Task Member_Unknown_Returns10007() =>
        Assert.Equal(10007, (int)(await _fixture.GetAsync($"guilds/{_fixture.Guild.Id}/members/1")).Json["code"]!);
}
