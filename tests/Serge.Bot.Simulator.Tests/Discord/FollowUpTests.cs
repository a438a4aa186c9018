namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Threads, posts in forums and crossposts. Source: Discord docs, Resources/Channel and
/// Resources/Message.</summary>
public sealed class FollowUpTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Thread_UnderAMessage_IsOpenedOnce()
    {
        var id = await PostAsync(_fixture.Channel);
        var path = $"{_fixture.MessagesPath}/{id}/threads";

        var opened = await _fixture.PostAsync(path, """{"name":"1 February","auto_archive_duration":1440}""");
        var again = await _fixture.PostAsync(path, """{"name":"again"}""");
        var wrong = await _fixture.PostAsync(path, """{"name":"","auto_archive_duration":7}""");

        Assert.Equal(id, Text(opened, "id"));
        Assert.Equal(160004, Code(again));
        Assert.Equal(50035, Code(wrong));
    }

    [Fact]
    public async Task Thread_WithoutThePermission_IsRefused()
    {
        var id = await PostAsync(_fixture.Channel);
        _fixture.World.Discord.SetPermissions(
            _fixture.Channel,
            _fixture.Bot,
            Permissions.Default & ~Permissions.CreatePublicThreads
        );

        Assert.Equal(
            50013,
            Code(await _fixture.PostAsync($"{_fixture.MessagesPath}/{id}/threads", """{"name":"a"}"""))
        );
    }

    [Fact]
    public async Task Crosspost_WorksOnceAndInAnnouncementChannelsOnly()
    {
        var news = _fixture.World.Discord.AddChannel(_fixture.Guild, "news", ChannelType.Announcement);
        var id = await PostAsync(news);
        var other = await PostAsync(_fixture.Channel);

        var first = await _fixture.PostAsync($"channels/{news.Id}/messages/{id}/crosspost", "{}");
        var second = await _fixture.PostAsync($"channels/{news.Id}/messages/{id}/crosspost", "{}");
        var elsewhere = await _fixture.PostAsync($"{_fixture.MessagesPath}/{other}/crosspost", "{}");

        Assert.Equal(1, (int)first.Json["flags"]! & 1);
        Assert.Equal(40033, Code(second));
        Assert.Equal(50024, Code(elsewhere));
    }

    [Fact]
    public async Task Forum_TakesPostsWithATitle_AndDoublesARepeatedOne()
    {
        var forum = _fixture.World.Discord.AddChannel(_fixture.Guild, "library", ChannelType.Forum);
        var path = $"channels/{forum.Id}/threads";

        var post = await _fixture.PostAsync(path, """{"name":"1 February","message":{"content":"Words."}}""");
        await _fixture.PostAsync(path, """{"name":"1 February","message":{"content":"Words."}}""");
        var nonce = await _fixture.PostAsync(path, """{"name":"a","message":{"content":"Words.","nonce":"n"}}""");
        var empty = await _fixture.PostAsync(path, """{"name":"a","message":{"content":""}}""");
        var text = await _fixture.PostAsync($"channels/{_fixture.Channel.Id}/threads", """{"name":"a"}""");

        Assert.Equal(Text(post, "id"), (string)post.Json["message"]!["id"]!);
        Assert.Equal(2, _fixture.World.Discord.GetForumPosts(forum).Count);
        Assert.Equal([50035, 50006, 50024], [Code(nonce), Code(empty), Code(text)]);
        var active = await _fixture.GetAsync($"guilds/{_fixture.Guild.Id}/threads/active");
        Assert.Equal(2, active.Json["threads"]!.AsArray().Count);
    }

    private async Task<string> PostAsync(Channel channel)
    {
        var posted = await _fixture.PostAsync($"channels/{channel.Id}/messages", """{"content":"Words."}""");
        return Text(posted, "id");
    }

    private static string Text(Reply reply, string name) => (string)reply.Json[name]!;

    private static int Code(Reply reply) => (int)reply.Json["code"]!;
}
