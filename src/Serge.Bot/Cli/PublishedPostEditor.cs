using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Edits and deletes copies where they stand, and writes it in the ledger. Doing it twice does no harm: what is done already is not found again.</summary>
internal sealed class PublishedPostEditor(ILedger ledger, Publisher poster, Clocks clocks)
{
    /// <summary>Does it.</summary>
    /// <returns>What a person is told, and whether it is done.</returns>
    public Task<(bool Done, string Says)> ApplyAsync(PostChange change, CancellationToken cancellationToken) =>
        change switch
        {
            PostChange.Edit { Post.State: PostState.Planned } edit => MoveAsync(
                edit.Post,
                Transitions.Rewritten(edit.Post, edit.Payload, edit.Items, clocks.System.GetUtcNow()),
                "it was not out yet, and will say the new text",
                cancellationToken
            ),
            PostChange.Delete { Post: { State: PostState.Planned } post } => MoveAsync(
                post,
                Transitions.Cancelled(post, $"Retracted {Now} before it was sent."),
                "it was not out yet, and is called off",
                cancellationToken
            ),
            PostChange.Edit edit => EditAsync(edit, cancellationToken),
            PostChange.Delete delete => DeleteAsync(delete.Post, cancellationToken),
            PostChange.Impossible(_, var why) => Task.FromResult((false, why)),
            _ => throw new InvalidOperationException($"Nothing is known about {change}."),
        };

    private string Now =>
        string.Create(CultureInfo.InvariantCulture, $"on {clocks.Schedule.GetUtcNow():yyyy-MM-dd HH:mm}Z");

    private async Task<(bool Done, string Says)> EditAsync(PostChange.Edit edit, CancellationToken cancellationToken)
    {
        var (id, problem) = await IdAsync(edit.Post, cancellationToken);
        if (id is null)
        {
            return (false, problem!);
        }

        var after = Transitions.Corrected(edit.Post, id, edit.Payload, edit.Items, $"Corrected {Now}.");
        return await TwiceAsync(() => poster.EditAsync(after, id, cancellationToken)) switch
        {
            SendOutcome.Sent => await MoveAsync(edit.Post, after, "edited", CancellationToken.None),
            SendOutcome.Refused(Refusal.Gone, var reason) => (
                false,
                $"not edited: it is no longer there, or this server does not edit. ({reason})"
            ),
            var other => (false, Words(other)),
        };
    }

    private async Task<(bool Done, string Says)> DeleteAsync(Post post, CancellationToken cancellationToken)
    {
        var (id, problem) = await IdAsync(post, cancellationToken);
        if (id is null)
        {
            return (false, problem!);
        }

        return await TwiceAsync(() => poster.DeleteAsync(post.Destination, id, cancellationToken)) switch
        {
            SendOutcome.Sent => await MoveAsync(
                post,
                Transitions.Retracted(post, id, $"Retracted {Now}."),
                "deleted",
                CancellationToken.None
            ),
            SendOutcome.Refused(Refusal.Gone, var reason) => await MoveAsync(
                post,
                Transitions.Retracted(post, id, $"Retracted {Now}; it was gone already."),
                $"gone already ({reason})",
                CancellationToken.None
            ),
            var other => (false, Words(other)),
        };
    }

    /// <summary>The platform's id of a copy. Some servers never told it; then it is looked for.</summary>
    private async Task<(string? Id, string? Problem)> IdAsync(Post post, CancellationToken cancellationToken) =>
        post.RemoteId is { } known
            ? (known, null)
            : await poster.FindPublishedAsync(post, cancellationToken) switch
            {
                LookupResult.Found found => (found.Id, null),
                LookupResult.Inconclusive(var reason) => (
                    null,
                    $"not done: the server never told its id, and it cannot be found: {reason} Look there yourself."
                ),
                _ => (null, "not done: the server never told its id, and it is not found there. Look there yourself."),
            };

    /// <summary>Edits and deletions may be said twice, so a lost answer is asked for once more.</summary>
    private static async Task<SendOutcome> TwiceAsync(Func<Task<SendOutcome>> act) =>
        await act() is var first && first is SendOutcome.Unknown ? await act() : first;

    private async Task<(bool Done, string Says)> MoveAsync(
        Post before,
        Post after,
        string says,
        CancellationToken cancellationToken
    ) =>
        await ledger.TryUpdateAsync(before, after, cancellationToken)
            ? (true, says)
            : (false, "somebody else changed it at the same moment. Say the same again.");

    private static string Words(SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.RetryAfter(var until, var reason) => string.Create(
                CultureInfo.InvariantCulture,
                $"not done: the platform asks to wait until {until:yyyy-MM-dd HH:mm:ss}Z. Say the same again then. ({reason})"
            ),
            SendOutcome.Refused(_, var reason) => $"not done: the platform refuses it. ({reason})",
            SendOutcome.Unavailable(var reason) => $"not done: {reason} Say the same again later.",
            SendOutcome.Unknown(var reason) => $"not certain: {reason} Say the same again.",
            _ => $"not done: {outcome}",
        };
}
