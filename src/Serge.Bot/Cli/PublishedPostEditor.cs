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
                var rewritten = Transitions.Rewritten(edit.Post, edit.Payload, edit.Items, systemNow);
                return await UpdateAsync(edit.Post, rewritten, "not sent yet; will be sent with the new text");
            case PostChange.Delete { Post: { State: PostState.Planned } post }:
                var reason = $"Retracted {Now} before it was sent.";
                var cancelled = Transitions.Cancelled(post, CancelCause.Retracted, reason);
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

        var (id, problem) = await GetRemoteIdAsync(target, edit.Post, cancellationToken);
        if (id is null)
        {
            return new ChangeResult(IsDone: false, problem);
        }

        var after = Transitions.Corrected(edit.Post, id, edit.Payload, edit.Items, $"Corrected {Now}.");
        var outcome = await RepeatIfUnknownAsync(() => target.EditAsync(after, id, cancellationToken));
        switch (outcome)
        {
            case SendOutcome.Sent { Remark: { } remark }:
                var remarked = after with { Reason = $"{after.Reason} {remark}" };
                return await UpdateAsync(edit.Post, remarked, $"edited. {remark}");
            case SendOutcome.Sent:
                return await UpdateAsync(edit.Post, after, "edited");
            case SendOutcome.Refused(Refusal.Gone, var reason):
                return new ChangeResult(
                    IsDone: false,
                    $"not edited: it no longer exists, or the server does not support editing. ({reason})"
                );
            default:
                return new ChangeResult(IsDone: false, Describe(outcome));
        }
    }

    private async Task<ChangeResult> DeleteAsync(Post post, CancellationToken cancellationToken)
    {
        if (targets.Find(post.Destination) is not { } target)
        {
            return Disabled(post);
        }

        var (id, problem) = await GetRemoteIdAsync(target, post, cancellationToken);
        if (id is null)
        {
            return new ChangeResult(IsDone: false, problem);
        }

        var outcome = await RepeatIfUnknownAsync(() => target.DeleteAsync(post.Destination, id, cancellationToken));
        switch (outcome)
        {
            case SendOutcome.Sent:
                var deleted = Transitions.Retracted(post, id, $"Retracted {Now}.");
                return await UpdateAsync(post, deleted, "deleted");
            case SendOutcome.Refused(Refusal.Gone, var reason):
                return await MarkGoneAsync(post, id, reason);
            default:
                return new ChangeResult(IsDone: false, Describe(outcome));
        }
    }

    /// <summary>The platform answers that the place of a post no longer exists. During an outage that may be wrong, so
    /// only a second answer, some time after the first one, counts.</summary>
    private async Task<ChangeResult> MarkGoneAsync(Post post, string id, string reason)
    {
        var seen = Transitions.SeenGone(post, clocks.System.GetUtcNow());
        if (clocks.System.GetUtcNow() - seen.RefusedAt >= settings.RefusalDelay)
        {
            var gone = Transitions.Retracted(post, id, $"Retracted {Now}; it no longer existed.");
            return await UpdateAsync(post, gone, $"no longer exists ({reason})");
        }

        await ledger.TryUpdateAsync(post, seen, CancellationToken.None);
        var minutes = settings.RefusalDelay.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        return new ChangeResult(
            IsDone: false,
            $"not deleted: it seems to no longer exist. ({reason}) Run the command again after {minutes} min to "
                + "confirm it."
        );
    }

    /// <summary>The platform's id of a post. Some servers never return it; then the post is looked up.</summary>
    private static async Task<(string? Id, string Problem)> GetRemoteIdAsync(
        IPublishTarget target,
        Post post,
        CancellationToken cancellationToken
    )
    {
        if (post.RemoteId is { } known)
        {
            return (known, "");
        }

        const string Unknown = "not done: the server did not return its id, and the lookup";
        return await target.FindPublishedAsync(post, cancellationToken) switch
        {
            LookupResult.Found found => (found.Id, ""),
            LookupResult.Inconclusive inconclusive => (
                null,
                $"{Unknown} was inconclusive: {SingleLine.EndSentence(inconclusive.Reason)} Check the destination "
                    + "yourself."
            ),
            _ => (null, $"{Unknown} did not find it. Check the destination yourself."),
        };
    }

    /// <summary>Edits and deletions can be repeated, so a lost answer is requested once more. If the second request is
    /// certainly not executed, it stays unknown whether the first one was.</summary>
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
internal sealed record ChangeResult(bool IsDone, string Message);
