using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

public sealed class InstanceAndAccountTests
{
    private readonly WatchedTime _time = new();

    [Theory]
    [InlineData(Samples.MastodonInstanceV2, "4.6.4", 500, 23)]
    [InlineData(Samples.GoToSocialInstanceV2, "0.20-local", 5000, 25)]
    [InlineData(
        """{"version":"2.7.2 (compatible; Pleroma 2.9.1)","configuration":{"statuses":{"max_characters":5000,"characters_reserved_per_url":0}}}""",
        "2.7.2 (compatible; Pleroma 2.9.1)",
        5000,
        0
    )]
    [InlineData("""{"version":"4.5.7"}""", "4.5.7", 500, 23)]
    [InlineData("""{"version":"4.5.7","configuration":{"statuses":null}}""", "4.5.7", 500, 23)]
    [InlineData("""{"version":"4.5.7","configuration":{"statuses":{"max_characters":"1000"}}}""", "4.5.7", 1000, 23)]
    [InlineData(
        """{"version":"4.5.7","configuration":{"statuses":{"max_characters":99999999999}}}""",
        "4.5.7",
        int.MaxValue,
        23
    )]
    [InlineData(
        """{"version":"4.5.7","configuration":{"statuses":{"max_characters":0,"characters_reserved_per_url":-1}}}""",
        "4.5.7",
        500,
        23
    )]
    public async Task Instance_VersionTwo_HasLimits(string answer, string version, int most, int reserved)
    {
        var server = new FakeServer(_time).Answers(200, answer);

        Assert.Equal(Got(version, most, reserved), Limits(await InstanceAsync(server)));
        Assert.Equal("/api/v2/instance", Assert.Single(server.Requests).Address.AbsolutePath);
    }

    [Theory]
    [InlineData(Samples.SnacInstanceV1, "4.0.0 (not true; really snac/2.75)", 100_000, 32)]
    [InlineData(
        """{"version":"2.7.2 (compatible; Akkoma 3.5.0)","max_toot_chars":5000,"description_limit":5000}""",
        "2.7.2 (compatible; Akkoma 3.5.0)",
        5000,
        23
    )]
    public async Task Instance_OnlyVersionOne_HasLimits(string answer, string version, int most, int reserved)
    {
        var server = new FakeServer(_time).Answers(404, Samples.SnacNotFound, "text/html").Answers(200, answer);

        Assert.Equal(Got(version, most, reserved), Limits(await InstanceAsync(server)));
        Assert.Equal("/api/v1/instance", server.Requests[1].Address.AbsolutePath);
    }

    [Fact]
    public async Task Instance_NeitherVersion_IsTakenForMastodonsDefaults()
    {
        var answer = await InstanceAsync(new FakeServer(_time).Answers(404).Answers(404));

        Assert.Equal(Got("unknown", 500, 23), Limits(answer));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><title>A web site</title>", "text/html", 200)]
    [InlineData("\n <html>", "text/html", 200)]
    [InlineData("", "text/plain", 200)]
    [InlineData("<html><title>Just a moment...</title>", "text/html", 403)]
    [InlineData("404 page not found", "text/plain", 410)]
    [InlineData("""{"message":"Forbidden"}""", "application/json", 403)]
    public async Task Instance_SomebodyElsesAnswer_IsAskedForAgainLater(string body, string type, int status)
    {
        var server = new FakeServer(_time).Answers(status, body, type);

        var unavailable = Assert.IsType<Result<MastodonInstance>.Unavailable>(await InstanceAsync(server));

        Assert.Contains(
            "something between the bot and the server answered",
            unavailable.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains("or the configured address", unavailable.Reason, StringComparison.Ordinal);
        // The defaults are not assumed.
        Assert.Single(server.Requests);
    }

    /// <summary>A web site at the address returns 404 for both versions.</summary>
    [Fact]
    public async Task Instance_PagesThatSayNotFound_AreNoReasonToAssumeDefaults()
    {
        var server = new FakeServer(_time)
            .Answers(404, "404 page not found", "text/plain")
            .Answers(404, "<h1>Not found</h1>", "text/html");

        Assert.IsType<Result<MastodonInstance>.Unavailable>(await InstanceAsync(server));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("{}", "application/json")]
    [InlineData("[1]", "application/json")]
    public async Task Instance_NotAMastodonServer_IsRefusedAndAsksForTheAddress(string body, string type)
    {
        var server = new FakeServer(_time).Answers(200, body, type);

        var refused = Assert.IsType<Result<MastodonInstance>.Refused>(await InstanceAsync(server));

        Assert.Contains(
            "Is this the address of a server with the Mastodon API?",
            refused.Reason,
            StringComparison.Ordinal
        );
        // An invalid response is still a response, so the defaults are not assumed.
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Instance_NeitherVersion_IsLoggedOnce()
    {
        using var log = new CollectingLog();
        var server = new FakeServer(_time).Answers(404).Answers(404);
        await using var client = Some.Client(server, _time, Some.Options(), log: log);

        await client.GetInstanceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            "Warning The server has no description (api/v2/instance, api/v1/instance); "
                + "Mastodon's default limits apply",
            Assert.Single(log.Lines)
        );
    }

    [Theory]
    [InlineData(410)]
    [InlineData(403)]
    [InlineData(400)]
    public async Task Instance_VersionTwoRefused_DoesNotAskForVersionOne(int status)
    {
        var server = new FakeServer(_time).Answers(status);

        Assert.IsType<Result<MastodonInstance>.Refused>(await InstanceAsync(server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Capabilities_AfterAReadThatFails_StayAsTheyWere()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonInstanceV2).Answers(403).Answers(200, "{}");
        await using var client = Some.Client(server, _time);
        await client.GetInstanceAsync(TestContext.Current.CancellationToken);

        await client.GetInstanceAsync(TestContext.Current.CancellationToken);
        await client.GetInstanceAsync(TestContext.Current.CancellationToken);

        Assert.True(client.Capabilities.SupportsIdempotency);
    }

    [Fact]
    public async Task Instance_ServerError_IsUnavailableAndNotTakenForDefaults()
    {
        var server = new FakeServer(_time).AnswersTimes(4, 503);
        var answer = InstanceAsync(server);
        for (var i = 0; i < 3; i++)
        {
            await _time.SkipDelayAsync();
        }

        Assert.IsType<Result<MastodonInstance>.Unavailable>(await answer);
    }

    [Fact]
    public async Task Instance_PrivateServerAndBadToken_IsUnauthorized() =>
        Assert.IsType<Result<MastodonInstance>.Unauthorized>(await InstanceAsync(new FakeServer(_time).Answers(401)));

    [Fact]
    public async Task Instance_SentOnElsewhere_IsUnavailableAndNamesTheOtherAddress()
    {
        var server = new FakeServer(_time).Answers(
            301,
            headers: ("Location", "https://www.mastodon.example/api/v2/instance")
        );

        var refused = Assert.IsType<Result<MastodonInstance>.Unavailable>(await InstanceAsync(server));

        Assert.Contains("https://www.mastodon.example/", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Samples.MastodonInstanceV2, true, 1)]
    [InlineData("""{"version":"4.5.7+glitch","api_versions":{"mastodon":7,"glitch":1}}""", true, 1)]
    [InlineData("""{"version":"4.7.0-nightly.2026-09-01","api_versions":{"mastodon":11}}""", true, 1)]
    [InlineData("""{"version":"4.5.7","api_versions":{"mastodon":1}}""", true, 1)]
    [InlineData("""{"version":"4.5.7","api_versions":{"mastodon":0}}""", false, 0)]
    [InlineData("""{"version":"4.5.7","api_versions":{"mastodon":2147483647}}""", true, 1)]
    [InlineData("""{"version":"4.5.7","api_versions":{"mastodon":2147483648}}""", false, 0)]
    [InlineData("""{"version":"4.2.10"}""", false, 0)] // no api_versions: not certainly Mastodon
    [InlineData(Samples.GoToSocialInstanceV2, false, 0)]
    [InlineData(Samples.SnacInstanceV1, false, 0)]
    [InlineData("""{"version":"3.5.3 (compatible; Pixelfed 0.12.4)"}""", false, 0)]
    [InlineData("""{"version":"4.2.1 (compatible; Iceshrimp.NET/2025.1)","api_versions":{"mastodon":2}}""", false, 0)]
    [InlineData("""{"version":"2.7.2 (compatible; Pleroma 2.9.1)"}""", true, 6)]
    [InlineData("""{"version":"2.7.2 (compatible; Akkoma 3.15.2-0-gabc)"}""", true, 6)]
    public async Task Capabilities_OnceTheServerIsKnown_AreItsSoftwares(
        string answer,
        bool supportsIdempotency,
        int hours
    )
    {
        await using var client = Some.Client(new FakeServer(_time).Answers(200, answer), _time);

        await client.GetInstanceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            new Capabilities(supportsIdempotency, TimeSpan.FromHours(hours), SupportsLookup: true),
            client.Capabilities
        );
    }

    [Theory]
    [InlineData(Samples.MastodonInstanceV2, MastodonSoftware.Mastodon)]
    [InlineData("""{"version":"4.2.10"}""", MastodonSoftware.Mastodon)]
    [InlineData("""{"version":"4.5.7+glitch","api_versions":{"mastodon":7,"glitch":1}}""", MastodonSoftware.Mastodon)]
    [InlineData("""{"version":"4.7.0-nightly.2026-09-01","api_versions":{"mastodon":11}}""", MastodonSoftware.Mastodon)]
    [InlineData(Samples.GoToSocialInstanceV2, MastodonSoftware.GoToSocial)]
    // Version 1 of the description has no source.
    [InlineData("""{"version":"0.17.3+git-abc"}""", MastodonSoftware.GoToSocial)]
    [InlineData(
        """{"version":"1.0.0","source_url":"https://codeberg.org/superseriousbusiness/gotosocial"}""",
        MastodonSoftware.GoToSocial
    )]
    [InlineData("""{"version":"2.7.2 (compatible; Pleroma 2.9.1)"}""", MastodonSoftware.Pleroma)]
    [InlineData("""{"version":"2.7.2 (compatible; Akkoma 3.15.2-0-gabc)"}""", MastodonSoftware.Akkoma)]
    [InlineData(Samples.SnacInstanceV1, MastodonSoftware.Snac)]
    [InlineData(
        """{"version":"4.2.1 (compatible; Iceshrimp.NET/2025.1)","api_versions":{"mastodon":2}}""",
        MastodonSoftware.Other
    )]
    [InlineData("""{"version":"3.5.3 (compatible; Pixelfed 0.12.4)"}""", MastodonSoftware.Other)]
    public async Task Instance_Software_IsWhatTheServerSaysItIs(string answer, MastodonSoftware software) =>
        Assert.Equal(
            software,
            Assert
                .IsType<Result<MastodonInstance>.Success>(
                    await InstanceAsync(new FakeServer(_time).Answers(200, answer))
                )
                .Value.Software
        );

    [Fact]
    public async Task Capabilities_BeforeTheServerIsKnown_AreCautious()
    {
        await using var client = Some.Client(new FakeServer(_time).Answers(503), _time);

        Assert.Equal(
            new Capabilities(SupportsIdempotency: false, TimeSpan.Zero, SupportsLookup: true),
            client.Capabilities
        );
    }

    [Fact]
    public async Task Account_TokenAccepted_IsTheAccount()
    {
        var account = await AccountAsync(new FakeServer(_time).Answers(200, Samples.MastodonAccount));

        Assert.Equal(
            new Result<MastodonAccount>.Success(
                new(
                    "117020457910412882",
                    "mastodonpy_test",
                    new Uri("http://localhost:3000/@mastodonpy_test"),
                    Bot: true,
                    "I walk funny,\nall day\n\n& night"
                )
                {
                    QuotePolicy = "public",
                }
            ),
            account
        );
    }

    [Theory]
    [InlineData("<p>I walk funny,<br />all day</p><p>&amp; night</p>", "I walk funny,\nall day\n& night")]
    [InlineData("<br>", "")]
    public async Task Account_NoteInHtmlOnly_IsReadAsText(string html, string text)
    {
        var account = await AccountAsync(
            new FakeServer(_time).Answers(200, $$"""{"id":"1","acct":"bot","note":"{{html}}"}""")
        );

        Assert.Equal(new Result<MastodonAccount>.Success(new("1", "bot", Url: null, Bot: false, text)), account);
    }

    [Fact]
    public async Task Account_FieldsBelowTheNote_BelongToIt()
    {
        var account = await AccountAsync(
            new FakeServer(_time).Answers(
                200,
                """{"id":"1","acct":"bot","source":{"note":"Quotes."},"fields":[{"name":"Run by","value":"<a href=\"https://m.example/@ada\">@ada</a>"},{"name":"Home","value":null}]}"""
            )
        );

        Assert.Equal(
            "Quotes.\nRun by: @ada\nHome: ",
            Assert.IsType<Result<MastodonAccount>.Success>(account).Value.Note
        );
    }

    [Fact]
    public async Task Account_FieldsBelowAnEmptyNote_BeginAtTheFirstLine()
    {
        var account = await AccountAsync(
            new FakeServer(_time).Answers(
                200,
                """{"id":"1","acct":"bot","source":{"note":""},"fields":[{"name":"a","value":"b"},{"name":"c","value":"d"}]}"""
            )
        );

        Assert.Equal("a: b\nc: d", Assert.IsType<Result<MastodonAccount>.Success>(account).Value.Note);
    }

    [Theory]
    [InlineData(401, """{"error":"Unauthorized: token not supplied"}""")]
    [InlineData(401, "")]
    [InlineData(422, "")] // snac
    public async Task Account_TokenNotAccepted_IsUnauthorized(int status, string body)
    {
        var answer = Assert.IsType<Result<MastodonAccount>.Unauthorized>(
            await AccountAsync(new FakeServer(_time).Answers(status, body))
        );

        Assert.Contains("access token", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, Refusal.Forbidden)] // without the scope, or the account is suspended
    [InlineData(404, Refusal.Gone)]
    [InlineData(422, Refusal.Payload)]
    public async Task Account_Refused_IsRefusedWithTheServersMessage(int status, Refusal kind)
    {
        var answer = await AccountAsync(
            new FakeServer(_time).Answers(status, """{"error":"Your login is currently disabled"}""")
        );

        Assert.Equal(
            new Result<MastodonAccount>.Refused(kind, $"HTTP {status}: Your login is currently disabled"),
            answer
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"acct":"bot"}""")]
    public async Task Account_AnswerWithoutAnAccount_IsRefused(string body) =>
        Assert.IsType<Result<MastodonAccount>.Refused>(await AccountAsync(new FakeServer(_time).Answers(200, body)));

    private static (string Version, int Most, int Reserved) Got(string version, int most, int reserved) =>
        (version, most, reserved);

    private static (string Version, int Most, int Reserved) Limits(Result<MastodonInstance> answer)
    {
        var instance = Assert.IsType<Result<MastodonInstance>.Success>(answer).Value;
        return (instance.Version, instance.MaxCharacters, instance.CharactersReservedPerUrl);
    }

    private async Task<Result<MastodonInstance>> InstanceAsync(FakeServer server)
    {
        await using var client = Some.Client(server, _time);
        return await client.GetInstanceAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Result<MastodonAccount>> AccountAsync(FakeServer server)
    {
        await using var client = Some.Client(server, _time);
        return await client.GetAccountAsync(TestContext.Current.CancellationToken);
    }
}
