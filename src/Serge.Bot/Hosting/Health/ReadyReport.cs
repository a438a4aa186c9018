using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Serge.Bot.Hosting.Health;

/// <summary>The response of <c>/health/ready</c>. <c>docs/health.md</c> describes the fields; none is removed or
/// changes its meaning.</summary>
/// <param name="Status">The worst status of all problems.</param>
/// <param name="Problems">Why it is not <see cref="HealthStatus.Healthy"/>, one sentence each, the worst first.</param>
/// <param name="Role">Whether this worker sends.</param>
/// <param name="Version">The version of this worker.</param>
/// <param name="StartedAt">When this worker started.</param>
/// <param name="Platforms">The enabled platforms.</param>
/// <param name="Catalogue">The quote files.</param>
/// <param name="Ledger">Whether the ledger can be read.</param>
/// <param name="Waiting">Posts that are due and not sent yet, at most 1000; missing while the ledger
/// cannot be read.</param>
/// <param name="Failed">Failed posts, at most 1000; missing while the ledger cannot be read.</param>
internal sealed record ReadyReport(
    HealthStatus Status,
    IReadOnlyList<string> Problems,
    WorkerRole Role,
    string Version,
    DateTimeOffset StartedAt,
    IReadOnlyList<PlatformHealth> Platforms,
    CatalogueHealth Catalogue,
    LedgerHealth Ledger,
    int? Waiting,
    int? Failed
);

/// <summary>The response of <c>/health/live</c>.</summary>
/// <param name="Status">Always <see cref="HealthStatus.Healthy"/>.</param>
/// <param name="Version">The version of this worker.</param>
/// <param name="StartedAt">When this worker started.</param>
internal sealed record LiveReport(HealthStatus Status, string Version, DateTimeOffset StartedAt);

/// <summary>The role of this worker among several.</summary>
internal enum WorkerRole
{
    /// <summary>It sends.</summary>
    Sender,

    /// <summary>Another worker sends; this one takes over when that one stops.</summary>
    Standby,

    /// <summary>No worker sends, as far as is known.</summary>
    None,
}

/// <param name="Platform"><c>discord</c> or <c>mastodon</c>.</param>
/// <param name="Connected">Whether the last attempt to connect succeeded; missing before the first.</param>
/// <param name="Since">Since when.</param>
/// <param name="LastPost">When the last post that was sent there was due.</param>
/// <param name="NextPost">When a schedule is due next.</param>
internal sealed record PlatformHealth(
    string Platform,
    bool? Connected,
    DateTimeOffset Since,
    DateTimeOffset? LastPost,
    DateTimeOffset? NextPost
);

/// <summary>The quote files.</summary>
/// <param name="Quotes">Number of quotations that are served.</param>
/// <param name="Events">Number of events that are served.</param>
/// <param name="LoadedAt">When the served version was read.</param>
/// <param name="RefusedSince">Since when the files have errors, so that an older version is served;
/// missing without errors.</param>
/// <param name="Errors">Number of errors.</param>
internal sealed record CatalogueHealth(
    int Quotes,
    int Events,
    DateTimeOffset LoadedAt,
    DateTimeOffset? RefusedSince,
    int Errors
);

/// <param name="Works">Whether it could be read just now.</param>
internal sealed record LedgerHealth(bool Works);

/// <summary>Both responses as JSON.</summary>
[JsonSerializable(typeof(ReadyReport))]
[JsonSerializable(typeof(LiveReport))]
internal sealed partial class HealthJson : JsonSerializerContext
{
    // People read it too, so apostrophes are not escaped.
    private static readonly HealthJson Readable = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            NewLine = "\n",
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new JsonStringEnumConverter<HealthStatus>(JsonNamingPolicy.CamelCase),
                new JsonStringEnumConverter<WorkerRole>(JsonNamingPolicy.CamelCase),
            },
        }
    );

    public static byte[] Of(ReadyReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Readable.ReadyReport);

    public static byte[] Of(LiveReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Readable.LiveReport);
}
