using System.Text.Json.Serialization;

namespace Serge.Bot.Posting.Model;

/// <summary>One post to one destination, from its plan to its end; a row of the ledger.</summary>
public sealed record Post
{
    /// <summary>120 random bits in base32, made with the row and never changed. Fits Discord's 25 characters for a nonce.</summary>
    public required string Key { get; init; }

    /// <summary>The schedule's name.</summary>
    public required string Schedule { get; init; }

    /// <summary>When it fell due, on the calendar.</summary>
    public required DateTimeOffset Occurrence { get; init; }

    /// <summary>Where to.</summary>
    public required Destination Destination { get; init; }

    /// <summary>Where it stands.</summary>
    public required PostState State { get; init; }

    /// <summary>The ids of what it says, the quotation's or the events'. Empty when it says nothing.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What it says, rendered once and kept, so that a second try never says something else;
    /// what a person corrects there is corrected here. <see langword="null"/> when it says nothing.</summary>
    public Payload? Payload { get; init; }

    /// <summary>Until when it may still be sent, on the calendar.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Not to be touched before this moment, on the wire's clock.</summary>
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>How often it was claimed for sending.</summary>
    public int Attempts { get; init; }

    /// <summary>How often it was looked for in vain since its last send.</summary>
    public int Lookups { get; init; }

    /// <summary>When the first byte may have gone out, on the wire's clock. What is older than that cannot be this post.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>The worker that has claimed it.</summary>
    public string? Owner { get; init; }

    /// <summary>When that claim ends, on the wire's clock.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The platform's id, once it is out and the platform said so.</summary>
    public string? RemoteId { get; init; }

    /// <summary>Where to see it, once it is out and the platform said so.</summary>
    public Uri? Url { get; init; }

    /// <summary>Why it is where it is, one line for a person.</summary>
    public string? Reason { get; init; }

    /// <summary>The key of the failed post that a person had sent again by this one.</summary>
    public string? RetryOf { get; init; }
}

/// <summary>Where a post stands. The states are drawn in <c>docs/delivery.md</c>.</summary>
public enum PostState
{
    /// <summary>To be sent when its time has come.</summary>
    Planned,

    /// <summary>Claimed: from now on a byte of it may be out.</summary>
    Sending,

    /// <summary>The platform has it. An end.</summary>
    Sent,

    /// <summary>The platform said no for good. An end.</summary>
    Refused,

    /// <summary>It may be out; to be looked for before anything else happens.</summary>
    Unknown,

    /// <summary>Its time went by unsent. An end, unless the calendar is turned back.</summary>
    Missed,

    /// <summary>Not to be sent, on purpose. An end.</summary>
    Cancelled,

    /// <summary>It was sent, and a person had it deleted there. An end.</summary>
    Retracted,
}

/// <summary>A rendered post.</summary>
public sealed record Payload
{
    /// <summary>Markdown for Discord, plain text for Mastodon.</summary>
    public required string Text { get; init; }

    /// <summary>Content warning, where the platform has one.</summary>
    public string? Warning { get; init; }

    /// <summary>The language of the text, ISO 639-1; not used on Discord. Default <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Mastodon's visibility, decided when the post is planned; not used on Discord.</summary>
    public MastodonVisibility Visibility { get; init; } = MastodonVisibility.Unlisted;

    /// <summary>As a status.</summary>
    public MastodonStatus ToStatus() =>
        new()
        {
            Text = Text,
            Warning = Warning,
            Language = Language,
            Visibility = Visibility,
        };

    /// <summary>As a Discord message.</summary>
    public DiscordMessage ToMessage() => new() { Text = Text };
}

/// <summary>How payloads are kept in the ledger.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Payload))]
public sealed partial class PayloadJson : JsonSerializerContext;
