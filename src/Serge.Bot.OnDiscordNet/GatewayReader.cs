using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Discord;
using Discord.Net;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Writes what Discord.Net tells its handlers into one channel, and ends where Discord.Net would knock for ever.</summary>
internal sealed class GatewayReader(ulong applicationId, TimeProvider wire, ILogger log)
{
    /// <summary>Discord.Net calls its handlers on the gateway's own task, so a slow reader holds the connection up.</summary>
    private const int MostWaiting = 256;

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly Channel<DiscordEvent> _events = Channel.CreateBounded<DiscordEvent>(MostWaiting);
    private readonly SeenInteractions _seen = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _leaving;

    /// <summary>Connects and yields what happens until cancelled.</summary>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync(
        DiscordSocketClient socket,
        string token,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Listen(socket);
        try
        {
            await socket.LoginAsync(TokenType.Bot, token, validateToken: false);
            await socket.StartAsync();
            await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken))
            {
                yield return happened;
                if (happened is DiscordEvent.Stopped)
                {
                    yield break;
                }
            }
        }
        finally
        {
            _leaving = true;
            _events.Writer.TryComplete();
            await socket.StopAsync();
            if (socket.ConnectionState != ConnectionState.Disconnected)
            {
                await Task.WhenAny(_gone.Task, Task.Delay(LongestGoodbye, wire, CancellationToken.None));
            }
        }
    }

    private void Listen(DiscordSocketClient socket)
    {
        socket.Ready += () =>
            TellAsync(
                new DiscordEvent.Ready(
                    applicationId,
                    socket.CurrentUser.Username,
                    Shard.Only,
                    [.. socket.Guilds.Select(guild => new GuildId(guild.Id))]
                )
            );
        socket.GuildAvailable += guild => TellAsync(new DiscordEvent.GuildJoined(new GuildId(guild.Id)));
        socket.LeftGuild += guild => TellAsync(new DiscordEvent.GuildLeft(new GuildId(guild.Id)));
        socket.ChannelDestroyed += channel =>
            channel is SocketGuildChannel { Guild: { } guild }
                ? TellAsync(new DiscordEvent.ChannelDeleted(new ChannelId(channel.Id), new GuildId(guild.Id)))
                : Task.CompletedTask;
        socket.ThreadDeleted += thread =>
            thread is { HasValue: true, Value.Guild: { } guild }
                ? TellAsync(new DiscordEvent.ChannelDeleted(new ChannelId(thread.Id), new GuildId(guild.Id)))
                : Task.CompletedTask;
        socket.InteractionCreated += interaction =>
            _seen.TryAdd(interaction.Id)
            && InteractionMap.From(
                interaction,
                interaction.User is SocketGuildUser member
                    ? (DiscordPermissions)member.GuildPermissions.RawValue
                    : DiscordPermissions.None,
                interaction.ChannelId ?? interaction.Channel?.Id
            )
                is { } mapped
                ? TellAsync(new DiscordEvent.Interacted(mapped))
                : Task.CompletedTask;
        socket.Disconnected += trouble =>
        {
            if (_leaving)
            {
                _gone.TrySetResult();
                return Task.CompletedTask;
            }

            return TellAsync(Fate(trouble));
        };
        socket.Log += said =>
        {
            // Discord.Net has no event for it. What "Rest" says may have the token of an interaction in it.
            if (said is { Source: "Gateway", Severity: <= LogSeverity.Warning })
            {
                GatewayLog.Warned(log, Verdict.Line($"{said.Message} {said.Exception?.Message}"));
            }

            return said.Message == "Resumed previous session"
                ? TellAsync(new DiscordEvent.Resumed())
                : Task.CompletedTask;
        };
    }

    private async Task TellAsync(DiscordEvent happened)
    {
        try
        {
            await _events.Writer.WriteAsync(happened);
        }
        catch (ChannelClosedException)
        {
            // Nobody reads any more.
        }
    }

    /// <summary>Which ends are final.</summary>
    /// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, Gateway Close Event Codes.</remarks>
    private static DiscordEvent Fate(Exception? trouble)
    {
        for (var cause = trouble; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case WebSocketClosedException { CloseCode: 4004 } closed:
                    return new DiscordEvent.Stopped(
                        StopCause.BadToken,
                        $"Discord does not accept the token ({closed.CloseCode})"
                    );
                case WebSocketClosedException { CloseCode: >= 4010 and <= 4014 } closed:
                    return new DiscordEvent.Stopped(StopCause.BadSetup, Verdict.Line(closed.Message));
                case HttpException refused when Verdict.IsBadToken(refused):
                    return new DiscordEvent.Stopped(StopCause.BadToken, Verdict.Words(refused));
                case WebSocketClosedException or GatewayReconnectException or HttpException:
                    return new DiscordEvent.Disconnected(Verdict.Line(cause.Message));
            }
        }

        return new DiscordEvent.Disconnected(Verdict.Line(trouble?.Message ?? "The connection is gone."));
    }
}

/// <summary>The interactions that have been handed on lately: Discord may deliver one more than once, and Discord.Net hands each on.</summary>
internal sealed class SeenInteractions(int capacity = 4096)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _seen = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>Notes an interaction.</summary>
    /// <returns>Whether it is new.</returns>
    public bool TryAdd(ulong id)
    {
        lock (_lock)
        {
            if (!_seen.Add(id))
            {
                return false;
            }

            _order.Enqueue(id);
            if (_order.Count > capacity)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}

internal static partial class GatewayLog
{
    [LoggerMessage(LogLevel.Information, "Discord.Net: {Said}")]
    public static partial void Warned(ILogger log, string said);
}
