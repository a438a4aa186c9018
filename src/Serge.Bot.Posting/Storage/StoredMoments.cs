using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>Finds and corrects moments in the database that only a wrong clock can have written.</summary>
public sealed class StoredMoments(Database database)
{
    /// <summary>The maximum number of rows per rule and run.</summary>
    private const int MaxRows = 1000;

    /// <summary>Applies rules. Of several workers one corrects a moment.</summary>
    /// <returns>What was corrected.</returns>
    /// <exception cref="LedgerException">The database cannot be read or written.</exception>
    public async Task<IReadOnlyList<CorrectedMoment>> CorrectAsync(
        IEnumerable<MomentRule> rules,
        CancellationToken cancellationToken
    )
    {
        List<CorrectedMoment> corrected = [];
        foreach (var rule in rules)
        {
            var found = await FindAsync(rule, cancellationToken);
            for (var index = 0; index < found.Count; index++)
            {
                var (row, old) = found[index];
                var replacement = GetReplacement(rule, index);
                if (await TryReplaceAsync(rule, row, old, replacement, cancellationToken))
                {
                    var before = ToMoment(old);
                    corrected.Add(new CorrectedMoment(rule.Table, row, rule.Column, before, replacement));
                }
            }
        }

        return corrected;
    }

    private Task<IReadOnlyList<(string Row, long Moment)>> FindAsync(
        MomentRule rule,
        CancellationToken cancellationToken
    )
    {
        // Two ranges of an index; with OR, SQLite would read all of it.
        var select = $"SELECT {rule.Row}, {rule.Column} FROM {rule.Table} WHERE ({rule.Where}) AND {rule.Column}";
        var sql = $"{select} > @latest UNION ALL {select} < @earliest ORDER BY 2 DESC LIMIT {MaxRows}";
        var earliest = ToMilliseconds(rule.Earliest) ?? long.MinValue;
        return database.ReadAsync(
            session =>
                session.QueryAsync(
                    sql,
                    reader => (reader.GetString(0), reader.GetInt64(1)),
                    cancellationToken,
                    ("@latest", ToMilliseconds(rule.Latest)),
                    ("@earliest", earliest)
                ),
            cancellationToken
        );
    }

    /// <summary>Rows whose other column moves too are part of a unique index with it, so their moments
    /// differ.</summary>
    private static DateTimeOffset? GetReplacement(MomentRule rule, int index)
    {
        if (rule.MovedColumn is null)
        {
            return rule.Replacement;
        }

        return rule.Replacement - TimeSpan.FromMilliseconds(index);
    }

    private Task<bool> TryReplaceAsync(
        MomentRule rule,
        string row,
        long old,
        DateTimeOffset? replacement,
        CancellationToken cancellationToken
    )
    {
        var moved = rule.MovedColumn is { } other ? $", {other} = {other} - @by" : "";
        var sql = $"""
            UPDATE {rule.Table} SET {rule.Column} = @new{moved}
            WHERE {rule.Row} = @row AND {rule.Column} = @old
            """;
        var value = ToMilliseconds(replacement);
        return database.ReadAsync(
            async session =>
                await session.ExecuteAsync(
                    sql,
                    cancellationToken,
                    ("@new", value),
                    ("@by", old - (value ?? 0)),
                    ("@row", row),
                    ("@old", old)
                ) > 0,
            cancellationToken
        );
    }
}
