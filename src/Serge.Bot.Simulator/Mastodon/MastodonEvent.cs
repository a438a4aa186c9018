namespace Serge.Bot.Simulator.Mastodon;

/// <summary>An event of the simulated Mastodon server. A closed set.</summary>
public abstract record MastodonEvent : SimulatorEvent
{
    private MastodonEvent() { }

    public sealed record StatusCreated(Status Status) : MastodonEvent;

    public sealed record StatusEdited(Status Status) : MastodonEvent;

    public sealed record StatusDeleted(Status Status) : MastodonEvent;
}
