using System.Text.Json;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Source: Discord docs, Resources/Message.</summary>
public sealed class MessagesTests
{
    private const string Post = "POST channels/1/messages";
    private const string Text = "“Revolution implies violence.”\n— Victor Serge";

    private static readonly ChannelId Channel = new(1);
    private static readonly DiscordMessage Message = new() { Text = Text };
    private static readonly Picture Card = new("PNG"u8.ToArray(), 1200, 675, "A. Writer");

    [Fact]
    public void Send_AMessage_PostsItWithItsNonceAndWithoutMentions() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001","channel_id":"1"}"""));

                var outcome = await discord.SendAsync(
                    Channel,
                    Message,
                    "AAAAAAAAAAAAAAAAAAAAAAAA",
                    CancellationToken.None
                );

                Assert.Equal(new SendOutcome.Sent("9001", new Uri("https://discord.com/channels/7/1/9001")), outcome);
                Assert.Equal(Text, Posted(api).GetProperty("content").GetString());
                Assert.Equal("AAAAAAAAAAAAAAAAAAAAAAAA", Posted(api).GetProperty("nonce").GetString());
                Assert.True(Posted(api).GetProperty("enforce_nonce").GetBoolean());
                Assert.Equal("""{"parse":[]}""", Posted(api).GetProperty("allowed_mentions").GetRawText());
                Assert.Equal(4, Posted(api).GetProperty("flags").GetInt32());
            }
        );

    [Fact]
    public void Send_WithAMentionedRole_AllowsExactlyThatOne() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));

                var message = Message with { Text = "<@&7> @everyone <@8>", MentionedRole = 7 };
                await discord.SendAsync(Channel, message, "k", CancellationToken.None);

                Assert.Equal(
                    """{"parse":[],"roles":["7"]}""",
                    Posted(api).GetProperty("allowed_mentions").GetRawText()
                );
            }
        );

    /// <summary>Source: Discord docs, Topics/Opcodes and Status Codes, JSON Error Codes: 160004, 40033.</summary>
    [Theory]
    [InlineData(201, """{"id":"9001","type":11}""", "Sent")]
    [InlineData(400, """{"code":160004,"message":"A thread has already been created for this message"}""", "Sent")]
    [InlineData(400, """{"code":40033,"message":"This message has already been crossposted"}""", "Refused")]
    [InlineData(403, """{"code":50013,"message":"Missing Permissions"}""", "Refused")]
    [InlineData(404, """{"code":10008,"message":"Unknown Message"}""", "Refused")]
    public void StartThread_ThatExistsAlready_CountsAsDone(int status, string body, string outcome) =>
        With(
            async (api, discord) =>
            {
                api.On("POST channels/1/messages/9001/threads", Json(status, body));

                var answer = await discord.StartThreadAsync(Channel, "9001", "1 February", CancellationToken.None);

                Assert.Equal(outcome, answer.GetType().Name);
                var asked = api.Requests.Last(request => request.Method == "POST").Json;
                Assert.Equal("""{"name":"1 February","auto_archive_duration":1440}""", asked.GetRawText());
            }
        );

    [Theory]
    [InlineData(200, """{"id":"9001","flags":1}""", "Sent")]
    [InlineData(400, """{"code":40033,"message":"This message has already been crossposted"}""", "Sent")]
    [InlineData(400, """{"code":160004,"message":"A thread has already been created for this message"}""", "Refused")]
    [InlineData(400, """{"code":50024,"message":"Cannot execute action on this channel type"}""", "Refused")]
    public void Crosspost_OfWhatIsPublishedAlready_CountsAsDone(int status, string body, string outcome) =>
        With(
            async (api, discord) =>
            {
                api.On("POST channels/1/messages/9001/crosspost", Json(status, body));

                var answer = await discord.CrosspostAsync(Channel, "9001", CancellationToken.None);

                Assert.Equal(outcome, answer.GetType().Name);
            }
        );

    [Fact]
    public void Send_WithButtons_PutsThemInARow() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));

                var message = Message with { Buttons = [new("Another", "another:1")], SuppressEmbeds = false };
                await discord.SendAsync(Channel, message, "k", CancellationToken.None);

                Assert.Equal(0, Posted(api).GetProperty("flags").GetInt32());
                var row = Posted(api).GetProperty("components")[0];
                Assert.Equal(1, row.GetProperty("type").GetInt32());
                var button = row.GetProperty("components")[0];
                Assert.Equal(
                    (2, "Another", "another:1"),
                    (
                        button.GetProperty("type").GetInt32(),
                        button.GetProperty("label").GetString(),
                        button.GetProperty("custom_id").GetString()
                    )
                );
                Assert.Equal(2, button.GetProperty("style").GetInt32()); // grey
            }
        );

    [Fact]
    public void Send_WithAPicture_IsAFormWithTheMessageAndTheFile() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));

                await discord.SendAsync(Channel, Message with { Picture = Card }, "k", CancellationToken.None);

                var form = ReadForm(api.Requests.Single(request => request.Line == Post));
                Assert.StartsWith(
                    "Content-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n",
                    form[0],
                    StringComparison.Ordinal
                );
                Assert.Equal(
                    "Content-Disposition: form-data; name=\"files[0]\"; filename=\"card.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\nPNG",
                    form[1]
                );
                using var json = JsonDocument.Parse(form[0].Split("\r\n\r\n")[1]);
                Assert.Equal(Text, json.RootElement.GetProperty("content").GetString());
                Assert.Equal("k", json.RootElement.GetProperty("nonce").GetString());
                Assert.True(json.RootElement.GetProperty("enforce_nonce").GetBoolean());
                AssertJson(
                    """[{"id":0,"filename":"card.png","description":"A. Writer"}]""",
                    json.RootElement.GetProperty("attachments")
                );
            }
        );

    /// <summary>Discord hides a file because of its name alone.</summary>
    [Fact]
    public void Send_WithAHiddenPicture_NamesTheFileAsASpoilerInBothParts() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));
                var message = Message with { Picture = Card with { IsHidden = true } };

                await discord.SendAsync(Channel, message, "k", CancellationToken.None);

                var form = ReadForm(api.Requests.Single(request => request.Line == Post));
                Assert.Contains("filename=\"SPOILER_card.png\"", form[1], StringComparison.Ordinal);
                using var json = JsonDocument.Parse(form[0].Split("\r\n\r\n")[1]);
                AssertJson(
                    """[{"id":0,"filename":"SPOILER_card.png","description":"A. Writer"}]""",
                    json.RootElement.GetProperty("attachments")
                );
            }
        );

    [Fact]
    public void Send_WithAPicture_IsNotRepeatedAfterALostResponse() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Hangs());

                var outcome = await discord.SendAsync(
                    Channel,
                    Message with
                    {
                        Picture = Card,
                    },
                    "k",
                    CancellationToken.None
                );

                Assert.IsType<SendOutcome.Unknown>(outcome);
                Assert.Single(api.Requests, request => request.Line == Post);
            }
        );

    /// <summary>The order of fields has no meaning.</summary>
    private static void AssertJson(string expected, JsonElement actual)
    {
        using var json = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(json.RootElement, actual), actual.GetRawText());
    }

    [Theory]
    [InlineData(true, """[{"description":"A. Writer","id":0,"filename":"card.png"}]""")]
    [InlineData(false, "[]")]
    public void Edit_ReplacesOrRemovesThePicture(bool hasPicture, string attachments) =>
        With(
            async (api, discord) =>
            {
                const string Edit = "PATCH channels/1/messages/9001";
                api.On(Edit, Json(200, """{"id":"9001"}"""));
                var message = Message with { Picture = hasPicture ? Card : null };

                await discord.EditAsync(Channel, "9001", message, CancellationToken.None);

                var request = api.Requests.Single(request => request.Line == Edit);
                var body = hasPicture ? ReadForm(request)[0].Split("\r\n\r\n")[1] : request.Body!;
                using var json = JsonDocument.Parse(body);
                AssertJson(attachments, json.RootElement.GetProperty("attachments"));
            }
        );

    [Fact]
    public void Send_InADirectMessage_LinksThere() =>
        With(
            async (api, discord) =>
            {
                api.On("GET channels/1", Json(200, """{"id":"1","type":1,"recipients":[]}"""))
                    .On(Post, Json(200, """{"id":"9001"}"""));

                Assert.Equal(
                    new SendOutcome.Sent("9001", new Uri("https://discord.com/channels/@me/1/9001")),
                    await SendAsync(discord)
                );
            }
        );

    [Theory]
    [InlineData("https://discord.com/api/v10/", "https://discord.com/channels/7/1/9001")]
    [InlineData("https://canary.discord.com/api/v10/", "https://canary.discord.com/channels/7/1/9001")]
    [InlineData("http://127.0.0.1:5080/discord/api/v10/", null)] // another server, whose web client is unknown
    [InlineData("https://discord.com:8443/api/v10/", null)]
    [InlineData("https://discord.com.example/api/v10/", null)]
    [InlineData("https://notdiscord.com/api/v10/", null)]
    public void Send_ToSomeAddress_LinksToThePagesOfThatAddressOrNowhere(string address, string? link) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time, address).WithServer().On(Post, Json(200, """{"id":"9001"}"""));
            await using var discord = api.Client();

            Assert.Equal(new SendOutcome.Sent("9001", link is null ? null : new Uri(link)), await SendAsync(discord));
            // Data that is not needed is not requested.
            Assert.Equal(link is null ? 1 : 2, api.Requests.Count);
        });

    [Fact]
    public void Send_Twice_AsksForTheChannelOnce() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));

                await SendAsync(discord);
                await SendAsync(discord);

                Assert.Single(api.Requests, request => request.Line == "GET channels/1");
            }
        );

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public void Send_WhenTheChannelCannotBeRead_SendsAnywayWithoutALink(int status) =>
        With(
            async (api, discord) =>
            {
                api.On("GET channels/1", Error(status, 0, "no")).On(Post, Json(200, """{"id":"9001"}"""));

                Assert.Equal(new SendOutcome.Sent("9001", null), await SendAsync(discord));
            }
        );

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":"nine"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("<html>hello</html>")]
    public void Send_AcceptedWithoutAnId_IsUnknown(string body) =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, body));

                Assert.IsType<SendOutcome.Unknown>(await SendAsync(discord));
            }
        );

    [Fact]
    public void Send_WhenTheResponseIsLost_IsUnknownAndNotSentAgain() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Lost(), Json(200, """{"id":"9001"}"""));

                Assert.IsType<SendOutcome.Unknown>(await SendAsync(discord));
                Assert.Single(api.Requests, request => request.Line == Post);
            }
        );

    [Fact]
    public void Send_WhenTheServerFails_IsUnknownAndNotSentAgain() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Page(502, "<html>Bad gateway</html>"), Json(200, """{"id":"9001"}"""));

                Assert.IsType<SendOutcome.Unknown>(await SendAsync(discord));
                Assert.Single(api.Requests, request => request.Line == Post);
            }
        );

    [Fact]
    public void Send_WithoutAServer_IsUnavailable() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Unreachable());

                Assert.IsType<SendOutcome.Unavailable>(await SendAsync(discord));
            }
        );

    [Fact]
    public void Send_WhenLimitedForLong_StatesUntilWhen() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, RateLimited(600));

                var later = Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(discord));

                Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(600), later.Until, TimeSpan.FromSeconds(1));
            }
        );

    [Fact]
    public void Send_WhenTheMessageOfThatKeyIsDeletedSince_WasSent() =>
        With(
            async (api, discord) =>
            {
                // Source: staff in discord-api-docs, pull request 6647.
                api.On(Post, Error(404, 10008, "Unknown Message"));

                Assert.Equal(new SendOutcome.Sent(null, null), await SendAsync(discord));
            }
        );

    [Fact]
    public void Send_CancelledAfterTheFirstByte_IsUnknown() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer().On(Post, Hangs());
            await using var discord = api.Client();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);

            Assert.IsType<SendOutcome.Unknown>(await discord.SendAsync(Channel, Message, "k", stop.Token));
        });

    [Fact]
    public void Send_CancelledBeforehand_IsUnavailable() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));
                using var stop = new CancellationTokenSource();
                stop.Cancel();

                Assert.IsType<SendOutcome.Unavailable>(await discord.SendAsync(Channel, Message, "k", stop.Token));
                Assert.DoesNotContain(api.Requests, request => request.Line == Post);
            }
        );

    [Theory]
    [InlineData("x", 2000, true)]
    [InlineData("x", 2001, false)]
    [InlineData("😀", 2000, true)] // two UTF-16 units each, one code point
    [InlineData("😀", 2001, false)]
    [InlineData("e\u0301", 1000, true)] // a letter and an accent: two
    [InlineData("e\u0301", 1001, false)]
    [InlineData("x", 0, false)]
    public void Send_ByLength_CountsCodePoints(string unit, int times, bool fits) =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));

                var message = new DiscordMessage { Text = string.Concat(Enumerable.Repeat(unit, times)) };
                var outcome = await discord.SendAsync(Channel, message, "k", CancellationToken.None);

                Assert.Equal(fits, outcome is SendOutcome.Sent);
                Assert.Equal(fits ? 1 : 0, api.Requests.Count(request => request.Line == Post));
                Assert.True(fits || outcome is SendOutcome.Refused(Refusal.Payload, _));
            }
        );

    /// <summary>Every way to send text has the same limit, to the character.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    [InlineData(0, false)]
    public void Text_OfExactlyTheLimit_GoesThroughEverywhere(int length, bool fits) =>
        With(
            async (api, discord) =>
            {
                const string Callback = "POST interactions/5/t/callback";
                const string Original = "PATCH webhooks/41/t/messages/@original";
                api.On(Post, Json(200, """{"id":"9001"}"""))
                    .On("PATCH channels/1/messages/9001", Json(200, """{"id":"9001"}"""))
                    .On(Callback, Nothing(204))
                    .On(Original, Json(200, """{"id":"9001"}"""));
                var message = new DiscordMessage { Text = new string('x', length) };
                var (answered, deferred) = (Command(), Command());
                await discord.RespondAsync(deferred, new Reply.Deferred(), CancellationToken.None);
                api.Requests.Clear();

                SendOutcome[] outcomes =
                [
                    await discord.SendAsync(Channel, message, "k", CancellationToken.None),
                    await discord.EditAsync(Channel, "9001", message, CancellationToken.None),
                    await discord.RespondAsync(answered, new Reply.Message(message), CancellationToken.None),
                    await discord.RespondAsync(answered, new Reply.Update(message), CancellationToken.None),
                    await discord.RespondAsync(deferred, new Reply.Message(message), CancellationToken.None),
                ];

                Assert.All(
                    outcomes,
                    outcome =>
                        Assert.True(
                            fits ? outcome is SendOutcome.Sent : outcome is SendOutcome.Refused(Refusal.Payload, _)
                        )
                );
                Assert.Equal(fits ? 5 : 0, api.Requests.Count(request => request.Method != "GET"));
            }
        );

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public void Send_WithAKeyOfAnyAllowedLength_SendsIt(int length) =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(200, """{"id":"9001"}"""));

                await discord.SendAsync(Channel, Message, new string('k', length), CancellationToken.None);

                Assert.Equal(new string('k', length), Posted(api).GetProperty("nonce").GetString());
            }
        );

    [Fact]
    public void Send_WhenTheChannelDoesNotAnswer_WaitsTwoSecondsForTheLinkAtMost() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time)
                .WithServer()
                .On("GET channels/1", Hangs())
                .On(Post, Json(200, """{"id":"9001"}"""));
            await using var discord = api.Client();

            Assert.Equal(new SendOutcome.Sent("9001", null), await SendAsync(discord));
            Assert.Equal(TimeSpan.FromSeconds(2), time.Elapsed);
        });

    [Fact]
    public void Server_OfMoreChannelsThanAreRemembered_IsReadAgain() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            for (ulong channel = 1; channel <= 3; channel++)
            {
                api.WithServer(channel);
            }

            using var rest = api.Rest();
            var timeout = TimeSpan.FromSeconds(30);
            var channels = new Channels(rest, new CurrentApplication(rest, timeout), timeout, time, capacity: 2);

            foreach (var channel in new ulong[] { 1, 2, 1, 2, 3, 3, 2, 3 })
            {
                Assert.Equal("7", await channels.GetGuildSegmentAsync(new ChannelId(channel), CancellationToken.None));
            }

            // The third entry clears the table.
            Assert.Equal(
                ["channels/1", "channels/2", "channels/3", "channels/2"],
                api.Requests.Select(request => request.Path)
            );
        });

    [Theory]
    [InlineData(175928847299117063, "2016-04-30T11:18:25.7960000+00:00")] // Source: Discord docs, Reference, Snowflakes
    [InlineData(0, "2015-01-01T00:00:00.0000000+00:00")]
    public void FromId_AnId_IsWhenItWasMade(ulong id, string expected) =>
        Assert.Equal(
            expected,
            SnowflakeTime.FromId(id).ToString("O", System.Globalization.CultureInfo.InvariantCulture)
        );

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Send_WithAKeyThatIsNone_Throws(string key) =>
        With(
            async (_, discord) =>
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    discord.SendAsync(Channel, Message, key, CancellationToken.None)
                )
        );

    [Fact]
    public void Edit_AMessage_PatchesItWithoutMentions() =>
        With(
            async (api, discord) =>
            {
                api.On("PATCH channels/1/messages/9001", Json(200, """{"id":"9001"}"""));

                var outcome = await discord.EditAsync(Channel, "9001", Message, CancellationToken.None);

                Assert.Equal(new SendOutcome.Sent("9001", new Uri("https://discord.com/channels/7/1/9001")), outcome);
                var body = api.Requests.Single(request => request.Method == "PATCH").Json;
                Assert.Equal(Text, body.GetProperty("content").GetString());
                Assert.Equal("""{"parse":[]}""", body.GetProperty("allowed_mentions").GetRawText());
                Assert.False(body.TryGetProperty("nonce", out _));
                // The existing buttons are removed.
                Assert.Equal(0, body.GetProperty("components").GetArrayLength());
            }
        );

    [Theory]
    [InlineData(204, 0, "Sent")]
    [InlineData(404, 10008, "Sent")] // deleted already
    [InlineData(404, 10003, "Refused")]
    [InlineData(403, 50013, "Refused")]
    [InlineData(502, 0, "Unknown")]
    public void Delete_Ends(int status, int code, string expected) =>
        With(
            async (api, discord) =>
            {
                api.On("DELETE channels/1/messages/9001", status == 204 ? Nothing(204) : Error(status, code, "words"));

                Assert.Equal(
                    expected,
                    (await discord.DeleteAsync(Channel, "9001", CancellationToken.None)).GetType().Name
                );
            }
        );

    /// <summary>A page with status 200 is not a confirmation.</summary>
    [Fact]
    public void AnyWrite_APageWithStatus200_DecidesNothing() =>
        With(
            async (api, discord) =>
            {
                const string Path = "channels/1/messages/9001";
                api.On(Post, Page(200, "<html>Sign in</html>"));
                api.On($"PATCH {Path}", Page(200, "<html>Sign in</html>"));
                api.On($"DELETE {Path}", Page(200, "<html>Sign in</html>"));

                SendOutcome[] outcomes =
                [
                    await discord.SendAsync(Channel, Message, "k", CancellationToken.None),
                    await discord.EditAsync(Channel, "9001", Message, CancellationToken.None),
                    await discord.DeleteAsync(Channel, "9001", CancellationToken.None),
                ];

                Assert.All(
                    outcomes,
                    outcome =>
                        Assert.Contains(
                            "something between the bot and Discord answered",
                            Assert.IsType<SendOutcome.Unknown>(outcome).Reason,
                            StringComparison.Ordinal
                        )
                );
            }
        );

    [Fact]
    public void EditAndDelete_OfWhatIsNoId_Throw() =>
        With(
            async (_, discord) =>
            {
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    discord.EditAsync(Channel, "../x", Message, CancellationToken.None)
                );
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    discord.DeleteAsync(Channel, "last", CancellationToken.None)
                );
            }
        );

    [Fact]
    public void Send_WhenTheDeadlinePassesDuringARateLimit_IsUnavailable() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer().On(Post, RateLimited(2), Json(200, """{"id":"9001"}"""));
            await using var discord = api.Client();
            SendDeadline deadline = new(time, TimeSpan.FromSeconds(1));

            var outcome = await discord.SendAsync(Channel, Message, "k", deadline, CancellationToken.None);

            var unavailable = Assert.IsType<SendOutcome.Unavailable>(outcome);
            Assert.StartsWith("Not sent:", unavailable.Reason, StringComparison.Ordinal);
        });

    private static Interaction.Command Command() =>
        new()
        {
            Id = new InteractionId(5),
            Name = "quote",
            Handle = new InteractionHandle(5, 41, "t"),
        };

    private static Task<SendOutcome> SendAsync(DiscordClient discord) =>
        discord.SendAsync(Channel, Message, "the-key", CancellationToken.None);

    private static JsonElement Posted(FakeApi api) => api.Requests.Single(request => request.Line == Post).Json;

    private static void With(Func<FakeApi, DiscordClient, Task> test) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            await using var discord = api.Client();
            await test(api, discord);
        });

    /// <summary>The parts of a form, each with its headers.</summary>
    private static string[] ReadForm(Seen request)
    {
        var boundary = request.ContentType!.Split("boundary=")[1];
        var parts = $"\r\n{request.Body}".Split($"\r\n--{boundary}");
        Assert.Equal("--\r\n", parts[^1]);
        return [.. parts[1..^1].Select(part => part["\r\n".Length..])];
    }
}
