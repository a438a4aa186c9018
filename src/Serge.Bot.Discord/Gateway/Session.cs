using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>What has to be remembered to resume after a lost connection.</summary>
internal sealed class Session
{
    /// <summary>Discord's name for it; <see langword="null"/> before the first <c>READY</c> and after the session was lost.</summary>
    public string? Id { get; private set; }

    /// <summary>Where to resume; <see langword="null"/> for the address that was used to begin.</summary>
    public Uri? ResumeAddress { get; private set; }

    /// <summary>The newest event that has been dealt with.</summary>
    public long? Sequence { get; private set; }

    /// <summary>Far longer than any that Discord gives, and short enough for the message that resumes it.</summary>
    private const int LongestId = 1000;

    /// <summary>Begins a session.</summary>
    public void Begin(Ready ready)
    {
        Id = ready.SessionId is { Length: > 0 and <= LongestId } id ? id : null;
        ResumeAddress = ready.ResumeGatewayUrl;
    }

    /// <summary>Notes that an event has been dealt with.</summary>
    public void Reached(long sequence) => Sequence = sequence;

    /// <summary>Discord has forgotten the session, or we give it up.</summary>
    public void Forget() => (Id, ResumeAddress, Sequence) = (null, null, null);
}
