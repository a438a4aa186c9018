namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Messages with files. Source: Discord docs, Reference, Uploading Files.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private const string Message =
        """{"content":"a","attachments":[{"id":0,"filename":"card.png","description":"Words"}]}""";

    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Send_AFile_HasItsDescriptionAndSize()
    {
        var reply = await SendAsync(Message);

        var attachment = reply.Json["attachments"]![0]!;
        Assert.Equal(200, reply.Status);
        Assert.Equal("Words", (string)attachment["description"]!);
        Assert.Equal((1200, 675), ((int)attachment["width"]!, (int)attachment["height"]!));
        Assert.Equal("card.png", Assert.Single(Assert.Single(Messages).Attachments).FileName);
    }

    [Fact]
    public async Task Send_TheSameNonceAgain_ReturnsTheFirstMessageWithItsFile()
    {
        const string WithNonce =
            """{"content":"a","nonce":"n","enforce_nonce":true,"attachments":[{"id":0,"filename":"card.png"}]}""";

        var first = await SendAsync(WithNonce);
        var second = await SendAsync(WithNonce);

        Assert.Equal((string)first.Json["id"]!, (string)second.Json["id"]!);
        Assert.Equal((string)first.Json["attachments"]![0]!["id"]!, (string)second.Json["attachments"]![0]!["id"]!);
        Assert.Single(Messages);
    }

    [Theory]
    [InlineData(1024, 200)]
    [InlineData(1025, 400)]
    public async Task Send_ADescription_IsLimited(int length, int status)
    {
        var description = new string('x', length);
        var json = $$"""{"attachments":[{"id":0,"filename":"card.png","description":"{{description}}"}]}""";

        Assert.Equal(status, (await SendAsync(json)).Status);
    }

    [Fact]
    public async Task Send_AFileOfMoreThanTenMebibytes_IsTooLarge()
    {
        var reply = await SendAsync(Message, PngFile.Create(length: (10 * 1024 * 1024) + 1));

        Assert.Equal((413, 40005), (reply.Status, (int)reply.Json["code"]!));
    }

    [Fact]
    public async Task Send_WithoutThePermission_IsForbidden()
    {
        _fixture.World.Discord.SetPermissions(
            _fixture.Channel,
            _fixture.Bot,
            Permissions.Default & ~Permissions.AttachFiles
        );

        var reply = await SendAsync(Message);

        Assert.Equal((403, 50013), (reply.Status, (int)reply.Json["code"]!));
        Assert.Equal(200, (await _fixture.PostAsync(_fixture.MessagesPath, """{"content":"a"}""")).Status);
    }

    [Theory]
    [InlineData(Permissions.None, 201)]
    [InlineData(Permissions.AttachFiles, 403)]
    [InlineData(Permissions.EmbedLinks, 403)]
    public async Task Send_ToAForum_NeedsThePermissions(Permissions denied, int status)
    {
        const string Post = """
            {"name":"a","message":{"embeds":[{"title":"t"}],"attachments":[{"id":0,"filename":"card.png"}]}}
            """;
        var forum = _fixture.World.Discord.AddChannel(_fixture.Guild, "library", ChannelType.Forum);
        _fixture.World.Discord.SetPermissions(forum, _fixture.Bot, Permissions.Default & ~denied);
        using var form = PngFile.CreateForm("files[0]", PngFile.Create(), ("payload_json", Post));

        var path = $"channels/{forum.Id}/threads";
        var reply = await SimulatorFixture.SendAsync(_fixture.Discord, HttpMethod.Post, path, form);

        Assert.Equal(status, reply.Status);
        if (status == 403)
        {
            Assert.Equal(50013, (int)reply.Json["code"]!);
            Assert.Empty(_fixture.World.Discord.GetForumPosts(forum));
        }
    }

    [Theory]
    [InlineData("file")]
    [InlineData("files[x]")]
    public async Task Send_AFileInAnotherField_IsInvalid(string field) =>
        Assert.Equal(400, (await SendAsync(Message, PngFile.Create(), field)).Status);

    [Theory]
    [InlineData("""{"content":"b"}""", 1)]
    [InlineData("""{"content":"b","attachments":[]}""", 0)]
    [InlineData("""{"content":"b","attachments":null}""", 0)]
    [InlineData("""{"content":"b","attachments":[{"id":"ID"}]}""", 1)]
    public async Task Edit_KeepsTheFilesThatItLists(string json, int count)
    {
        var sent = await SendAsync(Message);
        var id = (string)sent.Json["attachments"]![0]!["id"]!;

        var edited = await _fixture.PatchAsync(
            $"{_fixture.MessagesPath}/{sent.Json["id"]}",
            json.Replace("ID", id, StringComparison.Ordinal)
        );

        Assert.Equal(200, edited.Status);
        Assert.Equal(count, edited.Json["attachments"]!.AsArray().Count);
    }

    private IReadOnlyList<ChannelMessage> Messages => _fixture.World.Discord.GetMessages(_fixture.Channel);

    private async Task<Reply> SendAsync(string json, byte[]? file = null, string field = "files[0]")
    {
        using var form = PngFile.CreateForm(field, file ?? PngFile.Create(), ("payload_json", json));
        return await SimulatorFixture.SendAsync(_fixture.Discord, HttpMethod.Post, _fixture.MessagesPath, form);
    }
}
