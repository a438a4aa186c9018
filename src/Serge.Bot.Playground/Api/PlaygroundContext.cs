using Serge.Bot.Playground.Worker;
using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Api;

/// <summary>Everything that the page shows and controls.</summary>
internal sealed record PlaygroundContext
{
    public required SimulatedPlatforms Platforms { get; init; }

    /// <summary>The Discord channel as the member sees it.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>The Mastodon timeline as a follower sees it.</summary>
    public required Timeline Timeline { get; init; }

    public required EventLog EventLog { get; init; }

    public required FaultControls Faults { get; init; }

    public required WorkerSupervisor Worker { get; init; }

    /// <summary>The playground's own connection to the worker's ledger, which is open also while no worker is
    /// running.</summary>
    public required ILedger Ledger { get; init; }

    public required BotSettings Settings { get; init; }

    public required Clocks Clocks { get; init; }

    /// <summary>The schedule clock of <see cref="Clocks"/>.</summary>
    public required AdjustableClock ScheduleClock { get; init; }

    public required ChangeSignal Changes { get; init; }
}
