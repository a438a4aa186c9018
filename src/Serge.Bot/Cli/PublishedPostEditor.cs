using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Edits and deletes published posts and records it in the ledger. Repeating it is harmless: what is done is
/// not found again.</summary>
internal sealed class PublishedPostEditor(
    ILedger ledger,
    PublishTargets targets,
    DeliverySettings settings,
    Clocks clocks
)
{
    private string Now =>
        string.Create(CultureInfo.InvariantCulture, $"on {clocks.Schedule.GetUtcNow():yyyy-MM-dd HH:mm}Z");

    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task<ChangeResult> ApplyAsync(PostChange change, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case PostChange.Edit { Post.State: PostState.Planned } edit:
                var systemNow = clocks.System.GetUtcNow();
                var rewritten = Transitions.Rewrite(edit.Post, edit.Payload, edit.Items, systemNow);
                return await UpdateAsync(edit.Post, rewritten, "not sent yet; will be sent with the new text");
            case PostChange.Delete { Post: { State: PostState.Planned } post }:
                var reason = $"Retracted {Now} before it was sent.";
                var cancelled = Transitions.MarkCancelled(post, CancelCause.Retracted, reason);
                return await UpdateAsync(post, cancelled, "not sent yet; cancelled");
            case PostChange.Edit edit:
                return await EditAsync(edit, cancellationToken);
            case PostChange.Delete delete:
                return await DeleteAsync(delete.Post, cancellationToken);
            case PostChange.Impossible impossible:
                return new ChangeResult(IsDone: false, impossible.Reason);
            default:
                throw new InvalidOperationException($"Unknown change {change}.");
        }
    }

    private async Task<ChangeResult> EditAsync(PostChange.Edit edit, CancellationToken cancellationToken)
    {
        if (targets.Find(edit.Post.Destination) is not { } target)
        {
            return Disabled(edit.Post);
        }

        var (post, id, problem) = await LocateAsync(target, edit.Post, cancellationToken);
        if (id is null)
        {
            return new ChangeResult(IsDone: false, problem);
        }

        var reason = $"Corrected {Now}.";
        var after = Transitions.ApplyCorrection(post, id, edit.Payload, edit.Items, reason);
        var outcome = await RepeatIfUnknownAsync(() => target.EditAsync(after, id, cancellationToken));
        switch (outcome)
        {
            case SendOutcome.Sent { Remark: { } remark }:
                var remarked = Transitions.ApplyCorrection(post, id, edit.Payload, edit.Items, $"{reason} {remark}");
                return await UpdateAsync(edit.Post, remarked, $"edited. {remark}", post);
            case SendOutcome.Sent:
                return await UpdateAsync(edit.Post, after, "edited", post);
            case SendOutcome.Refused(Refusal.Gone, var refusal):
                return new ChangeResult(
                    IsDone: false,
                    $"not edited: it no longer exists, or the server does not support editing. ({refusal})"
                );
            default:
                return new ChangeResult(IsDone: false, Describe(outcome));
        }
    }

    private async Task<ChangeResult> DeleteAsync(Post before, CancellationToken cancellationToken)
    {
        if (targets.Find(before.Destination) is not { } target)
        {
            return Disabled(before);
        }

        var (post, id, problem) = await LocateAsync(target, before, cancellationToken);
        if (id is null)
        {
            return new ChangeResult(IsDone: false, problem);
        }

        var outcome = await RepeatIfUnknownAsync(() => target.DeleteAsync(post.Destination, id, cancellationToken));
        switch (outcome)
        {
            case SendOutcome.Sent:
                var deleted = Transitions.MarkRetracted(post, id, $"Retracted {Now}.");
                return await UpdateAsync(before, deleted, "deleted", post);
            case SendOutcome.Refused(Refusal.Gone, var reason):
                return await MarkGoneAsync(before, post, id, reason);
            default:
                return new ChangeResult(IsDone: false, Describe(outcome));
        }
    }

    /// <summary>The platform answers that the channel or the post no longer exists. During an outage that may be wrong,
    /// so only a second answer, some time after the first one, counts.</summary>
    /// <param name="before">The post as it was read.</param>
    /// <param name="post">The post with what a lookup found.</param>
    /// <param name="id">The platform's id of it.</param>
    /// <param name="reason">The platform's answer.</param>
    private async Task<ChangeResult> MarkGoneAsync(Post before, Post post, string id, string reason)
    {
        var seen = Transitions.RecordFirstRefusal(post, clocks.System.GetUtcNow());
        if (clocks.System.GetUtcNow() - seen.RefusedAt >= settings.RefusalDelay)
        {
            var gone = Transitions.MarkRetracted(post, id, $"Retracted {Now}; it no longer existed.");
            return await UpdateAsync(before, gone, $"no longer exists ({reason})", post);
        }

        await ledger.TryUpdateAsync(before, seen, CancellationToken.None);
        var minutes = settings.RefusalDelay.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        return new ChangeResult(
            IsDone: false,
            $"not deleted: it seems to no longer exist. ({reason}) Run the command again after {minutes} min to "
                + "confirm it."
        );
    }

    /// <summary>A post with the platform's id of it. Some servers never return it; then the post is looked up, which
    /// may find two copies. For a post on another server no id is returned: on this server the same id may be another
    /// post.</summary>
    private async Task<(Post Post, string? Id, string Problem)> LocateAsync(
        IPublishTarget target,
        Post post,
        CancellationToken cancellationToken
    )
    {
        if (await target.FindObstacleAsync(post, cancellationToken) is { } obstacle)
        {
            return (post, null, $"not done: {obstacle}");
        }

        if (post.RemoteId is { } known)
        {
            return (post, known, "");
        }

        const string Unknown = "not done: the server did not return its id, and the lookup";
        return await target.FindPublishedAsync(post, cancellationToken) switch
        {
            LookupResult.Found found => (Transitions.MarkFound(post, found), found.Id, ""),
            LookupResult.Inconclusive inconclusive => (
                post,
                null,
                $"{Unknown} was inconclusive: {SingleLine.EndSentence(inconclusive.Reason)} Check the destination "
                    + "yourself."
            ),
            _ => (post, null, $"{Unknown} did not find it. Check the destination yourself."),
        };
    }

    /// <summary>Edits and deletions can be repeated, so a lost response is requested once more. If the second request
    /// is certainly not executed, it stays unknown whether the first one was.</summary>
    private static async Task<SendOutcome> RepeatIfUnknownAsync(Func<Task<SendOutcome>> request)
    {
        var first = await request();
        if (first is not SendOutcome.Unknown)
        {
            return first;
        }

        var second = await request();
        return second is SendOutcome.RetryAfter or SendOutcome.Unavailable ? first : second;
    }

    /// <summary>Records what was done to a published post, and says what is left if it was published twice.</summary>
    /// <param name="before">The post as it was read.</param>
    /// <param name="after">The post as it is now.</param>
    /// <param name="message">What was done.</param>
    /// <param name="changed">The post that was changed, whose reason names both copies.</param>
    private async Task<ChangeResult> UpdateAsync(Post before, Post after, string message, Post changed)
    {
        var result = await UpdateAsync(before, after, message);
        if (!result.IsDone || !changed.NeedsOperator)
        {
            return result;
        }

        var done = SingleLine.EndSentence(message);
        var copies = SingleLine.EndSentence(changed.Reason ?? "");
        var key = PostKey.Shorten(changed);
        return new ChangeResult(
            IsDone: true,
            $"{done} A second copy may be public. ({copies}) Delete it yourself, then run serge dismiss {key}.",
            NeedsOperator: true
        );
    }

    /// <remarks>The platform may have executed the change, so recording it is not cancelled.</remarks>
    private async Task<ChangeResult> UpdateAsync(Post before, Post after, string message)
    {
        if (await ledger.TryUpdateAsync(before, after, CancellationToken.None))
        {
            return new ChangeResult(IsDone: true, message);
        }

        return new ChangeResult(IsDone: false, "changed by another program at the same time. Try again.");
    }

    private static ChangeResult Disabled(Post post)
    {
        var platform = Destinations.GetPlatformName(post.Destination);
        return new ChangeResult(IsDone: false, $"not done: {platform} is disabled: it has no credentials.");
    }

    private static string Describe(SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.RetryAfter wait => string.Create(
                CultureInfo.InvariantCulture,
                $"not done: rate limited until {wait.Until:yyyy-MM-dd HH:mm:ss}Z. Try again then. ({wait.Reason})"
            ),
            SendOutcome.Refused refused => $"not done: the platform refuses it. ({refused.Reason})",
            SendOutcome.Unavailable failure => $"not done: {SingleLine.EndSentence(failure.Reason)} Try again later.",
            SendOutcome.Unknown unknown => $"unknown: {SingleLine.EndSentence(unknown.Reason)} Try again.",
            _ => $"not done: {outcome}",
        };
}

/// <summary>The result of a change.</summary>
/// <param name="IsDone">Whether it is done.</param>
/// <param name="Message">What was done, or why not.</param>
/// <param name="NeedsOperator">Whether a second copy of the post may be public, which only a person can delete.</param>
internal sealed record ChangeResult(bool IsDone, string Message, bool NeedsOperator = false);
