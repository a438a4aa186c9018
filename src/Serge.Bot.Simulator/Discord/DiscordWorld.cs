using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Gateway;
using Serge.Bot.Simulator.Discord.Interactions;
using Serge.Bot.Simulator.Discord.Rest;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord;

/// <summary>The simulated Discord: its guilds and people, and what can be done there that a bot notices.</summary>
public sealed partial class DiscordWorld
{
    private readonly Dictionary<Snowflake, Application> _applications = [];
    private readonly Dictionary<Snowflake, Guild> _guilds = [];
    private readonly Dictionary<Snowflake, Channel> _channels = [];
    private readonly EventHub _hub;

    internal DiscordWorld(TimeProvider clock, RandomSource random, EventHub hub, FaultScript faults)
    {
        Clock = clock;
        Random = random;
        Faults = faults;
        _hub = hub;
        Ids = new SnowflakeSource(clock);
        Gateway = new DiscordGateway(this);
        Limits = new RateLimits(Options, clock, random);
        Nonces = new NonceMemory(Options, clock);
        faults.AddedForNow = () =>
        {
            lock (Gate)
            {
                Gateway.StrikeNow();
            }
        };
    }

    /// <summary>The numbers it goes by.</summary>
    public DiscordOptions Options { get; } = new();

    /// <summary>The bots' applications.</summary>
    public IReadOnlyList<Application> Applications => Read(() => _applications.Values.ToList());

    /// <summary>The guilds.</summary>
    public IReadOnlyList<Guild> Guilds => Read(() => _guilds.Values.ToList());

    /// <summary>All channels, direct messages included.</summary>
    public IReadOnlyList<Channel> Channels => Read(() => _channels.Values.ToList());

    /// <summary>The gateway sessions, those that wait to be resumed included.</summary>
    public IReadOnlyList<SessionState> Sessions => Read(() => Gateway.Sessions);

    /// <summary>Requests of the last ten minutes that ended in 401, 403 or 429; shared limits do not count.</summary>
    public int InvalidRequests => Read(() => Limits.InvalidRequests);

    /// <summary>Guards all of this world's state.</summary>
    internal Lock Gate { get; } = new();

    internal TimeProvider Clock { get; }

    internal RandomSource Random { get; }

    internal FaultScript Faults { get; }

    internal SnowflakeSource Ids { get; }

    internal DiscordGateway Gateway { get; }

    internal RateLimits Limits { get; }

    internal NonceMemory Nonces { get; }

    /// <summary>Makes an application with its bot user.</summary>
    /// <param name="token">The bot's secret.</param>
    /// <param name="name">Its name.</param>
    /// <param name="id">Its id; a new one if not given.</param>
    public Application AddApplication(string token, string name, Snowflake? id = null)
    {
        lock (Gate)
        {
            Application application = new(
                id ?? Ids.Next(),
                name,
                token,
                new SigningKey(Random.CreateHex(64)),
                new User(Ids.Next(), $"{name}-owner")
            );
            _applications.Add(application.Id, application);
            return application;
        }
    }

    /// <summary>Makes a person. They are in no guild yet.</summary>
    public User AddUser(string name, string locale = "en-US")
    {
        lock (Gate)
        {
            return new User(Ids.Next(), name, Locale: locale);
        }
    }

    /// <summary>Makes a guild.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="id">Its id; a new one if not given.</param>
    /// <param name="locale">Its language.</param>
    public Guild AddGuild(string name, User owner, Snowflake? id = null, string locale = "en-US")
    {
        lock (Gate)
        {
            Guild guild = new(id ?? Ids.Next(), name, owner, locale);
            guild.Roles.Add(guild.Id, new Role(guild.Id, "@everyone", Permissions.Default));
            guild.Members.Add(owner.Id, new Member(owner, [], Clock.GetUtcNow()));
            _guilds.Add(guild.Id, guild);
            return guild;
        }
    }

    /// <summary>Makes a role in a guild; its bots hear of it.</summary>
    public Role AddRole(Guild guild, string name, Permissions permissions)
    {
        lock (Gate)
        {
            Role role = new(Ids.Next(), name, permissions);
            guild.Roles.Add(role.Id, role);
            Tell(
                guild,
                "GUILD_ROLE_CREATE",
                new JsonObject { ["guild_id"] = guild.Id.ToString(), ["role"] = role.ToJson(guild.Roles.Count - 1) }
            );
            return role;
        }
    }

    /// <summary>Lets somebody into a guild.</summary>
    public Member AddMember(Guild guild, User user, params IReadOnlyList<Role> roles)
    {
        lock (Gate)
        {
            Member member = new(user, roles, Clock.GetUtcNow());
            guild.Members[user.Id] = member;
            return member;
        }
    }

    /// <summary>Gives somebody another name in a guild.</summary>
    public void SetNick(Guild guild, User user, string? nick)
    {
        lock (Gate)
        {
            guild.Members[user.Id] = guild.Members[user.Id] with { Nick = nick };
        }
    }

    /// <summary>Makes a channel in a guild; its bots hear of it.</summary>
    public Channel AddChannel(Guild guild, string name, ChannelType type = ChannelType.Text, Snowflake? id = null)
    {
        lock (Gate)
        {
            Channel channel = new(id ?? Ids.Next(), name, type, guild, recipient: null);
            guild.Channels.Add(channel.Id, channel);
            _channels.Add(channel.Id, channel);
            Tell(guild, "CHANNEL_CREATE", channel.ToJson());
            return channel;
        }
    }

    /// <summary>Chooses the channel in which a guild wants to be told things; its bots hear of it.</summary>
    public void SetSystemChannel(Guild guild, Channel? channel)
    {
        lock (Gate)
        {
            guild.SystemChannel = channel;
            Tell(guild, "GUILD_UPDATE", guild.ToJson());
        }
    }

    /// <summary>The channel of direct messages between a person and a bot, made when first asked for.</summary>
    public Channel GetDirectMessageChannel(User user, Application application)
    {
        lock (Gate)
        {
            var known = _channels.Values.FirstOrDefault(channel =>
                channel.Recipient == user && channel.Bot == application
            );
            if (known is not null)
            {
                return known;
            }

            Channel channel = new(Ids.Next(), "", ChannelType.DirectMessage, guild: null, user) { Bot = application };
            _channels.Add(channel.Id, channel);
            return channel;
        }
    }

    /// <summary>Installs a bot in a guild.</summary>
    /// <param name="guild">Where.</param>
    /// <param name="application">Which bot.</param>
    /// <param name="permissions">What its own role grants it, on top of what everyone may do.</param>
    public void Install(Guild guild, Application application, Permissions permissions = Permissions.Default)
    {
        lock (Gate)
        {
            Role role = new(Ids.Next(), application.Name, permissions, IsManaged: true);
            guild.Roles.Add(role.Id, role);
            Member self = new(application.User, [role], Clock.GetUtcNow());
            guild.Members[application.Id] = self;
            Gateway.Dispatch(application, guild.Id, "GUILD_CREATE", guild.ToGatewayJson(self), GatewayIntents.Guilds);
        }
    }

    /// <summary>Removes a bot from a guild.</summary>
    public void Uninstall(Guild guild, Application application)
    {
        lock (Gate)
        {
            if (guild.Members.Remove(application.Id))
            {
                Gateway.Dispatch(
                    application,
                    guild.Id,
                    "GUILD_DELETE",
                    new JsonObject { ["id"] = guild.Id.ToString() },
                    GatewayIntents.Guilds
                );
            }
        }
    }

    /// <summary>Deletes a channel and all in it.</summary>
    public void Delete(Channel channel)
    {
        lock (Gate)
        {
            if (_channels.Remove(channel.Id) && channel.Guild is { } guild)
            {
                guild.Channels.Remove(channel.Id);
                guild.SystemChannel = guild.SystemChannel == channel ? null : guild.SystemChannel;
                Tell(guild, "CHANNEL_DELETE", channel.ToJson());
            }
        }
    }

    /// <summary>Settles what a bot may do in a channel, whatever its roles say.</summary>
    public void SetPermissions(Channel channel, Application application, Permissions permissions)
    {
        if (channel.Guild is not { } guild)
        {
            throw new ArgumentException("Permissions are for the channels of a guild.", nameof(channel));
        }

        lock (Gate)
        {
            var denied = Permissions.All & ~permissions;
            channel.Overwrites[application.Id] = new Overwrite(application.Id, ForMember: true, permissions, denied);
            Tell(guild, "CHANNEL_UPDATE", channel.ToJson());
        }
    }

    /// <summary>Resets a bot's token: its sessions end, and what it sends is unauthorised.</summary>
    public void ResetToken(Application application)
    {
        lock (Gate)
        {
            application.Token = null;
            Gateway.EndAll(application, GatewayCloseCode.AuthenticationFailed);
        }
    }

    /// <summary>The messages of a channel, oldest first; ephemeral ones are nobody's to list.</summary>
    public IReadOnlyList<Message> GetMessages(Channel channel) => Read(() => channel.Messages.ToList());

    /// <summary>The commands offered in a guild, or with <see langword="null"/> in direct messages.</summary>
    public IReadOnlyList<RegisteredCommand> GetCommands(Application application, Guild? guild = null) =>
        Read(() =>
            guild is null
                ? application.Commands.Of(null)
                : application.Commands.Of(guild.Id).Concat(application.Commands.Of(null)).ToList()
        );

    internal void Publish(SimulatorEvent happened) => _hub.Publish(happened);

    internal Application? FindByToken(string token) =>
        _applications.Values.FirstOrDefault(application => application.Token == token);

    internal Application? FindApplication(Snowflake id) => _applications.GetValueOrDefault(id);

    internal Guild? FindGuild(Snowflake id) => _guilds.GetValueOrDefault(id);

    internal Channel? FindChannel(Snowflake id) => _channels.GetValueOrDefault(id);

    internal IEnumerable<Guild> GuildsOf(Application application) =>
        _guilds.Values.Where(guild => guild.Members.ContainsKey(application.Id));

    /// <summary>Sends a guild's event to all bots in it.</summary>
    private void Tell(Guild guild, string eventName, JsonObject data)
    {
        foreach (var application in _applications.Values)
        {
            if (guild.Members.ContainsKey(application.Id))
            {
                Gateway.Dispatch(application, guild.Id, eventName, data, GatewayIntents.Guilds);
            }
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }
}
