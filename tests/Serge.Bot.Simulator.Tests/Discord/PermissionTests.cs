namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>What a bot may see and do. Source: Discord docs, Topics/Permissions.</summary>
public sealed class PermissionTests : IAsyncLifetime
{
    private const string Hello = """{"content":"Hello"}""";
    private Stage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.OpenAsync();
        _stage.World.Discord.SendMessage(_stage.Ada, _stage.Channel, "First");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(Permissions.Default, 200, 0)]
    [InlineData(Permissions.ViewChannel | Permissions.SendMessages, 200, 0)]
    [InlineData(Permissions.ViewChannel, 403, 50013)]
    [InlineData(Permissions.SendMessages, 403, 50001)]
    [InlineData(Permissions.None, 403, 50001)]
    public async Task Post_NeedsToSeeAndToSend(Permissions permissions, int status, int code)
    {
        _stage.World.Discord.SetPermissions(_stage.Channel, _stage.Bot, permissions);

        var reply = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(status, reply.Status);
        if (status != 200)
        {
            Assert.Equal(code, (int)reply.Json["code"]!);
            Assert.Equal(1, _stage.World.Discord.InvalidRequests);
        }
    }

    [Fact]
    public async Task History_WithoutThePermission_IsSilentlyEmpty()
    {
        _stage.World.Discord.SetPermissions(
            _stage.Channel,
            _stage.Bot,
            Permissions.ViewChannel | Permissions.SendMessages
        );

        var reply = await _stage.GetAsync(_stage.MessagesPath);

        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Json.AsArray());
    }

    [Fact]
    public async Task History_OfAChannelNotSeen_Is50001()
    {
        _stage.World.Discord.SetPermissions(_stage.Channel, _stage.Bot, Permissions.None);

        Assert.Equal(50001, (int)(await _stage.GetAsync(_stage.MessagesPath)).Json["code"]!);
        Assert.Equal(50001, (int)(await _stage.GetAsync($"channels/{_stage.Channel.Id}")).Json["code"]!);
    }

    [Fact]
    public async Task Channel_ThatIsGone_Is10003()
    {
        _stage.World.Discord.Delete(_stage.Channel);

        var reply = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(404, reply.Status);
        Assert.Equal(10003, (int)reply.Json["code"]!);
    }

    [Fact]
    public async Task Guild_NamesItsSystemChannel_UntilThatIsDeleted()
    {
        var path = $"guilds/{_stage.Guild.Id}";
        Assert.Null((await _stage.GetAsync(path)).Json["system_channel_id"]);
        _stage.World.Discord.SetSystemChannel(_stage.Guild, _stage.Channel);
        Assert.Equal(_stage.Channel.Id.ToString(), (string?)(await _stage.GetAsync(path)).Json["system_channel_id"]);

        _stage.World.Discord.Delete(_stage.Channel);

        Assert.Null((await _stage.GetAsync(path)).Json["system_channel_id"]);
    }

    [Fact]
    public async Task Guild_ThatRemovedTheBot_Is50001()
    {
        _stage.World.Discord.Uninstall(_stage.Guild, _stage.Bot);

        Assert.Equal(50001, (int)(await _stage.PostAsync(_stage.MessagesPath, Hello)).Json["code"]!);
        Assert.Equal(50001, (int)(await _stage.GetAsync($"guilds/{_stage.Guild.Id}")).Json["code"]!);
        Assert.Empty((await _stage.GetAsync("users/@me/guilds")).Json.AsArray());
    }

    [Theory]
    [InlineData(ChannelType.Forum, 40058)]
    [InlineData(ChannelType.Category, 50008)]
    public async Task Channel_ThatTakesNoMessages_SaysSo(ChannelType type, int code)
    {
        var channel = _stage.World.Discord.AddChannel(_stage.Guild, "other", type);

        var reply = await _stage.PostAsync($"channels/{channel.Id}/messages", Hello);

        Assert.Equal(400, reply.Status);
        Assert.Equal(code, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData(ChannelType.Announcement)]
    [InlineData(ChannelType.Voice)]
    public async Task Channel_OfOtherKinds_TakesMessages(ChannelType type)
    {
        var channel = _stage.World.Discord.AddChannel(_stage.Guild, "other", type);

        Assert.Equal(200, (await _stage.PostAsync($"channels/{channel.Id}/messages", Hello)).Status);
    }

    [Fact]
    public async Task DirectMessages_OfItsOwn_TakeMessagesAndOthersDoNot()
    {
        var own = _stage.World.Discord.GetDirectMessageChannel(_stage.Ada, _stage.Bot);
        var others = _stage.World.Discord.GetDirectMessageChannel(
            _stage.Ada,
            _stage.World.Discord.AddApplication("other", "Other")
        );

        Assert.Equal(200, (await _stage.PostAsync($"channels/{own.Id}/messages", Hello)).Status);
        Assert.Equal(50001, (int)(await _stage.PostAsync($"channels/{others.Id}/messages", Hello)).Json["code"]!);
        Assert.Equal(
            _stage.Ada.Id.ToString(),
            (string)(await _stage.GetAsync($"channels/{own.Id}")).Json["recipients"]![0]!["id"]!
        );
    }

    [Fact]
    public async Task Overwrites_AreShownSoThatABotCanReckonItself()
    {
        _stage.World.Discord.SetPermissions(_stage.Channel, _stage.Bot, Permissions.ViewChannel);

        var channel = (await _stage.GetAsync($"channels/{_stage.Channel.Id}")).Json;
        var guild = (await _stage.GetAsync($"guilds/{_stage.Guild.Id}")).Json;
        var member = (await _stage.GetAsync($"guilds/{_stage.Guild.Id}/members/{_stage.Bot.Id}")).Json;

        var overwrite = Assert.Single(channel["permission_overwrites"]!.AsArray())!;
        Assert.Equal(_stage.Bot.Id.ToString(), (string)overwrite["id"]!);
        Assert.Equal(1, (int)overwrite["type"]!);
        Assert.Equal("1024", (string)overwrite["allow"]!);
        Assert.NotEqual("0", (string)overwrite["deny"]!);
        Assert.Contains(guild["roles"]!.AsArray(), role => (string)role!["id"]! == _stage.Guild.Id.ToString());
        Assert.Equal(
            (string)member["roles"]![0]!,
            (string)guild["roles"]!.AsArray().Single(role => (bool)role!["managed"]!)!["id"]!
        );
    }

    [Fact]
    public async Task Administrator_MayDoEverythingWhateverAChannelSays()
    {
        var guild = _stage.World.Discord.AddGuild("Second", _stage.Ada);
        var channel = _stage.World.Discord.AddChannel(guild, "quotes");
        _stage.World.Discord.Install(guild, _stage.Bot, Permissions.Administrator);
        _stage.World.Discord.SetPermissions(channel, _stage.Bot, Permissions.None);

        Assert.Equal(200, (await _stage.PostAsync($"channels/{channel.Id}/messages", Hello)).Status);
    }

    [Fact]
    public async Task Member_Unknown_Is10007() =>
        Assert.Equal(10007, (int)(await _stage.GetAsync($"guilds/{_stage.Guild.Id}/members/1")).Json["code"]!);
}
