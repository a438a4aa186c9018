using System.Data.Common;
using System.Text.Json;
using static Serge.Bot.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>Posts as rows of the table <c>posts</c>.</summary>
public static class PostRows
{
    public const string Columns =
        "key, schedule, occurrence, destination, state, items, payload, late_until, not_before, tries, looks, first_byte, owner, lease_until, remote_id, url, reason, retry_of";

    /// <summary>Adds a post; only inside a transaction.</summary>
    /// <remarks>One that is there already (same schedule, occurrence and destination) stays as it is, but for a missed one that was never tried: a new plan
    /// replaces it, for then the calendar was turned back.</remarks>
    /// <returns>Whether it was added.</returns>
    public static async Task<bool> AddAsync(DatabaseSession session, Post post, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            $"""
            INSERT INTO posts ({Columns})
            VALUES (@key, @schedule, @occurrence, @destination, @state, @items, @payload, @late_until, @not_before, @tries, @looks, @first_byte, @owner, @lease_until, @remote_id, @url, @reason, @retry_of)
            ON CONFLICT (schedule, occurrence, destination) DO UPDATE
            SET key = @key, state = @state, items = @items, payload = @payload, late_until = @late_until, not_before = @not_before, reason = @reason
            WHERE posts.state = 'missed' AND @state <> 'missed' AND posts.tries = 0
            """,
            cancellationToken,
            Values(post)
        ) > 0;

    /// <summary>Calls off what a schedule has planned and nobody has begun to send; only inside a transaction.</summary>
    public static Task<int> CancelAsync(
        DatabaseSession session,
        string schedule,
        string reason,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            "UPDATE posts SET state = 'cancelled', reason = @reason WHERE schedule = @schedule AND state = 'planned'",
            cancellationToken,
            ("@schedule", schedule),
            ("@reason", reason)
        );

    /// <summary>All of a post, by column.</summary>
    public static IEnumerable<(string Name, object? Value)> Values(Post post) =>
        [
            ("@key", post.Key),
            ("@schedule", post.Schedule),
            ("@occurrence", Milliseconds(post.Occurrence)),
            ("@destination", post.Destination.ToString()),
            ("@state", Name(post.State)),
            ("@items", string.Join(' ', post.Items)),
            (
                "@payload",
                post.Payload is null ? null : JsonSerializer.Serialize(post.Payload, PayloadJson.Default.Payload)
            ),
            ("@late_until", Milliseconds(post.Deadline)),
            ("@not_before", Milliseconds(post.NotBefore)),
            ("@tries", post.Attempts),
            ("@looks", post.Lookups),
            ("@first_byte", Milliseconds(post.FirstAttemptAt)),
            ("@owner", post.Owner),
            ("@lease_until", Milliseconds(post.LeaseUntil)),
            ("@remote_id", post.RemoteId),
            ("@url", post.Url?.ToString()),
            ("@reason", post.Reason),
            ("@retry_of", post.RetryOf),
        ];

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static Post Read(DbDataReader reader) =>
        new()
        {
            Key = reader.GetString(0),
            Schedule = reader.GetString(1),
            Occurrence = reader.Moment(2)!.Value,
            Destination = Destination.TryParse(reader.GetString(3), out var destination)
                ? destination.Value
                : throw new InvalidOperationException($"Unknown destination {reader.GetString(3)}."),
            State = Enum.Parse<PostState>(reader.GetString(4), ignoreCase: true),
            Items = Items(reader.GetString(5)),
            Payload = reader.Text(6) is { } json ? JsonSerializer.Deserialize(json, PayloadJson.Default.Payload) : null,
            Deadline = reader.Moment(7)!.Value,
            NotBefore = reader.Moment(8)!.Value,
            Attempts = reader.Number(9),
            Lookups = reader.Number(10),
            FirstAttemptAt = reader.Moment(11),
            Owner = reader.Text(12),
            LeaseUntil = reader.Moment(13),
            RemoteId = reader.Text(14),
            Url = reader.Text(15) is { } url ? new Uri(url) : null,
            Reason = reader.Text(16),
            RetryOf = reader.Text(17),
        };

    /// <summary>The ids in the column <c>items</c>.</summary>
    public static string[] Items(string joined) => joined.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A state as the column has it.</summary>
    public static string Name(PostState state) => state.ToString().ToLowerInvariant();
}
