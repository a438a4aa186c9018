namespace Serge.Bot.Simulator.Tests.Mastodon;

/// <summary>Uploading pictures and posting them. Source: Mastodon docs, methods/media.</summary>
public sealed class MediaTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Upload_APicture_CanBePostedOnce()
    {
        var media = await UploadAsync(PngFile.Create(), ("description", "Words"), ("focus", "0.5,-2"));
        var id = (string)media.Json["id"]!;

        var first = await PostAsync($$"""{"status":"a","media_ids":["{{id}}"]}""");
        var second = await PostAsync($$"""{"status":"b","media_ids":["{{id}}"]}""");

        Assert.Equal((200, 200, 422), (media.Status, first.Status, second.Status));
        Assert.NotNull((string?)media.Json["url"]);
        Assert.Equal("Words", (string)first.Json["media_attachments"]![0]!["description"]!);
        Assert.Equal(-1, (double)first.Json["media_attachments"]![0]!["meta"]!["focus"]!["y"]!);
        Assert.Equal(
            $"Validation failed: Media {id} not found or already attached to another post",
            (string)second.Json["error"]!
        );
        Assert.Equal("Words", Assert.Single(Assert.Single(_fixture.World.Mastodon.Statuses).Media).Description);
    }

    [Fact]
    public async Task Upload_WhileItIsProcessed_CannotBePosted()
    {
        _fixture.World.Mastodon.Options.MediaProcessing = TimeSpan.FromSeconds(2);
        var media = await UploadAsync(PngFile.Create());
        var id = (string)media.Json["id"]!;
        var body = $$"""{"status":"a","media_ids":["{{id}}"]}""";

        var early = await PostAsync(body);
        var state = await GetAsync(id);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((202, 422, 206), (media.Status, early.Status, state.Status));
        Assert.Null((string?)media.Json["url"]);
        Assert.Equal(200, (await GetAsync(id)).Status);
        Assert.Equal(200, (await PostAsync(body)).Status);
        Assert.Equal(404, (await GetAsync(id)).Status);
    }

    [Theory]
    [InlineData("size", "File file size must be less than 16 MB")]
    [InlineData("matrix", "File 7681x4320 images are not supported")]
    [InlineData("type", "File content type is invalid, File is invalid")]
    [InlineData("field", "File can't be blank")]
    [InlineData("description", "Description is too long (maximum is 1500 characters)")]
    public async Task Upload_BeyondALimit_IsRefused(string limit, string error)
    {
        var file = limit switch
        {
            "size" => PngFile.Create(length: (16 * 1024 * 1024) + 1),
            "matrix" => PngFile.Create(7681, 4320),
            "type" => "GIF89a"u8.ToArray(),
            _ => PngFile.Create(),
        };
        var description = new string('x', limit == "description" ? 1501 : 1500);
        using var form = PngFile.CreateForm(limit == "field" ? "picture" : "file", file, ("description", description));

        var reply = await SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Post, "api/v2/media", form);

        Assert.Equal((422, $"Validation failed: {error}"), (reply.Status, (string)reply.Json["error"]!));
    }

    [Fact]
    public async Task Upload_MoreThanThirtyInHalfAnHour_IsLimited()
    {
        for (var n = 0; n < 30; n++)
        {
            Assert.Equal(200, (await UploadAsync(PngFile.Create())).Status);
        }

        Assert.Equal(429, (await UploadAsync(PngFile.Create())).Status);
    }

    [Fact]
    public async Task Upload_WithNamesWithoutQuotationMarks_IsAnError()
    {
        // The form in which .NET writes them by default; snac and Pleroma refuse it.
        using MultipartFormDataContent form = new() { { new ByteArrayContent(PngFile.Create()), "file", "card.png" } };

        var reply = await SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Post, "api/v2/media", form);

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task Upload_WithoutTheScope_IsForbidden()
    {
        _fixture.World.Mastodon.AddToken(SimulatorFixture.MastodonToken, _fixture.Account, "write:statuses");

        Assert.Equal(403, (await UploadAsync(PngFile.Create())).Status);
    }

    [Fact]
    public async Task Edit_WithoutMedia_RemovesThem()
    {
        var id = (string)(await UploadAsync(PngFile.Create())).Json["id"]!;
        var status = (string)(await PostAsync($$"""{"status":"a","media_ids":["{{id}}"]}""")).Json["id"]!;

        var kept = await EditAsync(status, $$"""{"status":"b","media_ids":["{{id}}"]}""");
        var removed = await EditAsync(status, """{"status":"c"}""");

        Assert.Single(kept.Json["media_attachments"]!.AsArray());
        Assert.Empty(removed.Json["media_attachments"]!.AsArray());
    }

    private async Task<Reply> UploadAsync(byte[] file, params (string Name, string Value)[] texts)
    {
        using var form = PngFile.CreateForm("file", file, texts);
        return await SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Post, "api/v2/media", form);
    }

    private Task<Reply> GetAsync(string id) =>
        SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Get, $"api/v1/media/{id}", null);

    private Task<Reply> PostAsync(string json) =>
        SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Post, "api/v1/statuses", SimulatorFixture.Json(json));

    private Task<Reply> EditAsync(string id, string json) =>
        SimulatorFixture.SendAsync(
            _fixture.Mastodon,
            HttpMethod.Put,
            $"api/v1/statuses/{id}",
            SimulatorFixture.Json(json)
        );
}
