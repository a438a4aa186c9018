using System.Text.Json.Serialization;

namespace Serge.Bot.Posting.Model;

/// <summary>One post to one destination, from plan to final state; a row of the ledger.</summary>
public sealed record Post
{
    /// <summary>Idempotency key: 120 random bits in base32, created with the row and never changed.</summary>
    /// <remarks>Fits the 25 characters of a Discord nonce.</remarks>
    public required string Key { get; init; }

    /// <summary>The schedule that planned it, or whose content a manual post has; for alerts and notices a name that no
    /// schedule can have.</summary>
    public required ScheduleId Schedule { get; init; }

    /// <summary>Default <see cref="PostKind.Scheduled"/>.</summary>
    public PostKind Kind { get; init; }

    /// <summary>When it fell due, on the schedule clock.</summary>
    public required DateTimeOffset Occurrence { get; init; }

    public required Destination Destination { get; init; }

    public required PostState State { get; init; }

    /// <summary>Ids of the quotation or the events in it; empty when it has no content.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Rendered once and kept, so that a retry sends the same text; changed only by a correction.
    /// <see langword="null"/> when there is no content.</summary>
    public Payload? Payload { get; init; }

    /// <summary>Until when it may be sent, on the schedule clock.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Not sent or looked up before this moment, on the system clock.</summary>
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>How often it was claimed for sending.</summary>
    public int Attempts { get; init; }

    /// <summary>Lookups since the last attempt that were inconclusive or not answered promptly.</summary>
    public int Lookups { get; init; }

    /// <summary>Lookups in a row that were answered promptly and did not find it. See
    /// <see cref="Transitions.RequiredMisses"/>.</summary>
    public int Misses { get; init; }

    /// <summary>Whether only a person can find out what happened, or correct it: an unknown post that no lookup can
    /// find, or a post that was published twice, until an operator dismisses the second copy.</summary>
    public bool NeedsOperator { get; init; }

    /// <summary>Whether it was sent again after a lost response, so that a last lookup has to check whether it was
    /// published twice.</summary>
    public bool CopyCheckPending { get; init; }

    /// <summary>When the first attempt began, on the system clock. Older messages at the destination are
    /// not this post.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>When the last attempt ended or, while it is being sent, began; on the schedule clock.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When the platform refused it first, on the system clock; <see langword="null"/> if it did
    /// not.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>The worker that has claimed it.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>When that claim expires, on the system clock.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The platform's id of the published message, if known.</summary>
    public string? RemoteId { get; init; }

    /// <summary>Address of the published message, if known.</summary>
    public Uri? Url { get; init; }

    /// <summary>Why it is in its state; one line for a person. Never parsed: see <see cref="CancelCause"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it was cancelled; <see langword="null"/> in other states.</summary>
    public CancelCause? CancelCause { get; init; }

    /// <summary>Key of the failed post that an operator sent again with this one.</summary>
    public string? RetryOf { get; init; }
}

/// <summary>Why a post exists.</summary>
public enum PostKind
{
    /// <summary>A schedule planned it.</summary>
    Scheduled,

    /// <summary>An operator posted it (<c>serge post</c>).</summary>
    Manual,

    /// <summary>It reports problems to the operator. It does not count as content and no alert
    /// reports its failure.</summary>
    Alert,

    /// <summary>A message to the admins of a server, including the welcome, or mentions that are forwarded to the
    /// operator. It does not count as content.</summary>
    Notice,
}

/// <summary>Why a post was cancelled.</summary>
public enum CancelCause
{
    /// <summary>There was nothing to post: no event on that day, no quotation that fits.</summary>
    NoContent,

    /// <summary>The owner of the schedule skipped this occurrence.</summary>
    Skipped,

    /// <summary>The destination had reached its posts per day. Counts as a failure.</summary>
    DailyLimit,

    /// <summary>Its schedule was paused, changed or removed, or its owner is gone.</summary>
    ScheduleStopped,

    /// <summary>Its content was retracted before it was sent.</summary>
    Retracted,
}

/// <summary>The state of a post. <c>docs/delivery.md</c> draws the transitions.</summary>
public enum PostState
{
    /// <summary>Will be sent when it is due.</summary>
    Planned,

    /// <summary>Claimed by a worker, which may have sent it.</summary>
    Sending,

    /// <summary>Published.</summary>
    Sent,

    /// <summary>The platform rejected it permanently.</summary>
    Refused,

    /// <summary>It may have been published. It is looked up before anything else is done with it.</summary>
    Unknown,

    /// <summary>Its deadline passed before it was sent. Final, unless the schedule clock is set back.</summary>
    Missed,

    /// <summary>Intentionally not sent; see <see cref="CancelCause"/>.</summary>
    Cancelled,

    /// <summary>It was published, and deleted at the request of an operator.</summary>
    Retracted,
}

/// <summary>A rendered post.</summary>
public sealed record Payload
{
    /// <summary>In the platform's own markup.</summary>
    public required string Text { get; init; }

    /// <summary>Content warning, where the platform has one.</summary>
    public string? Warning { get; init; }

    /// <summary>Language of the text, ISO 639-1. Default <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Who sees the post, where the platform distinguishes it. Default
    /// <see cref="PostVisibility.Unlisted"/>.</summary>
    public PostVisibility Visibility { get; init; } = PostVisibility.Unlisted;

    /// <summary>The picture of the text, which is complete without it; <see langword="null"/> for none.</summary>
    public PostPicture? Picture { get; init; }

    /// <summary>Buttons under the post; <see langword="null"/> for none.</summary>
    public IReadOnlyList<PostButton>? Buttons { get; init; }

    /// <summary>The group that the post notifies; <see langword="null"/> for none.</summary>
    public string? Mention { get; init; }

    /// <summary>The title, where posts have one; <see langword="null"/> elsewhere.</summary>
    public string? Title { get; init; }

    /// <summary>The name of the thread to open under the post; <see langword="null"/> for none.</summary>
    public string? Thread { get; init; }

    /// <summary>Whether the post is published in the channels that follow its own.</summary>
    public bool Crosspost { get; init; }

    /// <summary>What is done after the post was published.</summary>
    [JsonIgnore]
    public IEnumerable<FollowUpKind> FollowUps
    {
        get
        {
            if (Crosspost)
            {
                yield return FollowUpKind.Crosspost;
            }

            if (Thread is not null)
            {
                yield return FollowUpKind.Thread;
            }
        }
    }
}

/// <summary>A button under a post.</summary>
/// <param name="Label">The text on it.</param>
/// <param name="Id">What the platform sends when the button is pressed. It holds all state, so the button works for as
/// long as the post exists.</param>
public sealed record PostButton(string Label, string Id);

/// <summary>Who sees a post.</summary>
public enum PostVisibility
{
    /// <summary>Everybody, also in public timelines.</summary>
    Public,

    /// <summary>Everybody who follows or visits, but not in public timelines.</summary>
    Unlisted,

    /// <summary>Followers only.</summary>
    Private,

    /// <summary>Only the accounts that the text mentions.</summary>
    Direct,
}

/// <summary>How payloads are stored in the ledger.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Payload))]
internal sealed partial class PayloadJson : JsonSerializerContext;
