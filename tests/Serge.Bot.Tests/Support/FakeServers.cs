namespace Serge.Bot.Tests.Support;

/// <summary>A fake Discord with servers and channels, as a bot sees them: the bot's permissions, and its
/// messages.</summary>
internal sealed class FakeServers : UnusedDiscord
{
    public const DiscordPermissions Enough =
        DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages | DiscordPermissions.ReadMessageHistory;

    public Dictionary<GuildId, DiscordGuild> Guilds { get; } = [];

    public Dictionary<ChannelId, ChannelAccess> Channels { get; } = [];

    public List<(ChannelId Channel, string Text)> Messages { get; } = [];

    /// <summary>The messages as they were sent.</summary>
    public List<DiscordMessage> Sent { get; } = [];

    public List<DiscordRole> Roles { get; } = [];

    /// <summary>The follow-up requests after messages.</summary>
    public List<string> FollowUps { get; } = [];

    public Func<SendOutcome> OnFollowUp { get; set; } = () => new SendOutcome.Sent(null, null);

    public int Asked { get; private set; }

    /// <summary>A task that is awaited before a message is accepted.</summary>
    public Func<ChannelId, Task> BeforeSend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs during a request for a server or a channel.</summary>
    public Action OnAsked { get; set; } = () => { };

    /// <summary>Whether Discord does not respond.</summary>
    public bool IsDown { get; set; }

    /// <summary>Overrides the responses about servers.</summary>
    public Dictionary<GuildId, Result<DiscordGuild>> GuildAnswers { get; } = [];

    public FakeServers Guild(ulong guild, string name = "Readers", ulong? systemChannel = null)
    {
        Guilds[new GuildId(guild)] = new DiscordGuild(name, systemChannel is { } id ? new ChannelId(id) : null);
        return this;
    }

    public FakeServers Channel(
        ulong channel,
        ulong guild,
        DiscordPermissions permissions = Enough,
        bool acceptsMessages = true,
        ChannelKind kind = ChannelKind.Text
    )
    {
        Channels[new ChannelId(channel)] = new ChannelAccess(
            new GuildId(guild),
            $"channel-{channel}",
            acceptsMessages,
            permissions
        )
        {
            Kind = kind,
        };
        return this;
    }

    public override Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken)
    {
        if (!GuildAnswers.TryGetValue(guild, out var answer))
        {
            return Answer(Guilds.GetValueOrDefault(guild), "404 Unknown Guild");
        }

        Asked++;
        return Task.FromResult(answer);
    }

    public override Task<Result<ChannelAccess>> GetChannelAccessAsync(
        ChannelId channel,
        CancellationToken cancellationToken
    ) => Answer(Channels.GetValueOrDefault(channel), "404 Unknown Channel");

    public override async Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await BeforeSend(channel).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new SendOutcome.Unknown("We gave up before Discord answered.");
        }

        if (!Channels.TryGetValue(channel, out var access))
        {
            return new SendOutcome.Refused(Refusal.Gone, "404 Unknown Channel");
        }

        const DiscordPermissions ToWrite = DiscordPermissions.SendMessages | DiscordPermissions.SendMessagesInThreads;
        if ((ChannelRequirements.FindMissing(access) & ToWrite) != DiscordPermissions.None)
        {
            return new SendOutcome.Refused(Refusal.Forbidden, "403 Missing Permissions");
        }

        Messages.Add((channel, message.Text));
        Sent.Add(message);
        return new SendOutcome.Sent($"{Messages.Count}", null);
    }

    public override Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<LookupResult>(
            Messages.Contains((channel, text)) ? new LookupResult.Found("1", null) : new LookupResult.NotFound()
        );

    public override Task<SendOutcome> StartThreadAsync(
        ChannelId channel,
        string messageId,
        string name,
        CancellationToken cancellationToken
    ) => FollowUp($"thread {name} {channel} {messageId}");

    public override Task<SendOutcome> CrosspostAsync(
        ChannelId channel,
        string messageId,
        CancellationToken cancellationToken
    ) => FollowUp($"crosspost {channel} {messageId}");

    public override Task<Result<IReadOnlyList<DiscordRole>>> GetRolesAsync(
        GuildId guild,
        CancellationToken cancellationToken
    ) => Task.FromResult<Result<IReadOnlyList<DiscordRole>>>(new Result<IReadOnlyList<DiscordRole>>.Success(Roles));

    private Task<SendOutcome> FollowUp(string asked)
    {
        lock (FollowUps)
        {
            FollowUps.Add(asked);
        }

        return Task.FromResult(OnFollowUp());
    }

    private Task<Result<T>> Answer<T>(T? found, string unknown)
        where T : class
    {
        Asked++;
        OnAsked();
        return Task.FromResult<Result<T>>(
            IsDown ? new Result<T>.Unavailable("no answer")
            : found is null ? new Result<T>.Refused(Refusal.Gone, unknown)
            : new Result<T>.Success(found)
        );
    }
}
