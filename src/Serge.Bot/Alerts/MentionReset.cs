namespace Serge.Bot.Alerts;

/// <summary>Removes the position of <see cref="MentionForwarder"/> where mentions are not forwarded, so that mentions
/// from this time are not forwarded later.</summary>
/// <remarks>A schedule source is only called while this worker is the sender. Before that, another worker with the
/// setting on may still store its position.</remarks>
internal sealed class MentionReset(ILedger ledger) : IScheduleSource
{
    private bool _isDone;

    /// <summary>Removes the position the first time. There is nothing to plan.</summary>
    public async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        if (_isDone)
        {
            return;
        }

        var marks = await ledger.GetMarksAsync(cancellationToken);
        if (marks.TryGetValue(MentionForwarder.Name, out var mark) && mark.Timing.Length > 0)
        {
            ScheduleMark none = new("", NextDue: null);
            await ledger.PlanAsync(MentionForwarder.Name, none, [], cancellationToken);
        }

        _isDone = true;
    }
}
