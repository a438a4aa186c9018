namespace Serge.Bot.Posting.Model;

/// <content>Lookups of posts whose response was lost, and the check for a second copy.</content>
public static partial class Transitions
{
    /// <summary>How many prompt lookups in a row have to miss a post before it is sent again to a platform that would
    /// publish it twice.</summary>
    /// <remarks>The first one only proves that the server responds again: it may be answered in the moment in which the
    /// server executes the late post. The second begins well after that answer, and the third confirms it.</remarks>
    public const int RequiredMisses = 3;

    /// <summary>How long after its deadline an unknown post is still looked up; after that an operator
    /// has to decide.</summary>
    public static readonly TimeSpan LookupPeriod = TimeSpan.FromDays(1);

    private static readonly TimeSpan MinLookupRetryDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxMissDelay = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CopyCheckDelay = TimeSpan.FromMinutes(5);

    /// <summary>Claims an unknown post for a lookup, so that two workers do not both find nothing and
    /// then both send.</summary>
    public static Post ClaimLookup(Post post, string worker, DateTimeOffset systemNow, DeliverySettings settings) =>
        post with
        {
            ClaimedBy = worker,
            LeaseUntil = systemNow + settings.Lease,
        };

    /// <summary>Applies a lookup of an unknown post.</summary>
    public static Post Apply(Post post, CompletedLookup lookup, Capabilities platform, DeliverySettings settings)
    {
        switch (lookup.Result)
        {
            case LookupResult.Found found:
                return MarkFound(MarkSent(post, found.Id, found.Url, lookup.End), found);
            case LookupResult.NotFound when PreventsSecondCopy(platform, post, lookup.End):
                return SendAgain(post, "The lookup did not find it", lookup.End);
            // An operator looked it up between two lookups of the worker: too early to count.
            case LookupResult.NotFound when lookup.Start < post.NotBefore:
                return Release(post);
            case LookupResult.NotFound when !lookup.IsPrompt:
                return LookUpAgain(post, DescribeSlowResponse(lookup), lookup.End, settings) with
                {
                    NeedsOperator = false,
                };
            case LookupResult.NotFound when post.Misses + 1 < RequiredMisses:
                var misses = post.Misses + 1;
                var delay = Backoff(settings.LookupDelay, post.Lookups + misses, MaxMissDelay);
                return Release(post) with { Misses = misses, NeedsOperator = false, NotBefore = lookup.End + delay };
            case LookupResult.NotFound:
                return SendAgain(post, $"{RequiredMisses} lookups did not find it", lookup.End);
            case LookupResult.Inconclusive inconclusive:
                var reason = $"the lookup was inconclusive: {inconclusive.Reason}";
                return LookUpAgain(post, reason, lookup.End, settings) with
                {
                    NeedsOperator = post.NeedsOperator || inconclusive.NeedsOperator,
                };
            default:
                throw new InvalidOperationException($"No transition for {lookup.Result}.");
        }
    }

    /// <summary>Applies the last lookup of a post that was sent again: is it published twice?</summary>
    public static Post ApplyCopyCheck(
        Post post,
        CompletedLookup lookup,
        DateTimeOffset scheduleNow,
        DeliverySettings settings
    )
    {
        var done = Release(post) with { CopyCheckPending = false };
        switch (lookup.Result)
        {
            case LookupResult.Found { Copy: not null } found:
                return MarkFound(done, found);
            case LookupResult.Found found when lookup.IsPrompt:
                return done with { RemoteId = found.Id, Url = found.Url };
            case LookupResult.NotFound when lookup.IsPrompt: // deleted on the platform
                return done;
        }

        var inconclusive = lookup.Result as LookupResult.Inconclusive;
        var reason = inconclusive?.Reason ?? DescribeSlowResponse(lookup);
        if (inconclusive is { NeedsOperator: true } || scheduleNow > post.Deadline + LookupPeriod)
        {
            return done with
            {
                NeedsOperator = true,
                Reason = $"It was sent again after a lost response, and may be published twice: {reason}",
            };
        }

        return LookUpAgain(post, reason, lookup.End, settings) with
        {
            Reason = post.Reason,
        };
    }

    /// <summary>Whether an unknown post is no longer looked up, so that an operator has to decide.</summary>
    public static bool IsStuck(Post post, DateTimeOffset scheduleNow) =>
        post.State == PostState.Unknown && post.Lookups > 0 && scheduleNow > post.Deadline + LookupPeriod;

    /// <summary>Whether a planned post was to be sent again because the platform would recognize its key, and the key
    /// has expired since. <see cref="ReturnToLookups"/> returns it to the lookups.</summary>
    /// <remarks>A post that an operator sends again, or that was missed often enough, does not depend on a
    /// key.</remarks>
    public static bool DependsOnExpiredKey(Post post, Capabilities platform, DateTimeOffset systemNow)
    {
        var dependsOnKey = post is { CopyCheckPending: true, RetryOf: null, Misses: < RequiredMisses - 1 };
        return dependsOnKey && platform.SupportsIdempotency && systemNow - post.FirstAttemptAt >= platform.KeyWindow;
    }

    /// <summary>Returns a planned post that depends on an expired key to the lookups, which alone can tell whether it
    /// was published.</summary>
    public static Post ReturnToLookups(Post post) =>
        Release(post) with
        {
            State = PostState.Unknown,
            NotBefore = DateTimeOffset.UnixEpoch,
            Reason = "It could not be sent again before the platform forgot the key of the first attempt.",
        };

    /// <summary>Whether the platform recognizes the key of an earlier attempt. Half of the window is left for the next
    /// attempt.</summary>
    /// <remarks>Not for a post that an operator sends again: it stays planned when its key expires, because
    /// <see cref="DependsOnExpiredKey"/> cannot distinguish its own first attempt from that of the failed
    /// post. Where a lookup is not supported, the key alone decides.</remarks>
    private static bool PreventsSecondCopy(Capabilities platform, Post post, DateTimeOffset systemNow)
    {
        var needsLookups = post.RetryOf is not null && platform.SupportsLookup;
        var recognizesKey = platform.SupportsIdempotency && !needsLookups;
        return recognizesKey && systemNow - post.FirstAttemptAt < platform.KeyWindow / 2;
    }

    private static Post SendAgain(Post post, string result, DateTimeOffset systemNow)
    {
        var failure = SingleLine.EndSentence(post.Reason ?? "");
        var reason = $"{failure} {result}, so it is sent again.".TrimStart();
        return Reschedule(post, systemNow, reason) with { CopyCheckPending = true };
    }

    private static Post LookUpAgain(Post post, string reason, DateTimeOffset systemNow, DeliverySettings settings)
    {
        var first = settings.LookupDelay > MinLookupRetryDelay ? settings.LookupDelay : MinLookupRetryDelay;
        var lookups = post.Lookups + 1;
        return Release(post) with
        {
            Lookups = lookups,
            Misses = 0,
            NotBefore = systemNow + Backoff(first, lookups, MaxDelay),
            Reason = $"It may have been published, and {reason}",
        };
    }

    /// <summary>Records the published post that a lookup found. If it found two copies, the reason names both, and
    /// first the one to delete: corrections and retractions change only the one whose id the row has. An alert may
    /// shorten the reason.</summary>
    public static Post MarkFound(Post sent, LookupResult.Found found)
    {
        if (found.Copy is null)
        {
            return sent;
        }

        var known = found.Url?.AbsoluteUri ?? found.Id;
        return sent with
        {
            RemoteId = found.Id,
            Url = found.Url,
            NeedsOperator = true,
            Reason = $"Published twice. Delete {found.Copy}; the bot only knows {known}.",
        };
    }

    private static string DescribeSlowResponse(CompletedLookup lookup) =>
        $"the server answered the lookup after {lookup.Duration.TotalSeconds:0} s, so it may still execute the post.";
}
