namespace Serge.Bot.Tests.Support;

/// <summary>A Discord that a test does not use. Derived classes override what their tests use.</summary>
internal abstract class UnusedDiscord : IDiscord
{
    public virtual Capabilities Capabilities { get; } =
        new(SupportsIdempotency: true, TimeSpan.FromMinutes(2), SupportsLookup: true);

    public virtual IAsyncEnumerable<DiscordEvent> ReadAsync(CancellationToken cancellationToken) =>
        throw Unused(nameof(ReadAsync));

    public virtual Task<Result<CommandRegistration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(RegisterCommandsAsync));

    public virtual Task<Result<bool>> HasCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(HasCommandsAsync));

    public virtual Task<SendOutcome> RespondAsync(
        Interaction interaction,
        Reply reply,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(RespondAsync));

    public virtual Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(SendAsync));

    public virtual Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(FindPublishedAsync));

    public virtual Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(EditAsync));

    public virtual Task<SendOutcome> DeleteAsync(
        ChannelId channel,
        string messageId,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(DeleteAsync));

    public virtual Task<SendOutcome> StartForumPostAsync(
        ChannelId forum,
        string title,
        DiscordMessage message,
        SendDeadline deadline,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(StartForumPostAsync));

    public virtual Task<LookupResult> FindForumPostAsync(
        ChannelId forum,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(FindForumPostAsync));

    public virtual Task<SendOutcome> StartThreadAsync(
        ChannelId channel,
        string messageId,
        string name,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(StartThreadAsync));

    public virtual Task<SendOutcome> CrosspostAsync(
        ChannelId channel,
        string messageId,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(CrosspostAsync));

    public virtual Task<Result<IReadOnlyList<DiscordRole>>> GetRolesAsync(
        GuildId guild,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(GetRolesAsync));

    public virtual Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken) =>
        throw Unused(nameof(GetApplicationAsync));

    public virtual Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken) =>
        throw Unused(nameof(GetGuildAsync));

    public virtual Task<Result<ChannelAccess>> GetChannelAccessAsync(
        ChannelId channel,
        CancellationToken cancellationToken
    ) => throw Unused(nameof(GetChannelAccessAsync));

    private static NotSupportedException Unused(string member) => new($"The test does not expect {member}.");
}
