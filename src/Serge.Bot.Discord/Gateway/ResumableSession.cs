using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>The state that is needed to resume after a lost connection.</summary>
internal sealed class ResumableSession
{
    /// <summary>Far longer than Discord's ids, and short enough for the message that resumes the session.</summary>
    private const int MaxIdLength = 1000;

    /// <summary><see langword="null"/> before the first <c>READY</c> and after the end of the session.</summary>
    public string? Id { get; private set; }

    /// <summary>The address to resume at; <see langword="null"/> for the address of the first connection.</summary>
    public Uri? ResumeAddress { get; private set; }

    /// <summary>The sequence number of the last handled event.</summary>
    public long? Sequence { get; private set; }

    public void Start(ReadyData ready)
    {
        Id = ready.SessionId is { Length: > 0 and <= MaxIdLength } id ? id : null;
        ResumeAddress = ready.ResumeGatewayUrl;
    }

    public void SetSequence(long sequence) => Sequence = sequence;

    /// <summary>Notes that the session has ended.</summary>
    public void Clear()
    {
        Id = null;
        ResumeAddress = null;
        Sequence = null;
    }
}
