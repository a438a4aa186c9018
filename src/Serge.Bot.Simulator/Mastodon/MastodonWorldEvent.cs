namespace Serge.Bot.Simulator.Mastodon;

/// <summary>An event of the simulated Mastodon server. A closed set.</summary>
public abstract record MastodonWorldEvent : SimulatorEvent
{
    private MastodonWorldEvent() { }

    public sealed record StatusCreated(Status Status) : MastodonWorldEvent;

    public sealed record StatusEdited(Status Status) : MastodonWorldEvent;

    public sealed record StatusDeleted(Status Status) : MastodonWorldEvent;
}
