using System.Data.Common;
using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>The table <c>follow_ups</c>. <c>docs/ledger.md</c> explains it.</summary>
public sealed class FollowUpRows(Database database) : IFollowUpLedger
{
    private static readonly string Query = $"""
        SELECT {string.Join(", ", PostColumns.Names.Split(", ").Select(name => $"p.{name}"))},
            f.kind, f.state, f.attempts, f.was_refused, f.not_before, f.reason
        FROM follow_ups f JOIN posts p ON p.key = f.post
        """;

    public Task<IReadOnlyList<FollowUp>> GetDueAsync(
        DateTimeOffset systemNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        QueryAsync(
            "WHERE f.state = 'pending' AND f.not_before <= @now ORDER BY f.not_before, f.post, f.kind LIMIT @limit",
            cancellationToken,
            ("@now", ToMilliseconds(systemNow)),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<FollowUp>> GetAsync(string postKey, CancellationToken cancellationToken) =>
        QueryAsync("WHERE f.post = @post ORDER BY f.kind", cancellationToken, ("@post", postKey));

    public Task<bool> TryUpdateAsync(FollowUp before, FollowUp after, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var changed = await session.ExecuteAsync(
                    """
                    UPDATE follow_ups
                    SET state = @state, attempts = @attempts, was_refused = @was_refused, not_before = @not_before,
                        reason = @reason
                    WHERE post = @post AND kind = @kind AND state = @was_state AND attempts = @was_attempts
                    """,
                    cancellationToken,
                    ("@post", after.Post.Key),
                    ("@kind", ToName(after.Kind)),
                    ("@state", ToName(after.State)),
                    ("@attempts", after.Attempts),
                    ("@was_refused", ToNumber(after.WasRefused)),
                    ("@not_before", ToMilliseconds(after.NotBefore)),
                    ("@reason", after.Reason),
                    ("@was_state", ToName(before.State)),
                    ("@was_attempts", before.Attempts)
                );
                return changed > 0;
            },
            cancellationToken
        );

    /// <summary>Adds the follow-ups of a post that was just published, in the transaction that records it.</summary>
    internal static async Task AddAsync(DatabaseSession session, Post sent, CancellationToken cancellationToken)
    {
        foreach (var kind in sent.Payload?.FollowUps ?? [])
        {
            await session.ExecuteAsync(
                """
                INSERT INTO follow_ups (post, kind, state, attempts, was_refused, not_before)
                VALUES (@post, @kind, @state, 0, 0, 0)
                ON CONFLICT (post, kind) DO NOTHING
                """,
                cancellationToken,
                ("@post", sent.Key),
                ("@kind", ToName(kind)),
                ("@state", ToName(FollowUpState.Pending))
            );
        }
    }

    private Task<IReadOnlyList<FollowUp>> QueryAsync(
        string clauses,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    ) =>
        database.ReadAsync(
            session => session.QueryAsync($"{Query} {clauses}", Read, cancellationToken, values),
            cancellationToken
        );

    private static FollowUp Read(DbDataReader reader)
    {
        var next = PostColumns.Count;
        return new FollowUp(PostColumns.Read(reader), reader.GetEnum<FollowUpKind>(next++))
        {
            State = reader.GetEnum<FollowUpState>(next++),
            Attempts = reader.GetNumber(next++),
            WasRefused = reader.GetFlag(next++),
            NotBefore = reader.GetMoment(next++),
            Reason = reader.GetText(next),
        };
    }
}
