using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Discord.Rest;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Simulator;

/// <summary>A simulated Discord and a simulated Mastodon server, with their state, their rules and faults.</summary>
/// <remarks>A world does not listen on a network. Map it with <see cref="SimulatorEndpoints"/> or start a
/// <see cref="SimulatorServer"/>. All members are thread-safe.</remarks>
public sealed class SimulatorWorld
{
    private readonly EventHub _events = new();

    /// <summary>Creates an empty world.</summary>
    /// <param name="clock">The clock of every deadline, window and timestamp.</param>
    /// <param name="random">The source of tokens and session ids. Nothing else may use it any more.</param>
    public SimulatorWorld(TimeProvider clock, Random random)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(random);
        RandomSource source = new(random);
        Faults = new FaultScript(clock, _events);
        Discord = new DiscordWorld(clock, source, _events, Faults, InteractionRoutes.TryHandleCallback);
        Mastodon = new MastodonWorld(clock, _events, Faults);
    }

    public DiscordWorld Discord { get; }

    public MastodonWorld Mastodon { get; }

    public FaultScript Faults { get; }

    /// <summary>Opens a stream of all events from now on. The caller disposes it.</summary>
    /// <remarks>A stream that is not read keeps the newest 4,096 events.</remarks>
    public EventStream Watch() => _events.Open();
}
