using System.Globalization;
using System.Text;
using System.Text.Json;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>Posts with a picture: each is published once, with its picture, or certainly not published.</summary>
public sealed class PictureTests
{
    private const string Processed = """{"id":"22","type":"image","url":"https://files.example/22.png"}""";
    private const string InProcess = """{"id":"22","type":"image","url":null}""";

    private const string Description = "“Words.”\nA. Writer";

    private readonly WatchedTime _time = new();

    /// <summary>Each attempt of a post draws its picture again.</summary>
    private static MastodonStatus WithPicture => Draw("PNG", Description);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_WithAPicture_UploadsItFirstAsTheDocumentationSays()
    {
        var server = new FakeServer(_time).Answers(200, Processed).Answers(200, Samples.MastodonStatus);

        var outcome = await SendAsync(server);

        Assert.IsType<SendOutcome.Sent>(outcome);
        var upload = server.Requests[0];
        Assert.Equal("https://mastodon.example/api/v2/media", upload.Address.AbsoluteUri);
        Assert.Equal("multipart/form-data", upload.ContentType?.MediaType);
        Assert.Contains("name=\"description\"\r\n\r\n“Words.”\nA. Writer\r\n", upload.Body, StringComparison.Ordinal);
        Assert.Contains("name=\"focus\"\r\n\r\n0.0,0.0\r\n", upload.Body, StringComparison.Ordinal);
        Assert.Contains(
            "name=\"file\"; filename=\"card.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n",
            upload.Body,
            StringComparison.Ordinal
        );
        Assert.Equal(["22"], ReadMediaIds(server.Requests[1]));
        Assert.Equal(Some.Key, server.Requests[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Send_WithoutAPicture_HasNoMediaIds()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        await client.SendAsync(Some.Status(), Some.Key, Stop);

        Assert.DoesNotContain("media_ids", Assert.Single(server.Requests).Body, StringComparison.Ordinal);
    }

    /// <summary>Each row: the responses to the upload and to the requests for its state.</summary>
    [Theory]
    [InlineData("202 206 200")]
    [InlineData("202 206 206 206 200")]
    [InlineData("202 200")]
    public async Task Send_WhileThePictureIsProcessed_Waits(string statuses)
    {
        FakeServer server = new(_time);
        foreach (var status in statuses.Split(' '))
        {
            server.Answers(int.Parse(status, CultureInfo.InvariantCulture), status == "200" ? Processed : InProcess);
        }

        server.Answers(200, Samples.MastodonStatus);

        Assert.IsType<SendOutcome.Sent>(await SendAsync(server));
        Assert.Equal("https://mastodon.example/api/v1/media/22", server.Requests[1].Address.AbsoluteUri);
        Assert.Equal(["22"], ReadMediaIds(server.Requests[^1]));
    }

    [Fact]
    public async Task Send_AfterAPictureThatTookTooLong_ContinuesWithTheSameUpload()
    {
        FakeServer server = new(_time);
        server.Answers(202, InProcess);
        for (var polls = 0; polls < 6; polls++)
        {
            server.Answers(206, InProcess);
        }

        server.Answers(200, Processed).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        var first = await RunAsync(client.SendAsync(WithPicture, Some.Key, Stop));
        var second = await RunAsync(client.SendAsync(WithPicture, Some.Key, Stop));

        Assert.Equal(new SendOutcome.Unavailable("The server has not processed the picture yet."), first);
        Assert.IsType<SendOutcome.Sent>(second);
        Assert.Single(server.Requests, request => request.Address.AbsolutePath == "/api/v2/media");
        Assert.Equal(["22"], ReadMediaIds(server.Requests[^1]));
    }

    /// <summary>An operator may correct a post while the server processes its picture.</summary>
    [Theory]
    [InlineData("NEW", Description)]
    [InlineData("PNG", "“Better words.”\nA. Writer")]
    public async Task Send_AfterACorrectionOfAnUnfinishedPicture_UploadsTheNewOne(string png, string description)
    {
        FakeServer server = new(_time);
        server.Answers(202, InProcess);
        for (var polls = 0; polls < 6; polls++)
        {
            server.Answers(206, InProcess);
        }

        server
            .Answers(200, """{"id":"23","type":"image","url":"https://files.example/23.png"}""")
            .Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        await RunAsync(client.SendAsync(WithPicture, Some.Key, Stop));
        var corrected = await RunAsync(client.SendAsync(Draw(png, description), Some.Key, Stop));

        Assert.IsType<SendOutcome.Sent>(corrected);
        var upload = server.Requests[^2];
        Assert.Equal("/api/v2/media", upload.Address.AbsolutePath);
        Assert.Contains($"\r\n\r\n{png}\r\n", upload.Body, StringComparison.Ordinal);
        Assert.Contains($"\r\n\r\n{description}\r\n", upload.Body, StringComparison.Ordinal);
        Assert.Equal(["23"], ReadMediaIds(server.Requests[^1]));
    }

    /// <summary>Posts that were sent as text after a slow upload never request it again.</summary>
    [Fact]
    public async Task Send_AfterManyUploadsThatNobodyContinued_ContinuesWithTheNewest()
    {
        const int Posts = 65;
        FakeServer server = new(_time);
        for (var post = 0; post < Posts; post++)
        {
            server.Answers(202, InProcess);
            for (var polls = 0; polls < 6; polls++)
            {
                server.Answers(206, InProcess);
            }
        }

        server.Answers(200, Processed).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);
        for (var post = 0; post < Posts; post++)
        {
            await RunAsync(client.SendAsync(WithPicture, $"post-{post}", Stop));
        }

        var continued = await RunAsync(client.SendAsync(WithPicture, $"post-{Posts - 1}", Stop));

        Assert.IsType<SendOutcome.Sent>(continued);
        Assert.Equal(Posts, server.Requests.Count(request => request.Address.AbsolutePath == "/api/v2/media"));
    }

    [Fact]
    public async Task Send_AfterAnUploadThatTheServerForgot_UploadsAgain()
    {
        FakeServer server = new(_time);
        server.Answers(202, InProcess);
        for (var polls = 0; polls < 6; polls++)
        {
            server.Answers(206, InProcess);
        }

        server.Answers(404).Answers(200, Processed).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        await RunAsync(client.SendAsync(WithPicture, Some.Key, Stop));

        Assert.IsType<SendOutcome.Sent>(await RunAsync(client.SendAsync(WithPicture, Some.Key, Stop)));
        Assert.Equal(2, server.Requests.Count(request => request.Address.AbsolutePath == "/api/v2/media"));
    }

    /// <summary>The lost response to an upload decides nothing about the post: it was certainly not sent.</summary>
    [Fact]
    public async Task Send_WhenTheAnswerToTheUploadIsLost_UploadsAgainAndPostsOnce()
    {
        var server = new FakeServer(_time)
            .Fails(HttpRequestError.ResponseEnded)
            .Answers(200, Processed)
            .Answers(200, Samples.MastodonStatus);

        Assert.IsType<SendOutcome.Sent>(await SendAsync(server));
        Assert.Equal(["22"], ReadMediaIds(server.Requests[^1]));
        Assert.Single(server.Requests, request => request.Address.AbsolutePath == "/api/v1/statuses");
    }

    /// <summary>Each row: the response to every attempt of the upload, and the outcome.</summary>
    [Theory]
    [InlineData(500, "", typeof(SendOutcome.Unavailable))]
    [InlineData(503, "<html>", typeof(SendOutcome.Unavailable))]
    [InlineData(401, """{"error":"The access token is invalid"}""", typeof(SendOutcome.Unavailable))]
    [InlineData(403, "<html>Blocked</html>", typeof(SendOutcome.Unavailable))]
    [InlineData(200, "{}", typeof(SendOutcome.Unavailable))]
    [InlineData(200, "<html>", typeof(SendOutcome.Unavailable))]
    [InlineData(403, """{"error":"This action is outside the authorized scopes"}""", typeof(SendOutcome.Refused))]
    [InlineData(404, """{"error":"Record not found"}""", typeof(SendOutcome.Refused))]
    [InlineData(422, """{"error":"Validation failed: File is invalid"}""", typeof(SendOutcome.Refused))]
    [InlineData(413, "<html>Request Entity Too Large</html>", typeof(SendOutcome.Refused))]
    public async Task Send_WhenTheUploadFails_PostsNothing(int status, string body, Type expected)
    {
        FakeServer server = new(_time);
        for (var attempts = 0; attempts < 4; attempts++)
        {
            server.Answers(status, body);
        }

        var outcome = await SendAsync(server);

        Assert.IsType(expected, outcome);
        Assert.All(server.Requests, request => Assert.Equal("/api/v2/media", request.Address.AbsolutePath));
        if (outcome is SendOutcome.Refused refused)
        {
            Assert.Equal(Refusal.Payload, refused.Kind);
            Assert.StartsWith("The server refused the picture: ", refused.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Send_WhenTheAnswerToThePostIsLost_IsUnknown()
    {
        var server = new FakeServer(_time).Answers(200, Processed).Fails(HttpRequestError.ResponseEnded);

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(server));
    }

    [Fact]
    public async Task Send_AfterItsDeadline_UploadsNothing()
    {
        var server = new FakeServer(_time).Answers(200, Processed);
        await using var client = Some.Client(server, _time);
        SendDeadline passed = new(_time, TimeSpan.Zero);

        var outcome = await RunAsync(client.SendAsync(WithPicture, Some.Key, passed, Stop));

        Assert.IsType<SendOutcome.Unavailable>(outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Edit_ReplacesOrRemovesThePicture(bool hasPicture)
    {
        FakeServer server = new(_time);
        if (hasPicture)
        {
            server.Answers(200, Processed);
        }

        server.Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);
        var status = hasPicture ? WithPicture : Some.Status();

        Assert.IsType<SendOutcome.Sent>(await RunAsync(client.EditAsync("1", status, Stop)));
        Assert.Equal(hasPicture ? ["22"] : [], ReadMediaIds(server.Requests[^1]));
    }

    private static MastodonStatus Draw(string png, string description) =>
        Some.Status() with
        {
            Picture = new Picture(Encoding.UTF8.GetBytes(png), 1200, 675, description),
        };

    private async Task<SendOutcome> SendAsync(FakeServer server)
    {
        await using var client = Some.Client(server, _time);
        return await RunAsync(client.SendAsync(WithPicture, Some.Key, Stop));
    }

    /// <summary>Advances the clock through every wait of a call.</summary>
    private async Task<SendOutcome> RunAsync(Task<SendOutcome> call)
    {
        while (!call.IsCompleted)
        {
            await Task.WhenAny(call, _time.SkipDelayAsync());
        }

        return await call;
    }

    private static string?[] ReadMediaIds(SeenRequest request)
    {
        using var json = JsonDocument.Parse(request.Body!);
        return [.. json.RootElement.GetProperty("media_ids").EnumerateArray().Select(id => id.GetString())];
    }
}
