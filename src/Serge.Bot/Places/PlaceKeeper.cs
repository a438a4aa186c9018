using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Serge.Bot.Delivery;

namespace Serge.Bot.Places;

/// <summary>Keeps what is known of servers true: channels that are gone or closed, servers we were removed from and invited back to, and what is to be deleted.</summary>
/// <remarks>Gateway and delivery hand their news over and go on; it is dealt with here, one at a time. News that is lost in a crash comes again: a post
/// that is refused, or a session that lists its servers.</remarks>
internal sealed partial class PlaceKeeper(
    IPlaces places, PlaceDirectory directory, PlacePauses pauses, Clocks clocks, ILogger<PlaceKeeper> logger) : BackgroundService, IRefusalListener
{
    /// <summary>How long a server's data outlives our removal. Promised in <c>docs/privacy.md</c>.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly Channel<Func<CancellationToken, Task>> _errands = Channel.CreateBounded<Func<CancellationToken, Task>>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Ends when all that was heard so far has been dealt with; for tests.</summary>
    internal async Task SettledAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _errands.Writer.TryWrite(_ =>
        {
            done.SetResult();
            return Task.CompletedTask;
        });
        await done.Task;
    }

    /// <summary>Knows the servers before the first command is answered.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(RunErrandsAsync(stoppingToken), KeepAsync(stoppingToken));

    /// <summary>A session began: servers that it does not list are those we were removed from while we were away.</summary>
    public void Began(Shard shard, IReadOnlyList<GuildId> guilds)
    {
        var listed = guilds.ToHashSet();
        foreach (var missing in directory.Present.Where(guild => shard.Covers(guild) && !listed.Contains(guild)))
        {
            Left(missing);
        }

        foreach (var back in directory.Left.Where(listed.Contains))
        {
            Joined(back);
        }
    }

    /// <summary>We are in a server. Most often that is no news.</summary>
    public void Joined(GuildId guild)
    {
        if (directory.HasLeft(guild))
        {
            _errands.Writer.TryWrite(stop => pauses.BackAsync(guild, stop));
        }
    }

    /// <summary>We were removed from a server, or it was deleted.</summary>
    public void Left(GuildId guild)
    {
        if (directory.Knows(guild))
        {
            _errands.Writer.TryWrite(stop => pauses.LeftAsync(guild, stop));
        }
    }

    /// <summary>A channel was deleted.</summary>
    public void ChannelDeleted(ChannelId channel, GuildId guild)
    {
        if (directory.Knows(guild))
        {
            _errands.Writer.TryWrite(stop => pauses.ChannelLostAsync(channel, PauseCause.ChannelDeleted, "the channel was deleted", tell: true, stop));
        }
    }

    /// <summary>A post was refused for good. A closed door is not knocked at again.</summary>
    public void Refused(Post post, SendOutcome.Refused refusal)
    {
        if (PlaceSchedule.GuildOf(post.Schedule) is { } guild && post.Destination.Channel is { } channel && refusal.Kind is Refusal.Gone or Refusal.Forbidden)
        {
            // A word to the admins that cannot be delivered leads to no further word.
            var isNotice = post.Schedule == PlacePauses.NoticeName(guild);
            var cause = refusal.Kind == Refusal.Gone ? PauseCause.ChannelDeleted : PauseCause.ChannelClosed;
            _errands.Writer.TryWrite(stop => pauses.ChannelLostAsync(channel, cause, refusal.Reason, tell: !isNotice, stop));
        }
    }

    /// <summary>Reads the servers anew, and deletes what was kept long enough.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    internal async Task KeepOnceAsync(CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        foreach (var guild in directory.Left.ToArray())
        {
            if (await places.ForgetAsync(guild, clocks.Calendar.GetUtcNow() - KeptFor, cancellationToken))
            {
                LogForgotten(guild, KeptFor.Days);
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Pace, clocks.Wire);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await TryAsync(KeepOnceAsync, cancellationToken);
        }
    }

    private async Task RunErrandsAsync(CancellationToken cancellationToken)
    {
        await foreach (var errand in _errands.Reader.ReadAllAsync(cancellationToken))
        {
            await TryAsync(errand, cancellationToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (LedgerException e)
        {
            LogLedger(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Server {Guild} has been without the bot for {Days} days: its schedules, its zone and what was posted there are deleted")]
    private partial void LogForgotten(GuildId guild, int days);

    [LoggerMessage(LogLevel.Error, "News of a server could not be written down, and comes again: {Problem}")]
    private partial void LogLedger(string problem);
}
