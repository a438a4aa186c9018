using Serge.Bot.Playground.Worker;
using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground;

/// <summary>All that the page shows and moves.</summary>
internal sealed record PlaygroundParts
{
    /// <summary>The simulated places.</summary>
    public required TwoPlaces Places { get; init; }

    /// <summary>What the member sees on Discord.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>What followers see on Mastodon.</summary>
    public required Timeline Timeline { get; init; }

    /// <summary>What happens.</summary>
    public required Diary Diary { get; init; }

    /// <summary>What can be broken.</summary>
    public required Troubles Troubles { get; init; }

    /// <summary>The worker's place.</summary>
    public required WorkerSeat Seat { get; init; }

    /// <summary>A connection of the playground's own to the worker's ledger, which is there also while no worker is.</summary>
    public required ILedger Ledger { get; init; }

    /// <summary>The worker's settings.</summary>
    public required BotSettings Settings { get; init; }

    /// <summary>The worker's two clocks.</summary>
    public required Clocks Clocks { get; init; }

    /// <summary>The one of them that can be turned.</summary>
    public required MovableCalendar Calendar { get; init; }

    /// <summary>Who tells the page.</summary>
    public required Changes Changes { get; init; }
}
