using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>The table of opcodes: how the client handles each, and which it sends. Source: Discord docs,
/// Topics/Opcodes and Status Codes, Gateway Opcodes.</summary>
public sealed class OpcodeTests
{
    private const string Continues = "goes on";
    private const string Resumes = "resumes";
    private const string Identifies = "identifies";

    [Theory]
    [InlineData(0, """{"op":0,"t":"TYPING_START","s":2,"d":{}}""", Continues)] // dispatch
    [InlineData(1, """{"op":1,"d":null}""", Continues)] // heartbeat: answered immediately, see HeartbeatTests
    [InlineData(2, """{"op":2,"d":{"token":"x"}}""", Continues)] // identify: sent by clients only
    [InlineData(3, """{"op":3,"d":{"status":"online"}}""", Continues)] // presence update: likewise
    [InlineData(4, """{"op":4,"d":{"guild_id":"7"}}""", Continues)] // voice state update: likewise
    [InlineData(5, """{"op":5,"d":null}""", Continues)] // not documented
    [InlineData(6, """{"op":6,"d":{"seq":1}}""", Continues)] // resume: sent by clients only
    [InlineData(7, """{"op":7,"d":null}""", Resumes)] // reconnect
    [InlineData(8, """{"op":8,"d":{"guild_id":"7"}}""", Continues)] // request guild members: sent by clients only
    [InlineData(9, """{"op":9,"d":true}""", Resumes)] // invalid session, which may be resumed
    [InlineData(9, """{"op":9,"d":false}""", Identifies)] // invalid session
    [InlineData(9, """{"op":9}""", Identifies)] // the same, truncated
    [InlineData(10, """{"op":10,"d":{"heartbeat_interval":45000}}""", Continues)] // a second Hello
    [InlineData(11, """{"op":11}""", Continues)] // heartbeat ACK
    [InlineData(31, """{"op":31,"d":{"guild_ids":["7"]}}""", Continues)] // request soundboard sounds: sent by clients only
    [InlineData(43, """{"op":43,"d":{"guild_id":"7"}}""", Continues)] // request channel info: likewise
    [InlineData(99, """{"op":99,"d":{}}""", Continues)] // a future opcode
    public void Receive_EachOpcode_HasTheResultOfTheTable(int op, string frame, string then) =>
        Simulation.Run(async time =>
        {
            Assert.Contains($"\"op\":{op}", frame, StringComparison.Ordinal);
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready(), frame);
            _ = then switch
            {
                Resumes => gateway.ExpectsClose().Sends(Hello()).Expects<Resume>().Sends(Resumed(2)),
                Identifies => gateway.ExpectsClose().Sends(Hello()).Expects<Identify>().Sends(Ready("session-2")),
                _ => gateway.Sends(Interaction(100, 3)),
            };

            var events = await gateway.PlayAsync();

            Assert.Equal(
                then switch
                {
                    Resumes => ["Ready", "Disconnected", "Resumed"],
                    Identifies => ["Ready", "Disconnected", "Ready"],
                    _ => ["Ready", "InteractionReceived"],
                },
                SessionTests.Names(events)
            );
            Assert.Equal(then == Continues ? 1 : 2, gateway.Connections.Count);
        });

    /// <summary>The client sends opcodes 1, 2 and 6 only.</summary>
    [Fact]
    public void Send_OverALifeWithEverythingInIt_IsHeartbeatIdentifyAndResume() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromMinutes(2))
                .Sends(Interaction(100, 2), HeartbeatNow)
                .Drops(4000)
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Resumed(3))
                .Waits(TimeSpan.FromMinutes(2))
                .Sends(InvalidSession(resumable: false))
                .ExpectsClose()
                .Sends(Hello())
                .Expects<Identify>();

            await gateway.PlayAsync();

            var said = gateway
                .Connections.SelectMany(connection => connection.Sent)
                .Select(sent => sent.Frame.GetProperty("op").GetInt32());
            Assert.Equal([1, 2, 6], said.Distinct().Order());
        });

    [Fact]
    public void Send_WhateverIsAsked_StaysWithinDiscordsLimits() =>
        Simulation.Run(async time =>
        {
            // Source: Discord docs, Events/Gateway, Rate Limiting: 120 in 60 s; Sending Events: 4096 bytes.
            var gateway = new ScriptedGateway(time).Sends(Hello(1)).Expects<Identify>().Sends(Ready());
            for (var i = 0; i < 300; i++)
            {
                gateway.Sends(HeartbeatNow).Waits(TimeSpan.FromSeconds(0.3));
            }

            await gateway.PlayAsync();

            var connection = Assert.Single(gateway.Connections); // and heartbeats that were due had room all the time
            Assert.All(
                connection.Sent,
                one =>
                    Assert.InRange(
                        connection.Sent.Count(other =>
                            other.At >= one.At && other.At < one.At + TimeSpan.FromSeconds(60)
                        ),
                        1,
                        120
                    )
            );
            Assert.All(connection.Sent, one => Assert.InRange(one.Frame.GetRawText().Length, 1, 4096));
        });
}
