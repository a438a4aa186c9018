using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Discord;
using Discord.Net;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Yields Discord.Net's events, and stops where Discord.Net would reconnect without success.</summary>
internal sealed partial class GatewayReader(ulong applicationId, TimeProvider clock, ILogger logger)
{
    /// <summary>Discord.Net calls its handlers on the gateway's task, so a slow consumer delays the
    /// connection.</summary>
    private const int Capacity = 256;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<DiscordEvent> _events = Channel.CreateBounded<DiscordEvent>(Capacity);
    private readonly SeenInteractions _seenInteractions = new();
    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosing;

    /// <summary>Connects and yields events until cancelled.</summary>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync(
        DiscordSocketClient socket,
        string token,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Subscribe(socket);
        try
        {
            await socket.LoginAsync(TokenType.Bot, token, validateToken: false);
            await socket.StartAsync();
            await foreach (var discordEvent in _events.Reader.ReadAllAsync(cancellationToken))
            {
                yield return discordEvent;
                if (discordEvent is DiscordEvent.Stopped)
                {
                    yield break;
                }
            }
        }
        finally
        {
            _isClosing = true;
            _events.Writer.TryComplete();
            await socket.StopAsync();
            if (socket.ConnectionState != ConnectionState.Disconnected)
            {
                await Task.WhenAny(_disconnected.Task, Task.Delay(CloseTimeout, clock, CancellationToken.None));
            }
        }
    }

    private void Subscribe(DiscordSocketClient socket)
    {
        socket.Ready += () => WriteReadyAsync(socket);
        socket.GuildAvailable += guild => WriteAsync(CreateJoined(socket, guild));
        socket.LeftGuild += guild => WriteLeftAsync(new GuildId(guild.Id));
        socket.ChannelDestroyed += channel =>
            WriteChannelDeletedAsync(channel.Id, (channel as SocketGuildChannel)?.Guild);
        socket.ThreadDeleted += thread =>
            WriteChannelDeletedAsync(thread.Id, thread.HasValue ? thread.Value.Guild : null);
        socket.InteractionCreated += WriteInteractionAsync;
        socket.Disconnected += HandleDisconnectedAsync;
        socket.Log += HandleLogAsync;
    }

    private static DiscordEvent.GuildJoined CreateJoined(DiscordSocketClient socket, SocketGuild guild)
    {
        // Before Discord.Net knows the bot's user, the property of the guild throws, which would end the connection.
        var member = socket.CurrentUser is null ? null : guild.CurrentUser;
        return new DiscordEvent.GuildJoined(new GuildId(guild.Id)) { JoinedAt = member?.JoinedAt };
    }

    private Task WriteReadyAsync(DiscordSocketClient socket)
    {
        var guilds = socket.Guilds.Select(guild => new GuildId(guild.Id));
        return WriteAsync(new DiscordEvent.Ready(applicationId, socket.CurrentUser.Username, Shard.Only, [.. guilds]));
    }

    private Task WriteChannelDeletedAsync(ulong channel, SocketGuild? guild)
    {
        if (guild is null)
        {
            return Task.CompletedTask;
        }

        DiscordEvent.ChannelDeleted deleted = new(new ChannelId(channel), new GuildId(guild.Id));
        return WriteAsync(deleted);
    }

    private Task WriteLeftAsync(GuildId guild) => WriteAsync(new DiscordEvent.GuildLeft(guild));

    private Task WriteInteractionAsync(SocketInteraction interaction)
    {
        if (!_seenInteractions.TryAdd(new InteractionId(interaction.Id)))
        {
            return Task.CompletedTask;
        }

        var permissions = DiscordPermissions.None;
        if (interaction.User is SocketGuildUser member)
        {
            permissions = (DiscordPermissions)member.GuildPermissions.RawValue;
        }

        var channel = interaction.ChannelId ?? interaction.Channel?.Id;
        if (InteractionConverter.Convert(interaction, permissions, channel) is not { } converted)
        {
            return Task.CompletedTask;
        }

        return WriteAsync(new DiscordEvent.InteractionReceived(converted));
    }

    private Task HandleDisconnectedAsync(Exception? exception)
    {
        if (!_isClosing)
        {
            return WriteAsync(ToEvent(exception));
        }

        _disconnected.TrySetResult();
        return Task.CompletedTask;
    }

    private Task HandleLogAsync(LogMessage message)
    {
        // Messages of "Rest" may contain the token of an interaction.
        if (message is { Source: "Gateway", Severity: <= LogSeverity.Warning })
        {
            LogGateway(ResponseDecoder.ToLine($"{message.Message} {message.Exception?.Message}"));
        }

        // Discord.Net has no event for it.
        if (message.Message == "Resumed previous session")
        {
            return WriteAsync(new DiscordEvent.Resumed());
        }

        return Task.CompletedTask;
    }

    private async Task WriteAsync(DiscordEvent discordEvent)
    {
        try
        {
            await _events.Writer.WriteAsync(discordEvent);
        }
        catch (ChannelClosedException)
        {
            // The consumer has stopped reading.
        }
    }

    /// <summary>Decides whether the client reconnects.</summary>
    /// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, Gateway Close Event Codes.</remarks>
    private static DiscordEvent ToEvent(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case WebSocketClosedException { CloseCode: 4004 }:
                    return new DiscordEvent.Stopped(StopCause.InvalidToken, "Discord does not accept the token (4004)");
                case WebSocketClosedException { CloseCode: >= 4010 and <= 4014 }:
                    return new DiscordEvent.Stopped(
                        StopCause.InvalidConfiguration,
                        ResponseDecoder.ToLine(cause.Message)
                    );
                case HttpException error when ResponseDecoder.IsInvalidToken(error):
                    return new DiscordEvent.Stopped(StopCause.InvalidToken, ResponseDecoder.Describe(error));
                case WebSocketClosedException or GatewayReconnectException or HttpException:
                    return new DiscordEvent.Disconnected(ResponseDecoder.ToLine(cause.Message));
            }
        }

        return new DiscordEvent.Disconnected(ResponseDecoder.ToLine(exception?.Message ?? "Connection lost"));
    }

    [LoggerMessage(LogLevel.Information, "Discord.Net: {Message}")]
    private partial void LogGateway(string message);
}
