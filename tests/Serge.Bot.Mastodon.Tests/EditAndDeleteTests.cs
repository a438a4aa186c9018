using System.Text.Json;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

public sealed class EditAndDeleteTests
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task Edit_Status_AsksAsTheDocumentationSays()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);

        var outcome = await EditAsync(server, new MastodonStatus { Text = "Corrected", Language = "fr" });

        var request = Assert.Single(server.Requests);
        Assert.Equal(HttpMethod.Put, request.Method);
        Assert.Equal("/api/v1/statuses/117020585907693810", request.Address.AbsolutePath);
        using var body = JsonDocument.Parse(request.Body!);
        Assert.Equal("Corrected", body.RootElement.GetProperty("status").GetString());
        Assert.Equal("fr", body.RootElement.GetProperty("language").GetString());
        // An edit removes the content warning.
        Assert.Equal("", body.RootElement.GetProperty("spoiler_text").GetString());
        // An edit cannot change the visibility.
        Assert.False(body.RootElement.TryGetProperty("visibility", out _));
        Assert.IsType<SendOutcome.Sent>(outcome);
    }

    [Fact]
    public async Task Edit_ServerThatGivesANewId_ReturnsIt()
    {
        // As in snac 2.75.
        var outcome = await EditAsync(
            new FakeServer(_time).Answers(200, """{"id":"17953585292e759ac861c143a7ea0efd0d515e9b3f","url":null}""")
        );

        Assert.Equal(new SendOutcome.Sent("17953585292e759ac861c143a7ea0efd0d515e9b3f", Url: null), outcome);
    }

    [Theory]
    [InlineData(404, Refusal.Gone)]
    [InlineData(403, Refusal.Forbidden)]
    [InlineData(422, Refusal.Payload)]
    public async Task Edit_Refused_IsRefused(int status, Refusal kind)
    {
        var outcome = await EditAsync(new FakeServer(_time).Answers(status, """{"error":"Record not found"}"""));

        Assert.Equal(kind, Assert.IsType<SendOutcome.Refused>(outcome).Kind);
    }

    [Fact]
    public async Task Delete_StatusThatIsThere_IsDone()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);

        Assert.Equal(new SendOutcome.Sent("117020585907693810", Url: null), await DeleteAsync(server));
        Assert.Equal(HttpMethod.Delete, server.Requests[0].Method);
        Assert.Equal("/api/v1/statuses/117020585907693810", server.Requests[0].Address.AbsolutePath);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Delete_StatusThatIsGone_IsDone(int status)
    {
        var server = new FakeServer(_time).Answers(status, """{"error":"Record not found"}""").Answers(status);

        Assert.IsType<SendOutcome.Sent>(await DeleteAsync(server));
    }

    [Fact]
    public async Task Delete_ServerThatCannotDelete_IsRefusedForThePostIsStillThere()
    {
        // As in snac 2.75.
        var server = new FakeServer(_time)
            .Answers(404, Samples.SnacNotFound, "text/html")
            .Answers(200, Samples.SnacStatus);

        Assert.Equal(Refusal.Forbidden, Assert.IsType<SendOutcome.Refused>(await DeleteAsync(server)).Kind);
        Assert.Equal(HttpMethod.Get, server.Requests[1].Method);
    }

    [Fact]
    public async Task Delete_WhenTheResultIsUnknown_IsNotDone()
    {
        var server = new FakeServer(_time).Answers(404).Answers(401);

        Assert.IsType<SendOutcome.Unavailable>(await DeleteAsync(server));
    }

    [Fact]
    public async Task Delete_GoneButStillListed_StatesThatTheServerDoesNotDelete() =>
        Assert.Equal(
            new SendOutcome.Refused(Refusal.Forbidden, "The server does not support deletion: the post still exists."),
            await DeleteAsync(new FakeServer(_time).Answers(404).Answers(200, "{}"))
        );

    [Fact]
    public async Task Delete_SuccessWithoutAReadableBody_IsDone() =>
        Assert.Equal(
            new SendOutcome.Sent("117020585907693810", Url: null),
            await DeleteAsync(new FakeServer(_time).Answers(204))
        );

    /// <summary>Each row: the responses to the deletion and to the check, and whether the outcome is then
    /// certain.</summary>
    [Theory]
    [InlineData(200, "<html>", 0, "", nameof(SendOutcome.Unknown))]
    [InlineData(404, "404 page not found", 0, "", nameof(SendOutcome.Unknown))]
    [InlineData(403, "<html>", 0, "", nameof(SendOutcome.Unknown))]
    [InlineData(404, """{"error":"no"}""", 404, "<html>", nameof(SendOutcome.Unknown))]
    [InlineData(404, """{"error":"no"}""", 200, "<html>", nameof(SendOutcome.Unknown))]
    [InlineData(404, """{"error":"no"}""", 404, """{"error":"no"}""", nameof(SendOutcome.Sent))]
    public async Task Delete_SomebodyElsesAnswer_DecidesNothing(
        int status,
        string body,
        int secondStatus,
        string secondBody,
        string outcome
    )
    {
        var server = new FakeServer(_time).Answers(status, body, "text/html");
        if (secondStatus > 0)
        {
            server.Answers(secondStatus, secondBody, "text/html");
        }

        Assert.Equal(outcome, (await DeleteAsync(server)).GetType().Name);
    }

    [Theory]
    [InlineData(404, "404 page not found")]
    [InlineData(403, "<html>")]
    [InlineData(200, "<html>")]
    public async Task Edit_SomebodyElsesAnswer_DecidesNothing(int status, string body) =>
        Assert.IsType<SendOutcome.Unknown>(await EditAsync(new FakeServer(_time).Answers(status, body, "text/html")));

    [Fact]
    public async Task Delete_TokenNotAccepted_IsUnavailable() =>
        Assert.IsType<SendOutcome.Unavailable>(await DeleteAsync(new FakeServer(_time).Answers(401)));

    [Fact]
    public async Task Delete_IdOfAnotherServersMaking_StaysOneSegmentOfTheRoute()
    {
        var server = new FakeServer(_time).Answers(200, "{}");
        await using var client = Some.Client(server, _time);

        await client.DeleteAsync("a/../b?c", TestContext.Current.CancellationToken);

        Assert.Equal("https://mastodon.example/api/v1/statuses/a%2F..%2Fb%3Fc", server.Requests[0].Address.AbsoluteUri);
    }

    private async Task<SendOutcome> EditAsync(FakeServer server, MastodonStatus? status = null)
    {
        await using var client = Some.Client(server, _time);
        return await client.EditAsync(
            "117020585907693810",
            status ?? Some.Status(),
            TestContext.Current.CancellationToken
        );
    }

    private async Task<SendOutcome> DeleteAsync(FakeServer server)
    {
        await using var client = Some.Client(server, _time);
        return await client.DeleteAsync("117020585907693810", TestContext.Current.CancellationToken);
    }
}
