using System.Text;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Source: Discord docs, Interactions/Receiving and Responding.</summary>
public sealed class InteractionRepliesTests
{
    private const string Callback = "POST interactions/500/secret-token/callback";
    private const string Original = "PATCH webhooks/41/secret-token/messages/@original";

    private const string FollowUp = "POST webhooks/41/secret-token";

    private static readonly Reply Hello = new Reply.Message(new DiscordMessage { Text = "hello" });

    private static readonly Reply Next = new Reply.Update(new DiscordMessage { Text = "next" });

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 68)]
    public void Respond_WithAMessage_CallsBack(bool ephemeral, int flags) =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204));

                var reply = new Reply.Message(new DiscordMessage { Text = "hello" }, ephemeral);
                var outcome = await discord.RespondAsync(Interaction(), reply, CancellationToken.None);

                Assert.Equal(new SendOutcome.Sent(null, null), outcome);
                var body = Assert.Single(api.Requests).Json;
                Assert.Equal(4, body.GetProperty("type").GetInt32());
                Assert.Equal("hello", body.GetProperty("data").GetProperty("content").GetString());
                Assert.Equal(flags, body.GetProperty("data").GetProperty("flags").GetInt32());
                Assert.Equal("""{"parse":[]}""", body.GetProperty("data").GetProperty("allowed_mentions").GetRawText());
            }
        );

    [Fact]
    public void Respond_WithAnUpdate_ReplacesTheMessage() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204));

                await discord.RespondAsync(
                    Interaction(),
                    new Reply.Update(new DiscordMessage { Text = "now this" }),
                    CancellationToken.None
                );

                var body = Assert.Single(api.Requests).Json;
                Assert.Equal(7, body.GetProperty("type").GetInt32());
                Assert.Equal("now this", body.GetProperty("data").GetProperty("content").GetString());
            }
        );

    [Fact]
    public void Respond_WithSuggestions_ListsThem() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204));

                var reply = new Reply.Suggestions([new("Révolution", "revolution"), new("War", "war")]);
                await discord.RespondAsync(Interaction(), reply, CancellationToken.None);

                var body = Assert.Single(api.Requests).Json;
                Assert.Equal(8, body.GetProperty("type").GetInt32());
                var choices = body.GetProperty("data").GetProperty("choices").EnumerateArray().ToArray();
                Assert.Equal(["Révolution", "War"], choices.Select(choice => choice.GetProperty("name").GetString()));
                Assert.Equal(["revolution", "war"], choices.Select(choice => choice.GetProperty("value").GetString()));
                Assert.Single(body.GetProperty("data").EnumerateObject());
            }
        );

    [Fact]
    public void Respond_WithNoSuggestion_ReportsIt() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204));

                await discord.RespondAsync(Interaction(), new Reply.Suggestions([]), CancellationToken.None);

                Assert.Equal("""{"choices":[]}""", Assert.Single(api.Requests).Json.GetProperty("data").GetRawText());
            }
        );

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 64)]
    public void Respond_AfterDeferring_ReplacesTheDeferral(bool ephemeral, int flags) =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204)).On(Original, Json(200, """{"id":"9001"}"""));
                var interaction = Interaction();

                Assert.IsType<SendOutcome.Sent>(
                    await discord.RespondAsync(interaction, new Reply.Deferred(ephemeral), CancellationToken.None)
                );
                Assert.Equal(
                    new SendOutcome.Sent("9001", null),
                    await discord.RespondAsync(interaction, Hello, CancellationToken.None)
                );

                Assert.Equal(5, api.Requests[0].Json.GetProperty("type").GetInt32());
                Assert.Equal($$"""{"flags":{{flags}}}""", api.Requests[0].Json.GetProperty("data").GetRawText());
                Assert.Equal(Original, api.Requests[1].Line);
                Assert.Equal("hello", api.Requests[1].Json.GetProperty("content").GetString());
                Assert.Null(api.Requests[1].Authorization);
            }
        );

    /// <summary>Type 6 shows nothing, and <c>@original</c> is the message with the button.</summary>
    [Fact]
    public void Respond_AfterADeferredUpdate_ReplacesTheMessageWithTheButton() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204)).On(Original, Json(200, """{"id":"9001"}"""));
                var interaction = Interaction();

                await discord.RespondAsync(interaction, new Reply.DeferredUpdate(), CancellationToken.None);
                var outcome = await discord.RespondAsync(interaction, Next, CancellationToken.None);

                Assert.Equal(new SendOutcome.Sent("9001", null), outcome);
                Assert.Equal("""{"type":6}""", api.Requests[0].Json.GetRawText());
                Assert.Equal([Callback, Original], api.Requests.Select(request => request.Line));
                Assert.Equal("next", api.Requests[1].Json.GetProperty("content").GetString());
                Assert.Equal("[]", api.Requests[1].Json.GetProperty("attachments").GetRawText());
            }
        );

    /// <summary>Such as a button that no longer works, or an error: the message with the button stays.</summary>
    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 68)]
    public void Respond_WithAMessageAfterADeferredUpdate_PostsANewOne(bool ephemeral, int flags) =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204)).On(FollowUp, Json(200, """{"id":"9002"}"""));
                var interaction = Interaction();
                var sorry = new Reply.Message(new DiscordMessage { Text = "sorry" }, ephemeral);

                await discord.RespondAsync(interaction, new Reply.DeferredUpdate(), CancellationToken.None);
                var outcome = await discord.RespondAsync(interaction, sorry, CancellationToken.None);

                Assert.Equal(new SendOutcome.Sent("9002", null), outcome);
                Assert.Equal([Callback, FollowUp], api.Requests.Select(request => request.Line));
                Assert.Equal("sorry", api.Requests[1].Json.GetProperty("content").GetString());
                Assert.Equal(flags, api.Requests[1].Json.GetProperty("flags").GetInt32());
                Assert.Null(api.Requests[1].Authorization);
            }
        );

    /// <summary>Unlike an edit it is not repeated: a follow-up has no idempotency key, so there could be two.</summary>
    [Fact]
    public void Respond_WithAMessageAfterADeferredUpdate_WhoseResponseIsLost_IsNotRepeated() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204)).On(FollowUp, Lost());
                var interaction = Interaction();

                await discord.RespondAsync(interaction, new Reply.DeferredUpdate(), CancellationToken.None);
                var outcome = await discord.RespondAsync(interaction, Hello, CancellationToken.None);

                Assert.IsType<SendOutcome.Unknown>(outcome);
                Assert.Equal([Callback, FollowUp], api.Requests.Select(request => request.Line));
            }
        );

    [Fact]
    public void Respond_AfterALostDeferralOfAnUpdate_FindsOutWhetherItArrived() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Hangs(), Hangs(), Error(400, 40060, "Interaction has already been acknowledged."))
                    .On(Original, Json(200, """{"id":"9001"}"""));
                var interaction = Interaction();

                Assert.IsType<SendOutcome.Unknown>(
                    await discord.RespondAsync(interaction, new Reply.DeferredUpdate(), CancellationToken.None)
                );
                Assert.IsType<SendOutcome.Sent>(await discord.RespondAsync(interaction, Next, CancellationToken.None));

                Assert.Equal([Callback, Callback, Callback, Original], api.Requests.Select(request => request.Line));
            }
        );

    [Fact]
    public void Respond_AfterDeferring_WhenTheInteractionDoesNotNameTheApplication_AsksForIt() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204))
                    .On(Original, Json(200, "{}"))
                    .On("GET applications/@me", Json(200, """{"id":"41"}"""));
                var interaction = Interaction(application: null);

                await discord.RespondAsync(interaction, new Reply.Deferred(), CancellationToken.None);

                Assert.IsType<SendOutcome.Sent>(await discord.RespondAsync(interaction, Hello, CancellationToken.None));
            }
        );

    [Fact]
    public void Respond_AfterALostDeferral_FindsOutWhetherItArrived() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Hangs(), Hangs(), Error(400, 40060, "Interaction has already been acknowledged."))
                    .On(Original, Json(200, """{"id":"9001"}"""));
                var interaction = Interaction();

                Assert.IsType<SendOutcome.Unknown>(
                    await discord.RespondAsync(interaction, new Reply.Deferred(), CancellationToken.None)
                );
                Assert.IsType<SendOutcome.Sent>(await discord.RespondAsync(interaction, Hello, CancellationToken.None));

                Assert.Equal([Callback, Callback, Callback, Original], api.Requests.Select(request => request.Line));
            }
        );

    /// <summary>Each row: whether Discord refuses the last attempt of the reply, which the deferral may have
    /// caused.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Respond_AfterALostDeferral_WhenTheReplyIsLostToo_EditsTheOriginal(bool isRefused) =>
        With(
            async (api, discord) =>
            {
                var last = isRefused ? Error(400, 40060, "Interaction has already been acknowledged.") : Hangs();
                api.On(Callback, Hangs(), Hangs(), Hangs(), last).On(Original, Json(200, """{"id":"9001"}"""));
                var interaction = Interaction();

                await discord.RespondAsync(interaction, new Reply.Deferred(), CancellationToken.None);
                var outcome = await discord.RespondAsync(interaction, Hello, CancellationToken.None);

                Assert.Equal(new SendOutcome.Sent("9001", null), outcome);
                Assert.Equal(
                    [Callback, Callback, Callback, Callback, Original],
                    api.Requests.Select(request => request.Line)
                );
            }
        );

    [Fact]
    public void Respond_AfterALostDeferral_WhenTheReplyCannotBeSent_EditsTheOriginal() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Hangs(), Hangs(), Unreachable()).On(Original, Json(200, """{"id":"9001"}"""));
                var interaction = Interaction();

                await discord.RespondAsync(interaction, new Reply.Deferred(), CancellationToken.None);
                var outcome = await discord.RespondAsync(interaction, Hello, CancellationToken.None);

                Assert.Equal(new SendOutcome.Sent("9001", null), outcome);
            }
        );

    /// <summary>A follow-up could be a second message.</summary>
    [Fact]
    public void Respond_WithAMessageAfterALostDeferralOfAnUpdate_WhenItIsLostToo_PostsNoOther() =>
        With(
            async (api, discord) =>
            {
                var answered = Error(400, 40060, "Interaction has already been acknowledged.");
                api.On(Callback, Hangs(), Hangs(), Hangs(), answered).On(FollowUp, Json(200, """{"id":"9002"}"""));
                var interaction = Interaction();

                await discord.RespondAsync(interaction, new Reply.DeferredUpdate(), CancellationToken.None);
                var outcome = await discord.RespondAsync(interaction, Hello, CancellationToken.None);

                Assert.Equal(new SendOutcome.Sent(null, null), outcome);
                Assert.Equal([Callback, Callback, Callback, Callback], api.Requests.Select(request => request.Line));
            }
        );

    [Fact]
    public void Respond_WithADeferralWhoseResponseIsLost_KeepsItAnyway() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Lost(), Error(400, 40060, "Interaction has already been acknowledged."))
                    .On(Original, Json(200, """{"id":"9001"}"""));
                var interaction = Interaction();

                Assert.IsType<SendOutcome.Sent>(
                    await discord.RespondAsync(interaction, new Reply.Deferred(Ephemeral: true), CancellationToken.None)
                );
                Assert.Equal(
                    new SendOutcome.Sent("9001", null),
                    await discord.RespondAsync(interaction, Hello, CancellationToken.None)
                );

                Assert.Equal([Callback, Callback, Original], api.Requests.Select(request => request.Line));
            }
        );

    [Fact]
    public void Respond_WhenTheAnswerToItIsLost_RepeatsItOnce() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Lost(), Error(400, 40060, "Interaction has already been acknowledged."));

                var outcome = await discord.RespondAsync(Interaction(), Hello, CancellationToken.None);

                // The first attempt was executed.
                Assert.Equal(new SendOutcome.Sent(null, null), outcome);
                Assert.Equal(2, api.Requests.Count);
            }
        );

    [Fact]
    public void Respond_WhenAnotherWorkerHasAnswered_ReportsIt() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Error(400, 40060, "Interaction has already been acknowledged."));

                var outcome = await discord.RespondAsync(Interaction(), Hello, CancellationToken.None);

                Assert.Equal(Refusal.AlreadyAnswered, Assert.IsType<SendOutcome.Refused>(outcome).Kind);
            }
        );

    [Fact]
    public void Respond_OverADeadConnection_HasTimeForAnother() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, Hangs(), Nothing(204));
            await using var discord = api.Client();

            Assert.Equal(
                new SendOutcome.Sent(null, null),
                await discord.RespondAsync(Interaction(), Hello, CancellationToken.None)
            );
            Assert.InRange(time.Elapsed.TotalSeconds, 1, 2);
        });

    [Fact]
    public void Respond_WhileEverythingElseFails_IsTriedAnyway() =>
        With(
            async (api, discord) =>
            {
                api.On("POST channels/1/messages", Page(500, "<html/>"))
                    .On(Callback, Nothing(204))
                    .On(Original, Json(200, """{"id":"9001"}"""));
                SendOutcome posted = new SendOutcome.Sent(null, null);
                for (var i = 0; i < 30; i++)
                {
                    posted = await discord.SendAsync(
                        new ChannelId(1),
                        new DiscordMessage { Text = "x" },
                        $"k{i}",
                        CancellationToken.None
                    );
                }

                Assert.Contains(
                    "circuit breaker",
                    Assert.IsType<SendOutcome.Unavailable>(posted).Reason,
                    StringComparison.Ordinal
                );
                var interaction = Interaction();
                Assert.IsType<SendOutcome.Sent>(
                    await discord.RespondAsync(interaction, new Reply.Deferred(), CancellationToken.None)
                );
                Assert.IsType<SendOutcome.Sent>(await discord.RespondAsync(interaction, Hello, CancellationToken.None));
            }
        );

    [Fact]
    public void Respond_WhileAnswersFail_IsTriedEachTime() =>
        With(
            async (api, discord) =>
            {
                for (ulong i = 500; i < 550; i++)
                {
                    api.On(
                        $"POST interactions/{i}/secret-token/callback",
                        i < 549 ? Page(500, "<html/>") : Nothing(204)
                    );
                    await discord.RespondAsync(Interaction(i), Hello, CancellationToken.None);
                }

                Assert.Equal(50, api.Requests.Select(request => request.Path).Distinct().Count());
            }
        );

    [Fact]
    public void Respond_TooLate_IsGone() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Error(404, 10062, "Unknown interaction"));

                Assert.Equal(
                    Refusal.Gone,
                    Assert
                        .IsType<SendOutcome.Refused>(
                            await discord.RespondAsync(Interaction(), Hello, CancellationToken.None)
                        )
                        .Kind
                );
                Assert.Single(api.Requests);
            }
        );

    [Fact]
    public void Respond_WhenNothingComesBack_EndsAfterTwoSeconds() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, Hangs());
            await using var discord = api.Client();

            Assert.IsType<SendOutcome.Unknown>(
                await discord.RespondAsync(Interaction(), Hello, CancellationToken.None)
            );
            Assert.Equal(TimeSpan.FromSeconds(2), time.Elapsed);
        });

    [Fact]
    public void Respond_WhenLimitedForLongerThanTheDeadline_DoesNotWait() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, RateLimited(10));
            await using var discord = api.Client();

            Assert.IsType<SendOutcome.RetryAfter>(
                await discord.RespondAsync(Interaction(), Hello, CancellationToken.None)
            );
            Assert.Equal(TimeSpan.Zero, time.Elapsed);
        });

    [Fact]
    public void Respond_ToManyAtOnce_HoldsNoneUp() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            for (ulong i = 500; i < 700; i++)
            {
                api.On(
                    $"POST interactions/{i}/secret-token/callback",
                    api.After(TimeSpan.FromSeconds(0.9), Nothing(204))
                );
            }

            await using var discord = api.Client();
            var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(500, 200)
                    .Select(i => discord.RespondAsync(Interaction((ulong)i), Hello, CancellationToken.None))
            );

            Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Sent>(outcome));
            Assert.Equal(TimeSpan.FromSeconds(0.9), time.Elapsed);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(2001)]
    public void Respond_WithAMessageThatDoesNotFit_IsRefusedHere(int length) =>
        With(
            async (api, discord) =>
            {
                var reply = new Reply.Message(new DiscordMessage { Text = new string('x', length) });
                var outcome = await discord.RespondAsync(Interaction(), reply, CancellationToken.None);

                Assert.Equal(Refusal.Payload, Assert.IsType<SendOutcome.Refused>(outcome).Kind);
                Assert.Empty(api.Requests);
            }
        );

    [Fact]
    public void Respond_ToAnInteractionOfAnotherClient_Throws() =>
        With(
            async (_, discord) =>
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    discord.RespondAsync(
                        new Interaction.Command
                        {
                            Id = new InteractionId(1),
                            Name = "quote",
                            Handle = new object(),
                        },
                        Hello,
                        CancellationToken.None
                    )
                )
        );

    [Fact]
    public void Respond_WhateverHappens_RevealsNoToken() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var results = new List<SendOutcome>();
            Behaviour[] all =
            [
                RateLimited(10),
                RateLimited(0.1),
                Lost(),
                Unreachable(),
                Hangs(),
                Error(404, 10062, "Unknown interaction"),
                Page(502, "x"),
            ];
            foreach (var behaviour in all)
            {
                var api = new FakeApi(time).On(Callback, behaviour);
                await using var discord = api.Client(log);
                results.Add(await discord.RespondAsync(Interaction(), Hello, CancellationToken.None));
            }

            Assert.DoesNotContain("-token", $"{log}\n{string.Join('\n', results)}", StringComparison.Ordinal);
        });

    public static TheoryData<Reply, string> RepliesInTheResponse =>
        new()
        {
            { Hello, """{"type":4,"data":{"content":"hello",""" },
            { Next, """{"type":7,"data":{"content":"next",""" },
            { new Reply.Suggestions([new("War", "war")]), """{"type":8,"data":{"choices":[""" },
        };

    [Theory]
    [MemberData(nameof(RepliesInTheResponse), DisableDiscoveryEnumeration = true)]
    public void Respond_WhileDiscordsRequestIsOpen_IsTheResponseToIt(Reply reply, string json) =>
        With(
            async (api, discord) =>
            {
                InteractionResponse response = new();
                var responding = discord.RespondAsync(Interaction(response: response), reply, CancellationToken.None);
                var body = await response.WaitAsync(CancellationToken.None);
                Assert.False(responding.IsCompleted);
                response.Complete(isSent: true);

                Assert.Equal(new SendOutcome.Sent(null, null), await responding);
                Assert.StartsWith(json, Encoding.UTF8.GetString(body!), StringComparison.Ordinal);
                Assert.Empty(api.Requests);
            }
        );

    /// <summary>Discord refuses the second of two replies, so the member receives only one.</summary>
    [Fact]
    public void Respond_WhenTheResponseCannotBeSent_CallsBack() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204));
                InteractionResponse response = new();
                var responding = discord.RespondAsync(Interaction(response: response), Hello, CancellationToken.None);
                Assert.NotNull(await response.WaitAsync(CancellationToken.None));
                response.Complete(isSent: false);

                Assert.Equal(new SendOutcome.Sent(null, null), await responding);
                Assert.Equal(
                    "hello",
                    Assert.Single(api.Requests).Json.GetProperty("data").GetProperty("content").GetString()
                );
            }
        );

    [Fact]
    public void Respond_AfterDiscordsRequestHasEnded_CallsBack() =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204));
                InteractionResponse response = new();
                response.Release();

                var outcome = await discord.RespondAsync(
                    Interaction(response: response),
                    Hello,
                    CancellationToken.None
                );

                Assert.Equal(new SendOutcome.Sent(null, null), outcome);
                Assert.Equal(Callback, Assert.Single(api.Requests).Line);
            }
        );

    /// <summary>The edit that follows could arrive before the response. A file cannot be in JSON.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Respond_WithADeferralOrAFile_CallsBackAndEndsTheRequest(bool withFile) =>
        With(
            async (api, discord) =>
            {
                api.On(Callback, Nothing(204));
                InteractionResponse response = new();
                var message = new DiscordMessage
                {
                    Text = "hello",
                    Picture = new Picture(new byte[] { 1 }, 1, 1, "alt"),
                };
                Reply reply = withFile ? new Reply.Message(message) : new Reply.Deferred(Ephemeral: false);

                await discord.RespondAsync(Interaction(response: response), reply, CancellationToken.None);

                Assert.Null(await response.WaitAsync(CancellationToken.None));
                Assert.Equal(Callback, Assert.Single(api.Requests).Line);
            }
        );

    private static Interaction.Command Interaction(
        ulong id = 500,
        ulong? application = 41,
        InteractionResponse? response = null
    ) =>
        new()
        {
            Id = new InteractionId(id),
            Name = "quote",
            Handle = new InteractionHandle(id, application, "secret-token") { Response = response },
        };

    private static void With(Func<FakeApi, DiscordClient, Task> test) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            await using var discord = api.Client();
            await test(api, discord);
        });
}
