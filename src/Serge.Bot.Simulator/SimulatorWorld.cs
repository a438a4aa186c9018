using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Faults;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Simulator;

/// <summary>Discord and Mastodon as far as a bot can tell: their state, their rules, and the levers to disturb them.</summary>
/// <remarks>Nothing here listens on a network. Mount it with <see cref="SimulatorEndpoints"/> or start a <see cref="SimulatorServer"/>.
/// All members may be called from any thread.</remarks>
public sealed class SimulatorWorld
{
    private readonly EventHub _hub = new();

    /// <summary>Makes an empty world.</summary>
    /// <param name="clock">Every deadline, window and timestamp of the world is measured with it.</param>
    /// <param name="random">Where tokens and session ids come from. The world has it to itself from now on.</param>
    public SimulatorWorld(TimeProvider clock, Random random)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(random);
        RandomSource chance = new(random);
        Faults = new FaultScript(clock, _hub);
        Discord = new DiscordWorld(clock, chance, _hub, Faults);
        Mastodon = new MastodonWorld(clock, chance, _hub);
    }

    /// <summary>The Discord side.</summary>
    public DiscordWorld Discord { get; }

    /// <summary>The Mastodon side.</summary>
    public MastodonWorld Mastodon { get; }

    /// <summary>What is to go wrong, and what went wrong already.</summary>
    public FaultScript Faults { get; }

    /// <summary>Opens a stream of everything that happens from now on. Dispose it when done.</summary>
    /// <remarks>A stream that is not read keeps the newest 4,096 events.</remarks>
    public EventStream Watch() => _hub.Open();
}
