using System.Globalization;
using System.Text.Json.Nodes;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Looks up a message of the bot. "Not found" is certain. Source: Discord docs, Resources/Message, Get Channel
/// Messages.</summary>
public sealed class MessageLookupTests
{
    private const string Page = "GET channels/1/messages?limit=100";
    private const string Text = "“Revolution implies violence.” — Victor Serge";

    private static readonly DateTimeOffset Since = VirtualTime.Begin - TimeSpan.FromMinutes(2);

    [Fact]
    public void FindPublished_AmongOthers_FindsIt() =>
        AssertLookup(
            [
                Message(Ago(1), author: 99, "hello"),
                Message(Ago(30), author: 40, Text),
                Message(Ago(3000), author: 99, "old"),
            ],
            result =>
                Assert.Equal(
                    new LookupResult.Found(Id(Ago(30)), new Uri($"https://discord.com/channels/7/1/{Id(Ago(30))}")),
                    result
                )
        );

    [Fact]
    public void FindPublished_TheTextTwice_NamesTheOlderOneAsCopy() =>
        AssertLookup(
            [
                Message(Ago(10), author: 40, Text),
                Message(Ago(20), author: 99, Text),
                Message(Ago(30), author: 40, Text),
            ],
            result =>
                Assert.Equal(
                    $"https://discord.com/channels/7/1/{Id(Ago(30))}",
                    Assert.IsType<LookupResult.Found>(result).Copy
                )
        );

    [Theory]
    [InlineData("**“Revolution implies violence.”**\n— Victor Serge")] // markdown and white space
    [InlineData("“revolution implies violence” – victor serge")]
    public void FindPublished_WhatThePlatformChangedALittle_FindsIt(string content) =>
        AssertLookup([Message(Ago(30), author: 40, content)], result => Assert.IsType<LookupResult.Found>(result));

    [Fact]
    public void FindPublished_TheSameTextOfAnotherUser_IsIgnored() =>
        AssertLookup([Message(Ago(30), author: 99, Text)], result => Assert.IsType<LookupResult.NotFound>(result));

    [Theory]
    [InlineData("interaction_metadata")]
    [InlineData("interaction")]
    public void FindPublished_TheSameTextInAnAnswerToACommand_IsNotThePost(string member)
    {
        var answer = Message(Ago(30), author: 40, Text);
        answer[member] = new JsonObject { ["id"] = "5" };

        AssertLookup([answer], result => Assert.IsType<LookupResult.NotFound>(result));
    }

    [Fact]
    public void FindPublished_TheSameTextFromBefore_IsNotThePost() =>
        AssertLookup(
            [Message(Ago(1), 99, "x"), Message(Since - TimeSpan.FromMinutes(5), author: 40, Text)],
            result => Assert.IsType<LookupResult.NotFound>(result)
        );

    [Fact]
    public void FindPublished_InAnEmptyChannelThatTheBotMayRead_IsNotFound() =>
        AssertLookup([], result => Assert.IsType<LookupResult.NotFound>(result));

    [Theory]
    [InlineData(1024)] // view channel
    [InlineData(1024 + 2048)] // and send messages
    [InlineData(0)]
    public void FindPublished_InAChannelWhoseHistoryIsForbidden_IsInconclusive(ulong permissions) =>
        AssertLookup(
            [],
            result =>
                Assert.Contains(
                    "Read Message History",
                    Assert.IsType<LookupResult.Inconclusive>(result).Reason,
                    StringComparison.Ordinal
                ),
            api =>
                api.On(
                    "GET guilds/7",
                    Json(200, $$"""{"id":"7","owner_id":"1","roles":[{"id":"7","permissions":"{{permissions}}"}]}""")
                )
        );

    [Theory]
    [InlineData("GET users/@me")]
    [InlineData(Page)]
    [InlineData("GET guilds/7")]
    public void FindPublished_WhenSomethingCannotBeRead_IsInconclusive(string line) =>
        AssertLookup(
            [],
            result => Assert.IsType<LookupResult.Inconclusive>(result),
            api => api.On(line, Error(403, 50001, "Missing Access"))
        );

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"id":"1"}""")]
    [InlineData("")]
    [InlineData("null")]
    public void FindPublished_WhenTheAnswerIsCutShort_IsInconclusive(string body) =>
        AssertLookup(
            [],
            result => Assert.IsType<LookupResult.Inconclusive>(result),
            api => api.On(Page, Json(200, body))
        );

    [Fact]
    public void FindPublished_OnAServerWhoseIdsSayNoTime_GoesByTheTimestamp()
    {
        var message = Message(Ago(30), author: 40, Text);
        message["id"] = "12345";

        AssertLookup([message], result => Assert.Equal("12345", Assert.IsType<LookupResult.Found>(result).Id));
    }

    [Fact]
    public void FindPublished_OnAServerWithoutTimestamps_GoesByTheId()
    {
        var (ours, old) = (Message(Ago(30), author: 40, Text), Message(Ago(3000), author: 40, Text));
        ours.Remove("timestamp");
        old.Remove("timestamp");

        AssertLookup([ours], result => Assert.IsType<LookupResult.Found>(result));
        AssertLookup([old], result => Assert.IsType<LookupResult.NotFound>(result));
    }

    [Fact]
    public void FindPublished_ForATextWithoutAnyLetter_IsInconclusive() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer().On(Page, Json(200, "[]"));
            await using var discord = api.Client();

            Assert.IsType<LookupResult.Inconclusive>(
                await discord.FindPublishedAsync(new ChannelId(1), "…!?", Since, CancellationToken.None)
            );
        });

    [Fact]
    public void FindPublished_InABusyChannel_ReadsFurtherPages() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            var busy = Enumerable
                .Range(0, 250)
                .Select(i => Message(VirtualTime.Begin - TimeSpan.FromMilliseconds(100 * i), 99, $"chat {i}"))
                .ToArray();
            busy[230] = Message(VirtualTime.Begin - TimeSpan.FromMilliseconds(23_000), 40, Text);
            Serve(api, busy);
            await using var discord = api.Client();

            Assert.IsType<LookupResult.Found>(
                await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None)
            );
            Assert.Equal(
                3,
                api.Requests.Count(request => request.Path.StartsWith("channels/1/messages", StringComparison.Ordinal))
            );
        });

    [Fact]
    public void FindPublished_InABusyChannel_StopsAtTheEarliestTime() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            Serve(
                api,
                [
                    .. Enumerable
                        .Range(0, 5_000)
                        .Select(i => Message(VirtualTime.Begin - TimeSpan.FromSeconds(i), 99, $"chat {i}")),
                ]
            );
            await using var discord = api.Client();

            Assert.IsType<LookupResult.NotFound>(
                await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None)
            );
            Assert.Equal(
                2,
                api.Requests.Count(request => request.Path.StartsWith("channels/1/messages", StringComparison.Ordinal))
            );
        });

    [Fact]
    public void FindPublished_InAnAllTooBusyChannel_IsInconclusive() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            Serve(
                api,
                [
                    .. Enumerable
                        .Range(0, 3_000)
                        .Select(i => Message(VirtualTime.Begin - TimeSpan.FromMilliseconds(i), 99, $"chat {i}")),
                ]
            );
            await using var discord = api.Client();

            Assert.Contains(
                "more than 1000 newer messages",
                Assert
                    .IsType<LookupResult.Inconclusive>(
                        await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None)
                    )
                    .Reason,
                StringComparison.Ordinal
            );
            Assert.Equal(
                10,
                api.Requests.Count(request => request.Path.Contains("messages", StringComparison.Ordinal))
            );
        });

    /// <summary>The server reports its time in whole seconds, so a tolerance of 2 s is used.</summary>
    [Theory]
    [InlineData(0, true, true)]
    [InlineData(-2000, true, true)]
    [InlineData(-2001, true, false)]
    [InlineData(0, false, true)]
    [InlineData(-1, false, false)]
    public void FindPublished_AtTheEdgeOfTheTime_GoesByTheServersClock(int milliseconds, bool tellsTime, bool found) =>
        Simulation.Run(async time =>
        {
            var page = new JsonArray(Message(Since + TimeSpan.FromMilliseconds(milliseconds), 40, Text));
            (string, string)[] date =
            [
                ("Date", (VirtualTime.Begin + TimeSpan.FromSeconds(1)).ToString("r", CultureInfo.InvariantCulture)),
            ];
            var api = new FakeApi(time).WithServer().On(Page, Json(200, page.ToJsonString(), tellsTime ? date : []));
            await using var discord = api.Client();
            // This reads the bot's user once.
            await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1) - time.Elapsed, time);

            var result = await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None);

            Assert.Equal(found, result is LookupResult.Found);
        });

    /// <summary>A full page whose last message has the earliest time of the post: the next page may contain
    /// it.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(-1, 1)]
    public void FindPublished_WithAFullPage_ReadsTheNextWhileTheLastMessageIsNotOlder(int milliseconds, int pages) =>
        Simulation.Run(async time =>
        {
            var last = Message(Since + TimeSpan.FromMilliseconds(milliseconds), 99, "last");
            var full = Enumerable.Range(0, 99).Select(i => Message(Ago(1), 99, $"chat {i}")).Append(last);
            var api = new FakeApi(time)
                .WithServer()
                .On(Page, Json(200, new JsonArray([.. full]).ToJsonString()))
                .On($"{Page}&before={last["id"]!.GetValue<string>()}", Json(200, "[]"));
            await using var discord = api.Client();

            Assert.IsType<LookupResult.NotFound>(
                await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None)
            );
            Assert.Equal(
                pages,
                api.Requests.Count(request => request.Path.StartsWith("channels/1/messages", StringComparison.Ordinal))
            );
        });

    [Theory]
    [InlineData(-300)] // the server's clock is slow: a new message appears to be five minutes old
    [InlineData(+300)]
    public void FindPublished_WhenTheServersClockDiffers_GoesByTheServers(int seconds) =>
        Simulation.Run(async time =>
        {
            var server = VirtualTime.Begin + TimeSpan.FromSeconds(seconds);
            var api = new FakeApi(time)
                .WithServer()
                .On(
                    Page,
                    Json(
                        200,
                        new JsonArray(Message(server - TimeSpan.FromSeconds(30), 40, Text)).ToJsonString(),
                        ("Date", server.ToString("r", CultureInfo.InvariantCulture))
                    )
                );
            await using var discord = api.Client();

            Assert.IsType<LookupResult.Found>(
                await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None)
            );
        });

    /// <summary>A message that cannot be compared may be the post, so "not found" would not be certain.</summary>
    [Theory]
    [InlineData("[null]")]
    [InlineData("""["\ud83d"]""")]
    [InlineData("[[]]")]
    [InlineData("[{}]")]
    [InlineData("""[{"id":"\ud83d","author":{"id":"40"},"content":""}]""")]
    [InlineData("""[{"id":"RECENT","author":null,"content":"x"}]""")]
    [InlineData("""[{"id":"RECENT","author":[],"content":"x"}]""")]
    [InlineData("""[{"id":"RECENT","author":{"id":"40"},"content":5}]""")]
    [InlineData("""[{"id":"RECENT","author":{"id":"40"},"content":"Revolution\ud83d"}]""")]
    [InlineData("""[{"id":-1,"author":{"id":"40"},"content":"x"}]""")]
    public void FindPublished_WithAnEntryThatCannotBeCompared_IsInconclusive(string body) =>
        AssertLookup(
            [],
            result => Assert.IsType<LookupResult.Inconclusive>(result),
            api => api.On(Page, Json(200, body.Replace("RECENT", Id(Ago(30)), StringComparison.Ordinal)))
        );

    /// <summary>Fields that a comparison does not need.</summary>
    [Fact]
    public void FindPublished_WithOtherFieldsThatCannotBeRead_FindsIt()
    {
        var message = Message(Ago(30), author: 40, Text);
        message["timestamp"] = "";
        message["author"]!["username"] = new JsonArray();
        message["interaction_metadata"] = 5;
        var other = Message(Ago(10), author: 99, "x");
        other["content"] = 1e300;

        AssertLookup([other, message], result => Assert.IsType<LookupResult.Found>(result));
    }

    /// <summary>A proxy, or a server with an unset clock. A date in the far future must not make every message appear
    /// too old: then the post would be sent again.</summary>
    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("yesterday")]
    public void FindPublished_WithADateThatCannotBe_FindsIt(string date) =>
        AssertLookup(
            [],
            result => Assert.IsType<LookupResult.Found>(result),
            api =>
            {
                var page = new JsonArray(Message(Ago(30), author: 40, Text));
                api.On(Page, Json(200, page.ToJsonString(), ("Date", date)));
            }
        );

    private static void AssertLookup(
        JsonObject[] messages,
        Action<LookupResult> check,
        Action<FakeApi>? before = null
    ) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer().On(Page, Json(200, new JsonArray([.. messages]).ToJsonString()));
            before?.Invoke(api);
            await using var discord = api.Client();

            check(await discord.FindPublishedAsync(new ChannelId(1), Text, Since, CancellationToken.None));
        });

    /// <summary>Serves pages of 100, newest first.</summary>
    private static void Serve(FakeApi api, JsonObject[] newestFirst)
    {
        api.On(Page, Json(200, Slice(0)));
        for (var i = 100; i < newestFirst.Length; i += 100)
        {
            api.On($"{Page}&before={newestFirst[i - 1]["id"]!.GetValue<string>()}", Json(200, Slice(i)));
        }

        string Slice(int start) =>
            new JsonArray([.. newestFirst.Skip(start).Take(100).Select(message => message.DeepClone())]).ToJsonString();
    }

    private static DateTimeOffset Ago(int seconds) => VirtualTime.Begin - TimeSpan.FromSeconds(seconds);

    private static string Id(DateTimeOffset at) => IdAt(at).ToString(CultureInfo.InvariantCulture);

    /// <summary>Source: Discord docs, Reference, Snowflakes.</summary>
    private static ulong IdAt(DateTimeOffset at) => (ulong)(at.ToUnixTimeMilliseconds() - 1_420_070_400_000) << 22;

    private static JsonObject Message(DateTimeOffset at, ulong author, string content) =>
        new()
        {
            ["id"] = Id(at),
            ["type"] = 0,
            ["author"] = new JsonObject
            {
                ["id"] = author.ToString(CultureInfo.InvariantCulture),
                ["username"] = "somebody",
            },
            ["content"] = content,
            ["embeds"] = new JsonArray(),
            ["timestamp"] = at.ToString("O", CultureInfo.InvariantCulture),
        };
}
