namespace Serge.Bot.Posting.Model;

/// <summary>What is done after a post was published; a row of the ledger. It can be repeated on the platform without a
/// second effect, so it is repeated until it was answered.</summary>
/// <param name="Post">The published post.</param>
/// <param name="Kind">What is done.</param>
public sealed record FollowUp(Post Post, FollowUpKind Kind)
{
    /// <summary>The number of attempts after which it fails: about a day with <see cref="MaxDelay"/>.</summary>
    public const int MaxAttempts = 100;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(15);

    /// <summary>Default <see cref="FollowUpState.Pending"/>.</summary>
    public FollowUpState State { get; init; }

    /// <summary>How often it was attempted.</summary>
    public int Attempts { get; init; }

    /// <summary>Not attempted before this moment, on the system clock.</summary>
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether the platform has refused it once.</summary>
    public bool WasRefused { get; init; }

    /// <summary>Why it is in its state; one line for a person.</summary>
    public string? Reason { get; init; }

    /// <summary>Applies the outcome of an attempt.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="systemNow">The current time on the system clock.</param>
    /// <param name="settings">During an outage a platform may refuse what it accepts otherwise, so it is asked once
    /// more after <see cref="DeliverySettings.RefusalDelay"/>.</param>
    public FollowUp Apply(SendOutcome outcome, DateTimeOffset systemNow, DeliverySettings settings)
    {
        var attempted = this with { Attempts = Attempts + 1 };
        switch (outcome)
        {
            case SendOutcome.Sent:
                return attempted with { State = FollowUpState.Done, Reason = null };
            case SendOutcome.Refused(_, var reason) when WasRefused || settings.RefusalDelay == TimeSpan.Zero:
                return attempted.Fail(reason);
            case SendOutcome.Refused(_, var reason):
                return attempted with
                {
                    WasRefused = true,
                    NotBefore = systemNow + settings.RefusalDelay,
                    Reason = reason,
                };
            case SendOutcome.RetryAfter(var until, var reason):
                var latest = systemNow + Transitions.MaxDelay;
                return attempted.Retry(until < latest ? until : latest, reason);
            case SendOutcome.Unavailable(var reason):
                return attempted.Retry(systemNow + attempted.GetDelay(), reason);
            case SendOutcome.Unknown(var reason):
                return attempted.Retry(systemNow + attempted.GetDelay(), reason);
            default:
                throw new InvalidOperationException($"No transition for {outcome}.");
        }
    }

    /// <summary>It is not attempted any more.</summary>
    public FollowUp Fail(string reason) => this with { State = FollowUpState.Failed, Reason = reason };

    private FollowUp Retry(DateTimeOffset notBefore, string reason)
    {
        if (Attempts < MaxAttempts)
        {
            return this with { NotBefore = notBefore, Reason = reason };
        }

        return Fail(reason);
    }

    private TimeSpan GetDelay()
    {
        var delay = FirstDelay * Math.Pow(2, Math.Min(Attempts - 1, 10));
        return delay < MaxDelay ? delay : MaxDelay;
    }
}

/// <summary>What is done after a post was published.</summary>
public enum FollowUpKind
{
    /// <summary>A thread is opened under it.</summary>
    Thread,

    /// <summary>It is published in the channels that follow its channel.</summary>
    Crosspost,
}

/// <summary>The state of a <see cref="FollowUp"/>.</summary>
public enum FollowUpState
{
    /// <summary>It is attempted when it is due.</summary>
    Pending,

    /// <summary>The platform confirmed it.</summary>
    Done,

    /// <summary>The platform refused it, or a day of attempts passed. The post is not affected.</summary>
    Failed,
}
