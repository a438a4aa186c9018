using System.Data.Common;
using System.Text.Json;
using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>The columns of the table <c>posts</c> and how a <see cref="Post"/> is written to and
/// read from them.</summary>
/// <remarks>The column lists of INSERT, SELECT and UPDATE derive from <see cref="All"/>. The columns <c>alerted_at</c>
/// and <c>dismissed_at</c> are not part of a post: they only say what operators know of its failure.</remarks>
internal static class PostColumns
{
    /// <summary>In the order in which <see cref="Read"/> reads them.</summary>
    private static readonly Column[] All =
    [
        new("key", post => post.Key, IsFixed: true),
        new("owner", post => post.Schedule.Owner, IsFixed: true),
        new("schedule", post => post.Schedule.Name, IsFixed: true),
        new("kind", post => ToName(post.Kind), IsFixed: true),
        new("occurrence", post => ToMilliseconds(post.Occurrence), IsFixed: true),
        new("destination", post => post.Destination.ToString(), IsFixed: true),
        new("state", post => ToName(post.State)),
        new("items", post => string.Join(' ', post.Items)),
        new("payload", WritePayload),
        new("deadline", post => ToMilliseconds(post.Deadline)),
        new("not_before", post => ToMilliseconds(post.NotBefore)),
        new("attempts", post => post.Attempts),
        new("lookups", post => post.Lookups),
        new("misses", post => post.Misses),
        new("needs_operator", post => ToNumber(post.NeedsOperator)),
        new("copy_check_pending", post => ToNumber(post.CopyCheckPending)),
        new("first_attempt_at", post => ToMilliseconds(post.FirstAttemptAt)),
        new("last_attempt_at", post => ToMilliseconds(post.LastAttemptAt)),
        new("refused_at", post => ToMilliseconds(post.RefusedAt)),
        new("claimed_by", post => post.ClaimedBy),
        new("lease_until", post => ToMilliseconds(post.LeaseUntil)),
        new("remote_id", post => post.RemoteId),
        new("url", post => post.Url?.ToString()),
        new("reason", post => post.Reason),
        new("cancel_cause", post => ToName(post.CancelCause)),
        new("retry_of", post => post.RetryOf, IsFixed: true),
    ];

    /// <summary>For SELECT and INSERT: <c>key, owner, …</c></summary>
    public static string Names { get; } = Join(All.Select(column => column.Name));

    /// <summary>The number of columns in <see cref="Names"/>.</summary>
    public static int Count => All.Length;

    /// <summary>For VALUES: <c>@key, @owner, …</c></summary>
    public static string Parameters { get; } = Join(All.Select(column => column.Parameter));

    /// <summary>For UPDATE: <c>state = @state, …</c>, without what never changes.</summary>
    public static string Assignments { get; } =
        Join(All.Where(column => !column.IsFixed).Select(column => $"{column.Name} = {column.Parameter}"));

    public static IEnumerable<(string Name, object? Value)> GetValues(Post post) =>
        All.Select(column => (column.Parameter, column.Write(post)));

    /// <summary>Reads a row of <see cref="Names"/>.</summary>
    /// <exception cref="InvalidOperationException">The row was not written by this program.</exception>
    public static Post Read(DbDataReader reader)
    {
        var next = 0;
        return new Post
        {
            Key = reader.GetString(next++),
            Schedule = new ScheduleId(reader.GetString(next++), reader.GetString(next++)),
            Kind = reader.GetEnum<PostKind>(next++),
            Occurrence = reader.GetMoment(next++),
            Destination = ReadDestination(reader.GetString(next++)),
            State = reader.GetEnum<PostState>(next++),
            Items = ReadItems(reader.GetString(next++)),
            Payload = ReadPayload(reader.GetText(next++)),
            Deadline = reader.GetMoment(next++),
            NotBefore = reader.GetMoment(next++),
            Attempts = reader.GetNumber(next++),
            Lookups = reader.GetNumber(next++),
            Misses = reader.GetNumber(next++),
            NeedsOperator = reader.GetFlag(next++),
            CopyCheckPending = reader.GetFlag(next++),
            FirstAttemptAt = reader.GetOptionalMoment(next++),
            LastAttemptAt = reader.GetOptionalMoment(next++),
            RefusedAt = reader.GetOptionalMoment(next++),
            ClaimedBy = reader.GetText(next++),
            LeaseUntil = reader.GetOptionalMoment(next++),
            RemoteId = reader.GetText(next++),
            Url = ReadUrl(reader.GetText(next++)),
            Reason = reader.GetText(next++),
            CancelCause = reader.GetOptionalEnum<CancelCause>(next++),
            RetryOf = reader.GetText(next),
        };
    }

    /// <summary>The ids in the column <c>items</c>.</summary>
    public static string[] ReadItems(string joined) => joined.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

    private static string? WritePayload(Post post)
    {
        if (post.Payload is null)
        {
            return null;
        }

        return JsonSerializer.Serialize(post.Payload, PayloadJson.Default.Payload);
    }

    private static Payload? ReadPayload(string? json)
    {
        if (json is null)
        {
            return null;
        }

        return JsonSerializer.Deserialize(json, PayloadJson.Default.Payload);
    }

    private static Uri? ReadUrl(string? url) => url is null ? null : new Uri(url);

    private static Destination ReadDestination(string text)
    {
        if (!Destination.TryParse(text, out var destination))
        {
            throw new InvalidOperationException($"Unknown destination {text}.");
        }

        return destination.Value;
    }

    /// <param name="Name">Name in the database.</param>
    /// <param name="Write">The stored value.</param>
    /// <param name="IsFixed">Whether it never changes after the row was inserted.</param>
    private sealed record Column(string Name, Func<Post, object?> Write, bool IsFixed = false)
    {
        public string Parameter => $"@{Name}";
    }
}
