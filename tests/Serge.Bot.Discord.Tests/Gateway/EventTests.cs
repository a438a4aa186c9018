using System.Text.Json.Nodes;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>Which of the gateway's events reach the consumer.</summary>
public sealed class EventTests
{
    [Fact]
    public void Interaction_DeliveredTwice_IsYieldedOnce() =>
        YieldsAfterReady(
            [Interaction(100, 2), Interaction(100, 3), Interaction(101, 4), Interaction(100, 5)],
            events =>
                Assert.Equal(
                    [100UL, 101UL],
                    events.Cast<DiscordEvent.InteractionReceived>().Select(happened => happened.Interaction.Id.Value)
                )
        );

    [Fact]
    public void Interaction_DeliveredAgainAfterAResume_IsYieldedOnce() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), Interaction(100, 2))
                .Drops()
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Interaction(100, 2), Interaction(101, 3), Resumed(4));

            Assert.Equal(
                ["Ready", "InteractionReceived", "Disconnected", "InteractionReceived", "Resumed"],
                SessionTests.Names(await gateway.PlayAsync())
            );
        });

    [Theory]
    [InlineData("""{"id":"7","unavailable":true}""", false)] // an outage
    [InlineData("""{"id":"7","unavailable":false}""", true)]
    [InlineData("""{"id":"7"}""", true)]
    [InlineData("""{"id":7}""", true)]
    [InlineData("""{"id":"7","unavailable":"yes"}""", false)] // an unreadable value changes nothing
    [InlineData("""{}""", false)]
    public void GuildDelete_ReportsThatTheBotLeft_ButNotAnOutage(string data, bool left) =>
        YieldsAfterReady(
            [Dispatch("GUILD_DELETE", 2, JsonNode.Parse(data))],
            events => Assert.Equal(left ? [new DiscordEvent.GuildLeft(new GuildId(7))] : [], events)
        );

    [Theory]
    [InlineData("""{"id":"7","channels":[],"member_count":3,"name":"Readers"}""", true)]
    [InlineData("""{"id":"7","unavailable":true}""", true)] // an outage: the bot is still in the guild
    [InlineData("""{}""", false)]
    public void GuildCreate_ReportsThatTheBotIsThere(string data, bool joined) =>
        YieldsAfterReady(
            [Dispatch("GUILD_CREATE", 2, JsonNode.Parse(data))],
            events => Assert.Equal(joined ? [new DiscordEvent.GuildJoined(new GuildId(7))] : [], events)
        );

    [Fact]
    public void GuildCreate_ReportsWhenTheBotWasInvited() =>
        YieldsAfterReady(
            [Dispatch("GUILD_CREATE", 2, JsonNode.Parse("""{"id":"7","joined_at":"2027-02-01T12:00:00.5+00:00"}"""))],
            events =>
            {
                var joined = Assert.IsType<DiscordEvent.GuildJoined>(Assert.Single(events));
                Assert.Equal(new DateTimeOffset(2027, 2, 1, 12, 0, 0, 500, TimeSpan.Zero), joined.JoinedAt);
            }
        );

    [Theory]
    [InlineData("CHANNEL_DELETE", """{"id":"5","guild_id":"7","type":0,"name":"general"}""", true)]
    [InlineData("THREAD_DELETE", """{"id":"5","guild_id":"7","parent_id":"6","type":11}""", true)]
    [InlineData("CHANNEL_DELETE", """{"id":"5","type":1}""", false)] // a direct message
    [InlineData("CHANNEL_UPDATE", """{"id":"5","guild_id":"7","type":0}""", false)]
    public void ChannelDelete_IsReported(string name, string data, bool reported) =>
        YieldsAfterReady(
            [Dispatch(name, 2, JsonNode.Parse(data))],
            events =>
                Assert.Equal(
                    reported ? [new DiscordEvent.ChannelDeleted(new ChannelId(5), new GuildId(7))] : [],
                    events
                )
        );

    [Theory]
    [InlineData("""{"op":99,"d":{"new":[1,{"x":null}]}}""")] // a future opcode
    [InlineData("""{"op":0,"t":"EVENT_TO_COME","s":2,"d":[1,2]}""")]
    [InlineData("""{"op":0,"t":null,"s":2,"d":null}""")]
    [InlineData("""{"op":0,"s":2}""")]
    [InlineData("""{"x":{"deep":[[[]]]},"op":11,"trace":["a"]}""")]
    [InlineData("""{"op":0,"t":"RATE_LIMITED","s":2,"d":{"opcode":8,"retry_after":3.2}}""")]
    [InlineData("""{"op":0,"t":"GUILD_CREATE","s":2,"d":{"channels":[]}}""")]
    [InlineData("""{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"9","token":"t","type":77}}""")]
    [InlineData(
        """{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"9","token":"t","type":5,"data":{"custom_id":"form"}}}"""
    )]
    public void Frame_ThatIsOfNoUse_IsIgnoredWithoutALog(string frame) =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), frame, Interaction(100, 3));

            Assert.Equal(["Ready", "InteractionReceived"], SessionTests.Names(await gateway.PlayAsync(log: log)));
            Assert.Empty(log.Lines);
        });

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"op":"zero"}""")]
    [InlineData("""{"t":"READY"}""")]
    [InlineData("""{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"9"}}""")] // no token to reply with
    [InlineData(
        """{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"9","token":"","type":2,"data":{"name":"quote"}}}"""
    )]
    [InlineData("""{"op":0,"t":"INTERACTION_CREATE","s":2,"d":null}""")]
    [InlineData("""{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"nine","token":"t"}}""")]
    [InlineData("""{"op":0,"t":"GUILD_DELETE","s":2,"d":[]}""")]
    public void Frame_ThatCannotBeRead_IsLoggedAndIgnored(string frame) =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), frame, Interaction(100, 3));

            Assert.Equal(["Ready", "InteractionReceived"], SessionTests.Names(await gateway.PlayAsync(log: log)));
            Assert.Single(log.Lines);
            Assert.Single(gateway.Connections);
        });

    /// <summary>Half of a surrogate pair anywhere in a frame; the next frame is read normally.</summary>
    [Theory]
    [InlineData("""{"op":0,"t":"\ud83d","s":2,"d":{"id":"1"}}""")]
    [InlineData("""{"op":0,"\ud83d":1,"t":"GUILD_DELETE","s":2,"d":{"\udfff":{},"id":"\ud83d"}}""")]
    [InlineData("""{"\udfff":{"\ud83d":["\ud83d"]},"op":11}""")]
    [InlineData("""{"op":"\ud83d"}""")]
    [InlineData("""{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"\ud83d","token":"t"}}""")]
    [InlineData("""{"op":0,"t":"GUILD_CREATE","s":2,"d":{"\ud83d":1,"id":{"\ud83d":1}}}""")]
    [InlineData("""{"op":0,"t":"CHANNEL_DELETE","s":2,"d":{"id":"\ud83d","guild_id":"7"}}""")]
    public void Frame_WithTextThatCannotBeDecoded_EndsNothing(string frame) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), frame, Interaction(100, 3));

            Assert.Equal(["Ready", "InteractionReceived"], SessionTests.Names(await gateway.PlayAsync()));
            Assert.Single(gateway.Connections);
        });

    [Fact]
    public void Interaction_WithTextThatCannotBeDecoded_IsServedWithTheReplacementCharacter() =>
        YieldsAfterReady(
            [
                """{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"1","application_id":"2","type":2,"token":"x","locale":"\ud83d","\ud83d":1,"data":{"id":"1","name":"quote","type":1,"options":[{"name":"search","type":3,"value":"\ud83d"}]}}}""",
                """{"op":0,"t":"INTERACTION_CREATE","s":3,"d":{"id":"2","type":3,"token":"x","data":{"component_type":2,"custom_id":"quote:\udfff"}}}""",
            ],
            events =>
            {
                var interactions = events.Cast<DiscordEvent.InteractionReceived>().Select(e => e.Interaction).ToList();
                var command = Assert.IsType<Interaction.Command>(interactions[0]);
                Assert.Equal("\uFFFD", command.Options["search"]);
                Assert.Equal("quote:\uFFFD", Assert.IsType<Interaction.ButtonPress>(interactions[1]).CustomId);
            }
        );

    /// <summary>A name that cannot be read, such as that of a member, is not needed.</summary>
    [Fact]
    public void Ready_WithTextThatCannotBeDecoded_IsASession() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(
                    """{"op":0,"t":"READY","s":1,"d":{"user":{"username":"\ud83d"},"guilds":[{"id":"7"},null,"\ud83d"],"session_id":"s"}}""",
                    Interaction(100, 2)
                );

            var events = await gateway.PlayAsync();

            var ready = Assert.IsType<DiscordEvent.Ready>(events[0]);
            Assert.Equal("\uFFFD", ready.UserName);
            Assert.Equal([new GuildId(7)], ready.Guilds);
            Assert.IsType<DiscordEvent.InteractionReceived>(events[1]);
        });

    [Fact]
    public void Ready_WithHardlyAnythingInIt_IsASessionAnyway() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Dispatch("READY", 1, new JsonObject()))
                .Drops(4000)
                .Sends(Hello())
                .Expects<Identify>(); // there is no session to resume

            var events = await gateway.PlayAsync();

            var ready = Assert.IsType<DiscordEvent.Ready>(events[0]);
            Assert.Equal((0UL, "", 0), (ready.ApplicationId, ready.UserName, ready.Guilds.Count));
        });

    [Fact]
    public void Exception_InsideTheClient_IsThrownWhereTheEventsAreRead() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time);
            gateway.Bot = () => throw new InvalidOperationException("a bug");

            await using var events = gateway.Reader().ReadAsync(CancellationToken.None).GetAsyncEnumerator();

            Assert.Equal(
                "a bug",
                (await Assert.ThrowsAsync<InvalidOperationException>(async () => await events.MoveNextAsync())).Message
            );
        });

    [Fact]
    public void Token_WhateverHappens_IsInNoLogAndNoEvent() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(
                    Ready(),
                    Interaction(100, 2),
                    """{"op":0,"t":"INTERACTION_CREATE","s":3,"d":{"id":"x","token":"secret-token-9"}}"""
                )
                .Drops(4000, "oh")
                .Refuses()
                .Sends(Hello())
                .Expects<Resume>()
                .Drops(4004, "Authentication failed");

            var events = await gateway.PlayAsync(log: log);

            var said =
                $"{log}\n{string.Join('\n', events)}\n{events.OfType<DiscordEvent.InteractionReceived>().Single().Interaction.Handle}";
            Assert.DoesNotContain("the-token", said, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-token", said, StringComparison.Ordinal);
            Assert.Contains("interaction 100", said, StringComparison.Ordinal);
        });

    private static void YieldsAfterReady(string[] frames, Action<IReadOnlyList<DiscordEvent>> check) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready()).Sends(frames);

            check((await gateway.PlayAsync())[1..]);
        });
}
