using System.Globalization;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>A post is sent, its response is lost, and the account's list decides whether it was published.</summary>
public sealed class LookupTests
{
    private const string Text = "“Revolution implies violence.” 1919";
    private const int PageSize = 40;

    private readonly WatchedTime _time = new();
    private readonly DateTimeOffset _sent;

    public LookupTests() => _sent = _time.GetUtcNow();

    public static TheoryData<string> LostResponses =>
        [
            "timeout",
            "cancelled",
            "connection closed",
            "invalid answer",
            "408",
            "409",
            "500",
            "502",
            "503",
            "504",
            "page",
        ];

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task FindPublished_AfterALostResponse_FindsThePost(string loss)
    {
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);

        Assert.IsType<SendOutcome.Unknown>(await SendAndLoseResponseAsync(client, server, loss));
        Assert.Single(server.Requests);

        server.Answers(200, Samples.MastodonAccount).Answers(200, List([Post(7, _sent, Text), Post(6, _sent, "old")]));
        Assert.Equal(new LookupResult.Found("7", Page(7)), await FindAsync(client));

        server.Answers(200, List([Post(6, _sent.AddMinutes(-1), Text)]));
        Assert.Equal(new LookupResult.NotFound(), await FindAsync(client));

        server.Answers(403);
        Assert.IsType<LookupResult.Inconclusive>(await FindAsync(client));
    }

    [Fact]
    public async Task FindPublished_WhileTheCircuitIsOpen_IsInconclusive()
    {
        var server = new FakeServer(_time).AnswersTimes(5, 500);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 5; i++)
        {
            await client.SendAsync(Some.Status(Text), Some.Key, TestContext.Current.CancellationToken);
        }

        Assert.IsType<LookupResult.Inconclusive>(await FindAsync(client));
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(39, 1)]
    [InlineData(40, 2)]
    [InlineData(41, 2)]
    [InlineData(79, 2)]
    [InlineData(80, 3)]
    [InlineData(159, 4)]
    [InlineData(160, 5)]
    [InlineData(199, 5)]
    public async Task FindPublished_PostAtAPageBorder_IsFoundWithItsOwnId(int position, int pages)
    {
        var server = Paged(Posts(300, position));

        Assert.Equal(new LookupResult.Found($"{1000 - position}", Page(1000 - position)), await FindAsync(server));
        Assert.Equal(1 + pages, server.Requests.Count);
    }

    [Fact]
    public async Task FindPublished_PostBehindTheLastPageThatIsRead_IsInconclusive()
    {
        var server = Paged(Posts(300, position: 200));

        Assert.Equal(
            new LookupResult.Inconclusive("More than 200 posts since 2026-03-29 09:00:00Z.", NeedsOperator: true),
            await FindAsync(server)
        );
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(41)]
    [InlineData(80)]
    [InlineData(160)]
    public async Task FindPublished_AllPostsReadAndNoneIsIt_IsNotFound(int count)
    {
        var server = Paged(Posts(count, position: -1));

        Assert.Equal(new LookupResult.NotFound(), await FindAsync(server));
    }

    [Theory]
    [InlineData(161)]
    [InlineData(200)]
    public async Task FindPublished_EndOfTheListNotReached_IsInconclusive(int count)
    {
        var server = Paged(Posts(count, position: -1));

        Assert.IsType<LookupResult.Inconclusive>(await FindAsync(server));
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData(-1000, true)] // a server may truncate the time to whole seconds
    [InlineData(-1001, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public async Task FindPublished_PostAtTheMomentOfTheSend_CountsFromOneSecondBefore(int milliseconds, bool found)
    {
        var server = Paged([Post(7, _sent.AddMilliseconds(milliseconds), Text)]);

        Assert.Equal(
            found ? new LookupResult.Found("7", Page(7)) : new LookupResult.NotFound(),
            await FindAsync(server)
        );
    }

    [Theory]
    [InlineData(-1000, 2)]
    [InlineData(-1001, 1)]
    public async Task FindPublished_LastPostOfAPageIsOlder_ReadsNoFurtherPage(int milliseconds, int pages)
    {
        var last = _sent.AddMilliseconds(milliseconds);
        var server = Paged([.. Posts(PageSize - 1, -1), Post(5, last, "last"), Post(4, last.AddSeconds(-9), "older")]);

        Assert.Equal(new LookupResult.NotFound(), await FindAsync(server));
        Assert.Equal(1 + pages, server.Requests.Count);
    }

    [Fact]
    public async Task FindPublished_SameTextTwice_IsTheNewestWithTheOther()
    {
        var server = Paged([Post(8, _sent, "another"), Post(7, _sent, Text), Post(6, _sent, Text)]);

        Assert.Equal(new LookupResult.Found("7", Page(7)) { Copy = Page(6).AbsoluteUri }, await FindAsync(server));
    }

    [Fact]
    public async Task FindPublished_SameTextBeforeAndAfterTheSend_IsTheOneAfter()
    {
        var server = Paged([Post(8, _sent, "another"), Post(7, _sent, Text), Post(6, _sent.AddDays(-30), Text)]);

        Assert.Equal(new LookupResult.Found("7", Page(7)), await FindAsync(server));
    }

    [Theory]
    [InlineData("“Revolution implies violence.” 1918")]
    [InlineData("“Revolution implies violence.”")]
    [InlineData("“Revolution implies violence.” 1919 2")]
    [InlineData("")]
    public async Task FindPublished_AnotherText_IsNotIt(string text)
    {
        var server = Paged([Post(7, _sent, text)]);

        Assert.Equal(new LookupResult.NotFound(), await FindAsync(server));
    }

    [Theory]
    [InlineData("""{"content":"<p>“Revolution implies violence.” 1919</p>"}""", true)]
    [InlineData("""{"content":"<p>“Revolution implies violence.” 1919</p>","text":""}""", true)]
    [InlineData("""{"content":"<p>“Revolution implies violence.” 1919</p>","text":"another"}""", false)]
    [InlineData("""{"content":"<p>“Revolution implies violence.” 1919</p>","text":"7"}""", false)]
    [InlineData("""{"content":"<p>another</p>","text":"“Revolution implies violence.” 1919"}""", true)]
    [InlineData("""{"text":"“Revolution implies violence.” 1919"}""", true)]
    [InlineData("""{"content":"<p>“Revolution implies violence.” 1919</p>","reblog":null}""", true)]
    [InlineData("""{"content":"<p>“Revolution implies violence.” 1919</p>","reblog":false}""", true)]
    [InlineData("""{"content":"<p>“Revolution implies violence.” 1919</p>","reblog":{}}""", false)]
    [InlineData("""{"reblog":{}}""", false)]
    public async Task FindPublished_TextAndContent_TheTextAsItWasSentIsPreferred(string post, bool found)
    {
        var json = $$"""{"id":"7","created_at":"2026-03-29T09:00:00Z",{{post[1..]}}""";
        var server = Paged([(7, json)]);

        Assert.Equal(
            found ? new LookupResult.Found("7", Url: null) : new LookupResult.NotFound(),
            await FindAsync(server)
        );
    }

    [Theory]
    [InlineData(-7200)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7200)]
    public async Task FindPublished_ServerClockDiffers_CountsOnTheServersClock(int lead)
    {
        var sent = _sent.AddSeconds(lead);
        var date = ("Date", sent.ToString("R", CultureInfo.InvariantCulture));

        var first = Paged([Post(7, sent.AddSeconds(-1), Text)], date);
        var before = Paged([Post(7, sent.AddSeconds(-2), Text)], date);

        Assert.Equal(new LookupResult.Found("7", Page(7)), await FindAsync(first));
        Assert.Equal(new LookupResult.NotFound(), await FindAsync(before));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(19, true)]
    [InlineData(20, false)]
    [InlineData(40, false)]
    public async Task FindPublished_ServerIgnoresTheCursor_IsNotFoundOnlyBelowAnyPageSize(int count, bool notThere)
    {
        var list = List([.. Posts(count, position: -1)]);
        var server = new FakeServer(_time).Answers(200, Samples.MastodonAccount).Answers(200, list).Answers(200, list);

        var look = await FindAsync(server);

        Assert.Equal(notThere, look is LookupResult.NotFound);
        Assert.Equal(!notThere, look is LookupResult.Inconclusive);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task FindPublished_IdWithSpecialCharacters_StaysOneParameter()
    {
        var server = new FakeServer(_time)
            .Answers(200, """{"id":"a/b?c","acct":"serge"}""")
            .Answers(200, """[{"id":"1&limit=1","created_at":"2026-03-29T09:00:00Z","content":"x"}]""")
            .Answers(200, "[]");

        await FindAsync(server);

        Assert.Equal(
            "https://mastodon.example/api/v1/accounts/a%2Fb%3Fc/statuses"
                + "?limit=40&exclude_reblogs=true&max_id=1%26limit%3D1",
            server.Requests[2].Address.AbsoluteUri
        );
    }

    [Theory]
    [InlineData(404, "HTTP 404: no")]
    [InlineData(403, "HTTP 403: no")]
    [InlineData(401, "The server does not accept the access token (HTTP 401: no).")]
    public async Task FindPublished_ListRefused_StatesWhy(int status, string reason)
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonAccount).Answers(status, """{"error":"no"}""");

        Assert.Equal(new LookupResult.Inconclusive(reason, NeedsOperator: true), await FindAsync(server));
    }

    private async Task<SendOutcome> SendAndLoseResponseAsync(BoundedClient client, FakeServer server, string loss)
    {
        using var cancel = new CancellationTokenSource();
        _ = loss switch
        {
            "timeout" => server.Hangs(),
            "cancelled" => server.Hangs(cancel.Cancel),
            "connection closed" => server.Fails(HttpRequestError.ResponseEnded),
            "invalid answer" => server.Fails(HttpRequestError.InvalidResponse),
            "page" => server.Answers(200, "<html></html>", "text/html"),
            _ => server.Answers(int.Parse(loss, CultureInfo.InvariantCulture)),
        };
        var outcome = client.SendAsync(Some.Status(Text), Some.Key, cancel.Token);
        if (loss == "timeout")
        {
            await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
            _time.Advance(Some.AttemptTimeout);
        }

        return await outcome;
    }

    private Task<LookupResult> FindAsync(BoundedClient client) =>
        client.FindOwnAsync(Text, _sent, TestContext.Current.CancellationToken);

    private async Task<LookupResult> FindAsync(FakeServer server)
    {
        await using var client = Some.Client(server, _time);
        return await FindAsync(client);
    }

    /// <summary>A server that lists these posts, newest first, a page at a time, as Mastodon does.</summary>
    private FakeServer Paged(IReadOnlyList<(int Id, string Json)> posts, params (string, string)[] headers)
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonAccount);
        for (var page = 0; page < 6; page++)
        {
            server.Does(() =>
            {
                var cursor = server.Requests[^1].Address.Query.Split("&max_id=");
                var maxId = cursor.Length == 2 ? int.Parse(cursor[1], CultureInfo.InvariantCulture) : int.MaxValue;
                var listed = posts.Where(post => post.Id < maxId).Take(PageSize);
                return FakeServer.Response(200, List([.. listed]), "application/json", headers);
            });
        }

        return server;
    }

    /// <summary>Posts with ids from 1000 down, sent 1 s apart after the send; the text is at this position.</summary>
    private IReadOnlyList<(int Id, string Json)> Posts(int count, int position) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Post(1000 - i, _sent.AddSeconds(count - i), i == position ? Text : $"another {i}")),
        ];

    private static (int Id, string Json) Post(int id, DateTimeOffset createdAt, string text) =>
        (
            id,
            $$"""
            {"id":"{{id}}","created_at":"{{createdAt.ToString("O", CultureInfo.InvariantCulture)}}",
            "url":"{{Page(id)}}","content":"<p>{{text}}</p>"}
            """
        );

    private static Uri Page(int id) => new($"https://mastodon.example/@serge/{id}");

    private static string List(IReadOnlyList<(int Id, string Json)> posts) =>
        $"[{string.Join(',', posts.Select(post => post.Json))}]";
}
