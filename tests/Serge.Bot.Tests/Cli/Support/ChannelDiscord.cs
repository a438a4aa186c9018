using System.Runtime.CompilerServices;

namespace Serge.Bot.Tests.Cli.Support;

/// <summary>A fake Discord for the command line: messages in channels, and permissions there.</summary>
internal sealed class ChannelDiscord : UnusedDiscord
{
    private const DiscordPermissions Enough =
        DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages | DiscordPermissions.ReadMessageHistory;

    /// <summary>Everything that was sent, edited, deleted or looked up, in order.</summary>
    public List<string> Calls { get; } = [];

    public Func<SendOutcome> OnSend { get; set; } =
        static () => new SendOutcome.Sent("900", new Uri("https://discord.com/channels/1/7/900"));

    public Func<SendOutcome> OnChange { get; set; } = static () => new SendOutcome.Sent("900", null);

    public Func<LookupResult> OnLookup { get; set; } = static () => new LookupResult.NotFound();

    public Result<DiscordApplication> Application { get; set; } =
        new Result<DiscordApplication>.Success(new DiscordApplication(42, "Serge"));

    public Result<bool> Commands { get; set; } = new Result<bool>.Success(true);

    /// <summary>The names of the commands that were compared with the registered ones.</summary>
    public IReadOnlyList<string> Compared { get; private set; } = [];

    /// <summary>The permissions in a channel; by default all required ones.</summary>
    public Func<ChannelId, Result<ChannelAccess>> OnAccess { get; set; } =
        static channel => new Result<ChannelAccess>.Success(
            new ChannelAccess(new GuildId(1), $"c{channel}", true, Enough)
        );

    /// <summary>The events of the gateway; after them it yields nothing until it is stopped.</summary>
    public List<DiscordEvent> Events { get; } = [];

    public override async IAsyncEnumerable<DiscordEvent> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var discordEvent in Events)
        {
            yield return discordEvent;
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public override Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        Calls.Add($"send {channel}: {message.Text}");
        return Task.FromResult(OnSend());
    }

    public override Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        Calls.Add($"lookup {channel}: {text}");
        return Task.FromResult(OnLookup());
    }

    public override Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        Calls.Add($"edit {channel}/{messageId}: {message.Text}");
        return Task.FromResult(OnChange());
    }

    public override Task<SendOutcome> DeleteAsync(
        ChannelId channel,
        string messageId,
        CancellationToken cancellationToken
    )
    {
        Calls.Add($"delete {channel}/{messageId}");
        return Task.FromResult(OnChange());
    }

    public override Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Application);

    public override Task<Result<bool>> HasCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        Compared = [.. commands.Select(command => command.Name)];
        return Task.FromResult(Commands);
    }

    public override Task<Result<ChannelAccess>> GetChannelAccessAsync(
        ChannelId channel,
        CancellationToken cancellationToken
    )
    {
        Calls.Add($"access {channel}");
        return Task.FromResult(OnAccess(channel));
    }

    public override Task<Result<CommandRegistration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<Result<CommandRegistration>>(
            new Result<CommandRegistration>.Success(new CommandRegistration(false, commands.Count))
        );
}
