using System.Globalization;
using System.Text.Json;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

public sealed class FindPublishedTests
{
    private const string Text = "“Revolution implies violence.”\n— Victor Serge, 1919\n#VictorSerge";

    private const string Html =
        "<p>“Revolution implies violence.”<br />— Victor Serge, 1919<br />"
        + "<a href=\"https://mastodon.example/tags/VictorSerge\" class=\"mention hashtag\" rel=\"tag\">#<span>VictorSerge</span></a></p>";

    private readonly WatchedTime _time = new();

    [Fact]
    public async Task FindPublished_Post_IsFoundByItsTextInTheAccountOfTheToken()
    {
        var server = Known().Answers(200, Page(Post("9", age: 30, "<p>Another post</p>"), Post("8", age: 40, Html)));

        Assert.Equal(
            new LookupResult.Found("8", new Uri("https://mastodon.example/@serge/8")),
            await FindAsync(server)
        );
        Assert.Equal("/api/v1/accounts/verify_credentials", server.Requests[0].Address.AbsolutePath);
        Assert.Equal(
            "https://mastodon.example/api/v1/accounts/117020457910412882/statuses?limit=40&exclude_reblogs=true",
            server.Requests[1].Address.AbsoluteUri
        );
    }

    [Fact]
    public async Task FindPublished_OlderPostsReached_IsNotFound()
    {
        var server = Known()
            .Answers(200, Page(Post("9", age: 30, "<p>Another</p>"), Post("8", age: 1000, "<p>Old</p>")));

        Assert.Equal(new LookupResult.NotFound(), await FindAsync(server));
    }

    [Fact]
    public async Task FindPublished_SamePostBeforeTheSend_IsNotFound()
    {
        var server = Known().Answers(200, Page(Post("8", age: 1000, Html)));

        Assert.Equal(new LookupResult.NotFound(), await FindAsync(server));
    }

    [Fact]
    public async Task FindPublished_NoPostAtAll_IsNotFound() =>
        Assert.Equal(new LookupResult.NotFound(), await FindAsync(Known().Answers(200, "[]")));

    [Fact]
    public async Task FindPublished_OnTheSecondPage_IsFound()
    {
        var server = Known()
            .Answers(
                200,
                Page([.. Enumerable.Range(0, 40).Select(i => Post($"{900 - i}", age: 10 + i, "<p>Another</p>"))])
            )
            .Answers(200, Page(Post("800", age: 60, Html)));

        Assert.IsType<LookupResult.Found>(await FindAsync(server));
        Assert.EndsWith("&max_id=861", server.Requests[2].Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindPublished_SecondPageIsEmpty_IsNotFound()
    {
        var server = Known().Answers(200, Page(Post("9", age: 30, "<p>Another</p>"))).Answers(200, "[]");

        Assert.Equal(new LookupResult.NotFound(), await FindAsync(server));
    }

    [Fact]
    public async Task FindPublished_MorePostsThanAnybodySends_IsInconclusive()
    {
        var server = Known();
        for (var page = 0; page < 5; page++)
        {
            server.Answers(
                200,
                Page([
                    .. Enumerable.Range(0, 40).Select(i => Post($"{900 - (40 * page) - i}", age: 10, "<p>Another</p>")),
                ])
            );
        }

        Assert.IsType<LookupResult.Inconclusive>(await FindAsync(server));
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData(3, true)] // snac returns all posts, whatever the limit
    [InlineData(20, false)] // this may be a full page of another server
    public async Task FindPublished_ServerThatHasNoFurtherPages_IsTrustedOnlyWhereThePageIsShort(
        int posts,
        bool notThere
    )
    {
        var page = Page([.. Enumerable.Range(0, posts).Select(i => Post($"{900 - i}", age: 10, "<p>Another</p>"))]);
        var look = await FindAsync(Known().Answers(200, page).Answers(200, page));

        Assert.Equal(notThere, look is LookupResult.NotFound);
        Assert.Equal(!notThere, look is LookupResult.Inconclusive);
    }

    [Fact]
    public async Task FindPublished_BoostOfAnotherPost_IsIgnored()
    {
        var server = Known()
            .Answers(200, Page(Post("9", age: 30, Html, reblog: true), Post("1", age: 1000, "<p>Old</p>")));

        Assert.Equal(new LookupResult.NotFound(), await FindAsync(server));
    }

    [Theory]
    [InlineData(-3600)] // the server's clock is an hour behind
    [InlineData(0)]
    [InlineData(3600)] // or an hour ahead
    public async Task FindPublished_ClocksThatDiffer_AreReconciled(int lead)
    {
        var date = (
            "Date",
            (_time.GetUtcNow() + TimeSpan.FromSeconds(lead)).ToString("R", CultureInfo.InvariantCulture)
        );

        var found = await FindAsync(Known().Answers(200, Page(Post("9", age: 60 - lead, Html)), headers: date));
        var tooOld = await FindAsync(Known().Answers(200, Page(Post("9", age: 600 - lead, Html)), headers: date));

        Assert.IsType<LookupResult.Found>(found);
        Assert.IsType<LookupResult.NotFound>(tooOld);
    }

    [Fact]
    public async Task FindPublished_TimeCutToWholeSeconds_IsStillFound()
    {
        _time.Advance(TimeSpan.FromMilliseconds(900));
        var since = _time.GetUtcNow();
        var server = Known().Answers(200, Page(Post("9", age: 0.9, Html)));
        await using var client = Some.Client(server, _time);

        Assert.IsType<LookupResult.Found>(
            await client.FindOwnAsync(Text, since, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task FindPublished_ServerThatKeepsTheSource_IsComparedWithIt()
    {
        // If the account writes markdown, GoToSocial renders this as a list, without the number.
        var post =
            """{"id":"9","created_at":"2026-03-29T08:59:30Z","content":"<ol><li>May 1919</li></ol>","text":"1. May 1919"}""";
        await using var client = Some.Client(Known().Answers(200, $"[{post}]"), _time);

        Assert.IsType<LookupResult.Found>(
            await client.FindOwnAsync("1. May 1919", Since(), TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)] // the token lacks read:statuses
    [InlineData(404)]
    [InlineData(422)]
    public async Task FindPublished_ListRefused_IsInconclusive(int status) =>
        Assert.IsType<LookupResult.Inconclusive>(
            await FindAsync(Known().Answers(status, """{"error":"This action is outside the authorized scopes"}"""))
        );

    [Theory]
    [InlineData("<html></html>", "text/html")]
    [InlineData("{}", "application/json")]
    [InlineData("[{\"id\":\"9\"", "application/json")]
    [InlineData("null", "application/json")]
    public async Task FindPublished_AnswerThatIsNoList_IsInconclusive(string body, string type) =>
        Assert.IsType<LookupResult.Inconclusive>(await FindAsync(Known().Answers(200, body, type)));

    /// <summary>The page of a proxy needs no operator; a refusal of the server does.</summary>
    [Theory]
    [InlineData(403, "<html>", false)]
    [InlineData(404, "404 page not found", false)]
    [InlineData(200, "<html>", false)]
    [InlineData(302, "", false)]
    [InlineData(403, """{"error":"This action is outside the authorized scopes"}""", true)]
    public async Task FindPublished_ListRefused_NeedsTheOperatorOnlyIfTheServerReportsIt(
        int status,
        string body,
        bool needsOperator
    )
    {
        var result = await FindAsync(Known().Answers(status, body, "text/html"));

        Assert.Equal(needsOperator, Assert.IsType<LookupResult.Inconclusive>(result).NeedsOperator);
    }

    [Fact]
    public async Task FindPublished_AccountNotKnown_IsInconclusive() =>
        Assert.IsType<LookupResult.Inconclusive>(
            await FindAsync(new FakeServer(_time).Answers(401, """{"error":"The access token is invalid"}"""))
        );

    [Fact]
    public async Task FindPublished_SecondPageLost_IsInconclusive()
    {
        var server = Known().Answers(200, Page(Post("9", age: 30, "<p>Another</p>"))).Answers(403);

        Assert.IsType<LookupResult.Inconclusive>(await FindAsync(server));
    }

    [Fact]
    public async Task FindPublished_Cancelled_IsInconclusive()
    {
        using var giveUp = new CancellationTokenSource();
        await using var client = Some.Client(Known().Hangs(giveUp.Cancel), _time);

        Assert.IsType<LookupResult.Inconclusive>(await client.FindOwnAsync(Text, Since(), giveUp.Token));
    }

    [Fact]
    public async Task FindPublished_TextWithoutLetters_IsInconclusive()
    {
        await using var client = Some.Client(new FakeServer(_time), _time);

        Assert.IsType<LookupResult.Inconclusive>(
            await client.FindOwnAsync("🙂 …", Since(), TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(MastodonVisibility.Public, true)]
    [InlineData(MastodonVisibility.Unlisted, true)]
    [InlineData(MastodonVisibility.Private, false)] // snac lists only public posts, even to the account itself
    [InlineData(MastodonVisibility.Direct, false)]
    public async Task FindPublished_PostThatTheServerHides_IsInconclusive(MastodonVisibility visibility, bool tells)
    {
        var server = new FakeServer(_time)
            .Answers(404, Samples.SnacNotFound)
            .Answers(200, Samples.SnacInstanceV1)
            .Answers(200, Samples.MastodonAccount)
            .Answers(200, "[]");
        await using var client = Some.Client(server, _time);
        await client.GetInstanceAsync(TestContext.Current.CancellationToken);

        var look = await client.FindPublishedAsync(
            new MastodonStatus { Text = Text, Visibility = visibility },
            Since(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(tells, look is LookupResult.NotFound);
        Assert.Equal(!tells, look is LookupResult.Inconclusive);
    }

    [Fact]
    public async Task FindPublished_PrivatePostOnAServerThatShowsThem_IsLookedFor()
    {
        var server = new FakeServer(_time)
            .Answers(200, Samples.MastodonInstanceV2)
            .Answers(200, Samples.MastodonAccount)
            .Answers(200, Page(Post("9", age: 30, Html)));
        await using var client = Some.Client(server, _time);

        Assert.IsType<LookupResult.Found>(
            await client.FindPublishedAsync(
                new MastodonStatus { Text = Text, Visibility = MastodonVisibility.Private },
                Since(),
                TestContext.Current.CancellationToken
            )
        );
    }

    [Fact]
    public async Task FindPublished_PrivatePostWhereTheServerDoesNotSayWhatItIs_IsInconclusive()
    {
        var server = new FakeServer(_time).Answers(404).Answers(404);
        await using var client = Some.Client(server, _time);

        Assert.IsType<LookupResult.Inconclusive>(
            await client.FindPublishedAsync(
                new MastodonStatus { Text = Text, Visibility = MastodonVisibility.Private },
                Since(),
                TestContext.Current.CancellationToken
            )
        );
    }

    [Fact]
    public async Task FindPublished_PrivatePostsTwice_AsksForTheServerOnce()
    {
        var server = new FakeServer(_time)
            .Answers(200, Samples.MastodonInstanceV2)
            .Answers(200, Samples.MastodonAccount)
            .Answers(200, "[]")
            .Answers(200, "[]");
        await using var client = Some.Client(server, _time);
        var status = new MastodonStatus { Text = Text, Visibility = MastodonVisibility.Direct };

        Assert.Equal(
            new LookupResult.NotFound(),
            await client.FindPublishedAsync(status, Since(), TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            new LookupResult.NotFound(),
            await client.FindPublishedAsync(status, Since(), TestContext.Current.CancellationToken)
        );
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task FindPublished_WhatCannotBeLookedFor_StatesWhy()
    {
        var server = new FakeServer(_time).Answers(200, Samples.SnacInstanceV1);
        await using var client = Some.Client(server, _time);

        Assert.Equal(
            LookupResult.NoText,
            await client.FindOwnAsync("…", Since(), TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            new LookupResult.Inconclusive("The server lists public posts only.", NeedsOperator: true),
            await client.FindPublishedAsync(
                new MastodonStatus { Text = Text, Visibility = MastodonVisibility.Private },
                Since(),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task FindPublished_Twice_AsksForTheAccountOnce()
    {
        var server = Known().Answers(200, "[]").Answers(200, "[]");
        await using var client = Some.Client(server, _time);

        await client.FindOwnAsync(Text, Since(), TestContext.Current.CancellationToken);
        await client.FindOwnAsync(Text, Since(), TestContext.Current.CancellationToken);

        Assert.Single(
            server.Requests,
            request => request.Address.AbsolutePath.EndsWith("verify_credentials", StringComparison.Ordinal)
        );
    }

    private FakeServer Known() => new FakeServer(_time).Answers(200, Samples.MastodonAccount);

    private DateTimeOffset Since() => _time.GetUtcNow() - TimeSpan.FromMinutes(2);

    private async Task<LookupResult> FindAsync(FakeServer server)
    {
        await using var client = Some.Client(server, _time);
        return await client.FindOwnAsync(Text, Since(), TestContext.Current.CancellationToken);
    }

    private static string Page(params string[] posts) => $"[{string.Join(',', posts)}]";

    private string Post(string id, double age, string html, bool reblog = false)
    {
        var created = (_time.GetUtcNow() - TimeSpan.FromSeconds(age)).ToString(
            "yyyy-MM-ddTHH:mm:ss.fffZ",
            CultureInfo.InvariantCulture
        );
        return $$"""
            {"id":"{{id}}","created_at":"{{created}}","url":"https://mastodon.example/@serge/{{id}}","reblog":{{(
                reblog ? "{\"id\":\"7\"}" : "null"
            )}},
            "content":{{JsonEncodedText.Encode(html) switch
            {
                var text => $"\"{text}\"",
            }}}}
            """;
    }
}
