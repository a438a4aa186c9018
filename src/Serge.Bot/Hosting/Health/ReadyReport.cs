using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Hosting.Health;

/// <summary>What <c>/health/ready</c> says. The fields are a promise, told in <c>docs/health.md</c>.</summary>
/// <param name="Status">How it is on the whole.</param>
/// <param name="Problems">Why it is not <see cref="HealthStatus.Healthy"/>, one sentence each, worst first.</param>
/// <param name="Role">Whether this worker is the one that sends.</param>
/// <param name="StartedAt">When this worker began.</param>
/// <param name="Platforms">Those that are on.</param>
/// <param name="Catalogue">The quote files.</param>
/// <param name="Ledger">Whether the ledger can be read and written.</param>
/// <param name="Waiting">Posts that are due and not out yet, at most 1000; missing while the ledger cannot be read.</param>
/// <param name="Failed">Posts that a person may want to see to, at most 1000; missing while the ledger cannot be read.</param>
internal sealed record ReadyReport(
    HealthStatus Status,
    IReadOnlyList<string> Problems,
    WorkerRole Role,
    DateTimeOffset StartedAt,
    IReadOnlyList<PlatformHealth> Platforms,
    CatalogueHealth Catalogue,
    LedgerHealth Ledger,
    int? Waiting,
    int? Failed
);

/// <summary>What <c>/health/live</c> says.</summary>
/// <param name="Status"><see cref="HealthStatus.Healthy"/>, or there is no answer.</param>
/// <param name="StartedAt">When this worker began.</param>
internal sealed record LiveReport(HealthStatus Status, DateTimeOffset StartedAt);

/// <summary>How the bot is, in the three words that are usual.</summary>
internal enum HealthStatus
{
    /// <summary>Nobody has to do anything.</summary>
    Healthy,

    /// <summary>It works, but not as it should, or somebody should look.</summary>
    Degraded,

    /// <summary>It does not do its work.</summary>
    Unhealthy,
}

/// <summary>Which of several workers this is.</summary>
internal enum WorkerRole
{
    /// <summary>The one that sends.</summary>
    Sender,

    /// <summary>Another one sends; this one takes over when that one stops.</summary>
    Standby,

    /// <summary>Nobody sends, as far as is known.</summary>
    None,
}

/// <summary>A platform.</summary>
/// <param name="Platform"><c>discord</c> or <c>mastodon</c>.</param>
/// <param name="Connected">Whether it was reached when it was last tried; missing while it has not been.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="LastPost">When the last post fell due that was sent there.</param>
/// <param name="NextPost">When a schedule falls due next.</param>
internal sealed record PlatformHealth(
    string Platform,
    bool? Connected,
    DateTimeOffset Since,
    DateTimeOffset? LastPost,
    DateTimeOffset? NextPost
);

/// <summary>The quote files.</summary>
/// <param name="Quotes">How many quotations are served.</param>
/// <param name="Events">How many events are served.</param>
/// <param name="LoadedAt">When what is served was read.</param>
/// <param name="RefusedSince">Since when the files have errors, so that an older edition of them is served; missing when all is well.</param>
/// <param name="Errors">How many errors they have.</param>
internal sealed record CatalogueHealth(
    int Quotes,
    int Events,
    DateTimeOffset LoadedAt,
    DateTimeOffset? RefusedSince,
    int Errors
);

/// <summary>The ledger.</summary>
/// <param name="Works">Whether it could be read just now, and written when that was last tried.</param>
internal sealed record LedgerHealth(bool Works);

/// <summary>Both pages as JSON.</summary>
[JsonSerializable(typeof(ReadyReport))]
[JsonSerializable(typeof(LiveReport))]
internal sealed partial class HealthJson : JsonSerializerContext
{
    // For people too: an apostrophe stays one.
    private static readonly HealthJson Readable = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new JsonStringEnumConverter<HealthStatus>(JsonNamingPolicy.CamelCase),
                new JsonStringEnumConverter<WorkerRole>(JsonNamingPolicy.CamelCase),
            },
        }
    );

    /// <summary>A page.</summary>
    public static byte[] Of(ReadyReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Readable.ReadyReport);

    /// <inheritdoc cref="Of(ReadyReport)"/>
    public static byte[] Of(LiveReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Readable.LiveReport);
}
