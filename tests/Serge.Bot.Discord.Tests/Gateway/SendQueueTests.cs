using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>The rate limit of one connection. Source: Discord docs, Events/Gateway, Sending Events and Rate Limiting:
/// 120 events in 60 s, of 4096 bytes at most each.</summary>
public sealed class SendQueueTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, true)]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Send_OfSoManyBytes_IsAllowedUpTo4096(int bytes, bool allowed) =>
        WithSendQueue(
            async (sendQueue, socket, _) =>
            {
                if (allowed)
                {
                    Assert.True(await sendQueue.TrySendAsync(JsonOf(bytes), isVital: true, CancellationToken.None));
                }
                else
                {
                    await Assert.ThrowsAsync<ArgumentException>(() =>
                        sendQueue.TrySendAsync(JsonOf(bytes), isVital: true, CancellationToken.None)
                    );
                }

                Assert.Equal(allowed ? 1 : 0, socket.Sent.Count);
            }
        );

    [Fact]
    public void Send_OfVitalMessages_HasRoomWhereTheOthersHaveNone() =>
        WithSendQueue(
            async (sendQueue, socket, _) =>
            {
                // A heartbeat per second for a minute, and identify, with one to spare.
                Assert.Equal(120 - 62, await SendWhileAllowedAsync(sendQueue, isVital: false));
                Assert.Equal(62, await SendWhileAllowedAsync(sendQueue, isVital: true));
                Assert.Equal(0, await SendWhileAllowedAsync(sendQueue, isVital: false));
                Assert.Equal(120, socket.Sent.Count);
            }
        );

    [Fact]
    public void Send_WhateverThePace_NeverExceedsTheLimitInAnyMinute() =>
        WithSendQueue(
            async (sendQueue, socket, time) =>
            {
                var chance = new Random(3);
                for (var i = 0; i < 2000; i++)
                {
                    await Task.Delay(TimeSpan.FromSeconds(chance.NextDouble() * chance.NextDouble()), time);
                    await sendQueue.TrySendAsync(JsonOf(1), isVital: chance.Next(2) == 0, CancellationToken.None);
                }

                var sent = socket.Sent.ConvertAll(message => message.At);
                Assert.All(sent, at => Assert.InRange(sent.Count(other => other >= at && other < at + Minute), 1, 120));
                Assert.InRange(sent.Count, 500, 1999);
            }
        );

    [Fact]
    public void Send_AfterAMinuteOfSilence_HasAllItsRoomAgain() =>
        WithSendQueue(
            async (sendQueue, _, time) =>
            {
                for (var round = 0; round < 2; round++)
                {
                    for (var i = 0; i < 120; i++)
                    {
                        Assert.True(await sendQueue.TrySendAsync(JsonOf(1), isVital: true, CancellationToken.None));
                    }

                    Assert.False(await sendQueue.TrySendAsync(JsonOf(1), isVital: true, CancellationToken.None));
                    await Task.Delay(Minute, time);
                }
            }
        );

    [Fact]
    public void Send_OnALineThatTakesNothing_StopsAfterAWhile() =>
        Simulation.Run(async time =>
        {
            var sendQueue = new SendQueue(new StuckSocket(), time);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                sendQueue.TrySendAsync(JsonOf(1), isVital: true, CancellationToken.None)
            );

            Assert.Equal(TimeSpan.FromSeconds(10), time.Elapsed);
        });

    [Theory]
    [InlineData(59_999, false)]
    [InlineData(60_000, true)]
    public void Send_WhenTheFirstOfAMinuteIsThatOld_HasRoomForOne(int milliseconds, bool sent) =>
        WithSendQueue(
            async (sendQueue, _, time) =>
            {
                Assert.True(await sendQueue.TrySendAsync(JsonOf(1), isVital: true, CancellationToken.None));
                await Task.Delay(TimeSpan.FromSeconds(10), time);
                Assert.Equal(119, await SendWhileAllowedAsync(sendQueue, isVital: true));
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds) - time.Elapsed, time);

                Assert.Equal(sent ? 1 : 0, await SendWhileAllowedAsync(sendQueue, isVital: true));
            }
        );

    /// <summary>One sends at a time; one is cancelled while it sends or waits, and the others are sent in
    /// order.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Send_CancelledAtAnyPosition_DoesNotBlockTheOthers(int position) =>
        Simulation.Run(async time =>
        {
            var socket = new SlowSocket(time);
            var sendQueue = new SendQueue(socket, time);
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), time);

            var sending = Enumerable
                .Range(1, 5)
                .Select(i =>
                    sendQueue.TrySendAsync(
                        JsonOf(i),
                        isVital: true,
                        i - 1 == position ? stop.Token : CancellationToken.None
                    )
                )
                .ToArray();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending[position]);
            Assert.Equal(TimeSpan.FromMilliseconds(500), time.Elapsed);

            foreach (var other in sending.Where((_, i) => i != position))
            {
                Assert.True(await other.WaitAsync(TimeSpan.FromSeconds(9), time));
            }

            Assert.Equal(Enumerable.Range(1, 5).Where(i => i - 1 != position), socket.Sent);
            Assert.True(await sendQueue.TrySendAsync(JsonOf(9), isVital: true, CancellationToken.None));
        });

    [Fact]
    public void Send_OnALostConnection_FreesTheTurn() =>
        Simulation.Run(async time =>
        {
            var socket = new FakeSocket(time, _ => { });
            var sendQueue = new SendQueue(socket, time);
            socket.Break();
            for (var i = 0; i < 3; i++)
            {
                await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() =>
                    sendQueue.TrySendAsync(JsonOf(1), isVital: true, CancellationToken.None)
                );
            }
        });

    [Fact]
    public void Identify_AfterMoreQuestionsThanTheLimitAllows_IsSent() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time);
            for (var i = 0; i < 300; i++)
            {
                gateway.Sends(HeartbeatNow);
            }

            gateway.Sends(Hello()).Expects<Identify>().Sends(Ready());

            Assert.Equal(["Ready"], SessionTests.Names(await gateway.PlayAsync()));
        });

    private static async Task<int> SendWhileAllowedAsync(SendQueue sendQueue, bool isVital)
    {
        for (var sent = 0; sent < 1000; sent++)
        {
            if (!await sendQueue.TrySendAsync(JsonOf(1), isVital, CancellationToken.None))
            {
                return sent;
            }
        }

        throw new InvalidOperationException("There is no limit.");
    }

    /// <summary>A number with this many digits.</summary>
    private static byte[] JsonOf(int bytes) => [.. Enumerable.Repeat((byte)'1', bytes)];

    private static void WithSendQueue(Func<SendQueue, FakeSocket, VirtualTime, Task> test) =>
        Simulation.Run(async time =>
        {
            var socket = new FakeSocket(time, _ => { });
            var sendQueue = new SendQueue(socket, time);
            await test(sendQueue, socket, time);
        });

    /// <summary>Needs a second for each message, and records their length.</summary>
    private sealed class SlowSocket(VirtualTime time) : IGatewaySocket
    {
        public List<int> Sent { get; } = [];

        public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            Sent.Add(message.Length);
        }

        public Task ConnectAsync(Uri address, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReceiveResult> ReceiveAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task CloseAsync(int code, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class StuckSocket : IGatewaySocket
    {
        public Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            new TaskCompletionSource().Task.WaitAsync(cancellationToken);

        public Task ConnectAsync(Uri address, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReceiveResult> ReceiveAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task CloseAsync(int code, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
