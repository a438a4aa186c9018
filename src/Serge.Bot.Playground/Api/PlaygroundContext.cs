using Serge.Bot.Playground.Editing;
using Serge.Bot.Playground.Worker;

namespace Serge.Bot.Playground.Api;

/// <summary>Everything that the page shows and controls.</summary>
/// <param name="Platforms">The simulated platforms.</param>
/// <param name="Conversation">The Discord channel as the member sees it.</param>
/// <param name="Timeline">The Mastodon timeline as a follower sees it.</param>
/// <param name="EventLog">The log.</param>
/// <param name="HasBot">Whether the playground runs the bot itself; otherwise an operator runs one elsewhere.</param>
/// <param name="Traffic">When a bot used Mastodon last.</param>
/// <param name="Faults">The faults that the page offers.</param>
/// <param name="QuoteFiles">The quote files that the worker reads and the page edits.</param>
/// <param name="Worker">Starts and kills the worker.</param>
/// <param name="Ledger">The playground's own connection to the worker's ledger, which is open also while no worker is
/// running.</param>
/// <param name="Guilds">The settings of Discord servers, on the same connection.</param>
/// <param name="Settings">The worker's settings.</param>
/// <param name="Clocks">The worker's clocks.</param>
/// <param name="ScheduleClock">The schedule clock of <paramref name="Clocks"/>.</param>
/// <param name="Changes">Signals that the page must be updated.</param>
internal sealed record PlaygroundContext(
    SimulatedPlatforms Platforms,
    Conversation Conversation,
    Timeline Timeline,
    EventLog EventLog,
    bool HasBot,
    MastodonTraffic Traffic,
    FaultControls Faults,
    WorkingCopy QuoteFiles,
    WorkerSupervisor Worker,
    ILedger Ledger,
    IGuildStore Guilds,
    BotSettings Settings,
    Clocks Clocks,
    AdjustableClock ScheduleClock,
    ChangeSignal Changes
)
{
    /// <summary>The answer to a request that needs a running bot.</summary>
    public string NoBot =>
        HasBot
            ? "The bot is stopped. Start it on the playground page."
            : "The playground was started with --without-bot, so only your own bot can do this.";

    /// <summary>The active schedules, of the operator and of Discord servers, as the worker plans them; also while no
    /// worker is running.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<IReadOnlyList<Schedule>> GetSchedulesAsync(CancellationToken cancellationToken)
    {
        List<Schedule> schedules = [.. Settings.Schedules];
        foreach (var guild in await Guilds.ListAsync(cancellationToken))
        {
            schedules.AddRange(guild.ListActive(Settings.TimeZone));
        }

        return schedules;
    }
}
