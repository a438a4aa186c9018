namespace Serge.Bot.Simulator.Discord;

/// <summary>The simulated Discord: guilds, users and their actions, as far as a bot notices them.</summary>
public sealed partial class DiscordWorld
{
    private readonly Dictionary<Snowflake, Application> _applications = [];
    private readonly Dictionary<Snowflake, Guild> _guilds = [];
    private readonly Dictionary<Snowflake, Channel> _channels = [];
    private readonly InteractionCallbackHandler _tryHandleCallback;

    internal DiscordWorld(
        TimeProvider clock,
        RandomSource random,
        EventHub events,
        FaultScript faults,
        InteractionCallbackHandler tryHandleCallback
    )
    {
        Clock = clock;
        Random = random;
        Events = events;
        Faults = faults;
        _tryHandleCallback = tryHandleCallback;
        Ids = new SnowflakeSource(clock);
        Gateway = new DiscordGateway(this);
        RateLimiter = new RestRateLimiter(Options, clock, random);
        Nonces = new ExpiringKeys<NonceKey, Snowflake>(() => Options.NonceWindow, clock);
        faults.ImmediateFaultAdded = FireImmediateFaults;
    }

    public DiscordOptions Options { get; } = new();

    /// <summary>The gateway sessions, including those that can be resumed.</summary>
    public IReadOnlyList<SessionState> Sessions => Read(Gateway.GetSessions);

    /// <summary>Requests of the last 10 min that ended in 401, 403 or 429, except for shared limits.</summary>
    public int InvalidRequests => Read(() => RateLimiter.InvalidRequests);

    /// <summary>Guards the whole state.</summary>
    internal Lock Lock { get; } = new();

    internal TimeProvider Clock { get; }

    internal RandomSource Random { get; }

    internal EventHub Events { get; }

    internal FaultScript Faults { get; }

    internal SnowflakeSource Ids { get; }

    internal DiscordGateway Gateway { get; }

    internal RestRateLimiter RateLimiter { get; }

    internal ExpiringKeys<NonceKey, Snowflake> Nonces { get; }

    /// <summary>Creates an application with its bot user.</summary>
    /// <param name="token">The bot token.</param>
    /// <param name="name">The name.</param>
    /// <param name="id">The id. Default a new one.</param>
    public Application AddApplication(string token, string name, Snowflake? id = null)
    {
        lock (Lock)
        {
            SigningKey key = new(Random.CreateHex(64));
            var applicationId = id ?? Ids.Create();
            User owner = new(Ids.Create(), $"{name}-owner");
            Application application = new(applicationId, name, token, key, owner);
            _applications.Add(application.Id, application);
            return application;
        }
    }

    /// <summary>Creates a user who is in no guild yet.</summary>
    public User AddUser(string name, string locale = "en-US")
    {
        lock (Lock)
        {
            return new User(Ids.Create(), name, Locale: locale);
        }
    }

    /// <summary>Creates a guild.</summary>
    /// <param name="name">The name.</param>
    /// <param name="owner">The owner, its first member.</param>
    /// <param name="id">The id. Default a new one.</param>
    /// <param name="locale">The language.</param>
    public Guild AddGuild(string name, User owner, Snowflake? id = null, string locale = "en-US")
    {
        lock (Lock)
        {
            Guild guild = new(id ?? Ids.Create(), name, owner, locale);
            Role everyone = new(guild.Id, "@everyone", Permissions.Default);
            guild.Roles.Add(everyone.Id, everyone);
            Member member = new(owner, [], Clock.GetUtcNow());
            guild.Members.Add(owner.Id, member);
            _guilds.Add(guild.Id, guild);
            return guild;
        }
    }

    /// <summary>Adds a role.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="name">The name.</param>
    /// <param name="permissions">What it allows in addition to the permissions of everyone.</param>
    /// <param name="isMentionable">Whether everyone may notify its members.</param>
    public Role AddRole(Guild guild, string name, Permissions permissions, bool isMentionable = false)
    {
        lock (Lock)
        {
            Role role = new(Ids.Create(), name, permissions) { IsMentionable = isMentionable };
            guild.Roles.Add(role.Id, role);
            var position = guild.Roles.Count - 1;
            JsonObject data = new() { ["guild_id"] = guild.Id.ToString(), ["role"] = role.ToJson(position) };
            DispatchGuildEvent(guild, "GUILD_ROLE_CREATE", data);
            return role;
        }
    }

    public Member AddMember(Guild guild, User user, params IReadOnlyList<Role> roles)
    {
        lock (Lock)
        {
            Member member = new(user, roles, Clock.GetUtcNow());
            guild.Members[user.Id] = member;
            return member;
        }
    }

    /// <summary>Sets a member's name in a guild.</summary>
    public void SetNick(Guild guild, User user, string? nick)
    {
        lock (Lock)
        {
            var member = guild.Members[user.Id];
            guild.Members[user.Id] = member with { Nick = nick };
        }
    }

    public Channel AddChannel(Guild guild, string name, ChannelType type = ChannelType.Text, Snowflake? id = null)
    {
        lock (Lock)
        {
            Channel channel = new(id ?? Ids.Create(), name, type, guild, recipient: null);
            guild.Channels.Add(channel.Id, channel);
            _channels.Add(channel.Id, channel);
            DispatchGuildEvent(guild, "CHANNEL_CREATE", channel.ToJson());
            return channel;
        }
    }

    /// <summary>Returns the thread under a message; <see langword="null"/> if there is none.</summary>
    public Channel? FindThread(ChannelMessage message) => Read(() => FindChannel(message.Id));

    /// <summary>Opens a thread under a message, as its author.</summary>
    public Channel StartThread(Channel channel, ChannelMessage message, string name)
    {
        lock (Lock)
        {
            return AddThread(channel, message, name);
        }
    }

    /// <summary>Opens a thread, with the id of its message.</summary>
    internal Channel AddThread(Channel parent, ChannelMessage message, string name)
    {
        var type = parent.Type == ChannelType.Announcement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
        Channel thread = new(message.Id, name, type, parent.Guild, recipient: null)
        {
            Parent = parent,
            Opener = message.Author,
        };
        _channels.Add(thread.Id, thread);
        DispatchGuildEvent(parent.Guild!, "THREAD_CREATE", thread.ToJson());
        return thread;
    }

    /// <summary>Returns the posts of a forum, oldest first.</summary>
    public IReadOnlyList<Channel> GetForumPosts(Channel forum) =>
        Read(() => _channels.Values.Where(channel => channel.Parent == forum).ToList());

    internal IEnumerable<Channel> GetThreads(Guild guild, Application bot)
    {
        var threads = _channels.Values.Where(channel => channel.Parent?.Guild == guild);
        return threads.Where(thread => thread.GetPermissions(bot).HasFlag(Permissions.ViewChannel));
    }

    /// <summary>Creates a thread in a forum. It has the id of its first message.</summary>
    internal (Channel Thread, ChannelMessage Message) AddForumPost(
        Channel forum,
        User author,
        string name,
        MessageDraft draft
    )
    {
        var message = BuildMessage(forum, author, draft, AllowedMentions.Everything);
        message = message with { ChannelId = message.Id };
        var thread = AddThread(forum, message, name);
        AddMessage(thread, message);
        return (thread, message);
    }

    /// <summary>Sets the channel for a guild's system messages.</summary>
    public void SetSystemChannel(Guild guild, Channel? channel)
    {
        lock (Lock)
        {
            guild.SystemChannel = channel;
            DispatchGuildEvent(guild, "GUILD_UPDATE", guild.ToJson());
        }
    }

    /// <summary>Returns the channel of direct messages between a person and a bot, and creates it if
    /// necessary.</summary>
    public Channel GetDirectMessageChannel(User user, Application application)
    {
        lock (Lock)
        {
            foreach (var existing in _channels.Values)
            {
                if (existing.Recipient == user && existing.Bot == application)
                {
                    return existing;
                }
            }

            Channel channel = new(Ids.Create(), "", ChannelType.DirectMessage, guild: null, user) { Bot = application };
            _channels.Add(channel.Id, channel);
            return channel;
        }
    }

    /// <summary>Installs a bot in a guild.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="application">The bot.</param>
    /// <param name="permissions">The permissions of the bot's own role, in addition to those of everyone.</param>
    public void Install(Guild guild, Application application, Permissions permissions = Permissions.Default)
    {
        lock (Lock)
        {
            Role role = new(Ids.Create(), application.Name, permissions, IsManaged: true);
            guild.Roles.Add(role.Id, role);
            Member bot = new(application.User, [role], Clock.GetUtcNow());
            guild.Members[application.Id] = bot;
            var data = guild.ToGatewayJson(bot);
            Gateway.Dispatch(application, guild.Id, "GUILD_CREATE", data, GatewayIntents.Guilds);
        }
    }

    /// <summary>Removes a bot from a guild.</summary>
    public void Uninstall(Guild guild, Application application)
    {
        lock (Lock)
        {
            if (guild.Members.Remove(application.Id))
            {
                JsonObject data = new() { ["id"] = guild.Id.ToString() };
                Gateway.Dispatch(application, guild.Id, "GUILD_DELETE", data, GatewayIntents.Guilds);
            }
        }
    }

    /// <summary>Deletes a channel and its messages.</summary>
    public void Delete(Channel channel)
    {
        lock (Lock)
        {
            if (!_channels.Remove(channel.Id) || channel.Guild is not { } guild)
            {
                return;
            }

            guild.Channels.Remove(channel.Id);
            if (guild.SystemChannel == channel)
            {
                guild.SystemChannel = null;
            }

            DispatchGuildEvent(guild, "CHANNEL_DELETE", channel.ToJson());
        }
    }

    /// <summary>Sets a bot's permissions in a channel, regardless of its roles.</summary>
    public void SetPermissions(Channel channel, Application application, Permissions permissions)
    {
        if (channel.Guild is not { } guild)
        {
            throw new ArgumentException("The channel belongs to no guild, so it has no permissions.", nameof(channel));
        }

        lock (Lock)
        {
            var denied = Permissions.All & ~permissions;
            PermissionOverwrite overwrite = new(application.Id, IsForMember: true, permissions, denied);
            channel.Overwrites[application.Id] = overwrite;
            DispatchGuildEvent(guild, "CHANNEL_UPDATE", channel.ToJson());
        }
    }

    /// <summary>Resets a bot's token: its sessions are closed, and its requests are unauthorized.</summary>
    public void ResetToken(Application application)
    {
        lock (Lock)
        {
            application.Token = null;
            Gateway.CloseAll(application);
        }
    }

    /// <summary>Returns a channel's messages, oldest first, without ephemeral ones.</summary>
    public IReadOnlyList<ChannelMessage> GetMessages(Channel channel) => Read(() => channel.Messages.ToList());

    /// <summary>Returns the commands of a guild and the global ones; only the global ones for
    /// <see langword="null"/>.</summary>
    public IReadOnlyList<RegisteredCommand> GetCommands(Application application, Guild? guild = null)
    {
        lock (Lock)
        {
            var commands = application.Commands.GetAll(null);
            if (guild is null)
            {
                return commands;
            }

            return [.. application.Commands.GetAll(guild.Id), .. commands];
        }
    }

    internal void Publish(SimulatorEvent published) => Events.Publish(published);

    internal Application? FindApplication(string token) =>
        _applications.Values.FirstOrDefault(application => application.Token == token);

    internal Application? FindApplication(Snowflake id) => _applications.GetValueOrDefault(id);

    internal Guild? FindGuild(Snowflake id) => _guilds.GetValueOrDefault(id);

    internal Channel? FindChannel(Snowflake id) => _channels.GetValueOrDefault(id);

    internal IEnumerable<Guild> GetGuilds(Application application) =>
        _guilds.Values.Where(guild => guild.Members.ContainsKey(application.Id));

    /// <summary>Sends a guild's event to all bots in it.</summary>
    private void DispatchGuildEvent(Guild guild, string eventName, JsonObject data)
    {
        foreach (var application in _applications.Values)
        {
            if (guild.Members.ContainsKey(application.Id))
            {
                Gateway.Dispatch(application, guild.Id, eventName, data, GatewayIntents.Guilds);
            }
        }
    }

    private void FireImmediateFaults()
    {
        lock (Lock)
        {
            Gateway.FireImmediateFaults();
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (Lock)
        {
            return read();
        }
    }
}

/// <summary>Handles the response of an interactions endpoint, under the world's lock.</summary>
/// <returns>Whether the response is valid.</returns>
internal delegate bool InteractionCallbackHandler(
    DiscordWorld world,
    PendingInteraction interaction,
    JsonElement response
);
