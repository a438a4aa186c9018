namespace Serge.Bot.Posting.Storage;

/// <summary>Which values a column with moments can have. Any other was written while the clock was wrong.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Row">SQL expression, a text, that identifies a row.</param>
/// <param name="Column">Name of the column.</param>
/// <param name="Latest">The latest possible moment.</param>
/// <param name="Replacement">Replaces an impossible moment; <see langword="null"/> removes it.</param>
public sealed record MomentRule(
    string Table,
    string Row,
    string Column,
    DateTimeOffset Latest,
    DateTimeOffset? Replacement
)
{
    /// <summary>SQL condition of the rows that the rule applies to. Default: all.</summary>
    public string Where { get; init; } = "TRUE";

    /// <summary>The earliest possible moment. Default: none.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>A column that is moved by the same time; such rows stay distinct. Default: none.</summary>
    public string? MovedColumn { get; init; }

    /// <summary>A rule for something that happened: it is not in the future, nor before
    /// <see cref="ColumnValues.Epoch"/>.</summary>
    /// <inheritdoc cref="MomentRule"/>
    /// <param name="table">Name of the table.</param>
    /// <param name="row">SQL expression, a text, that identifies a row.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="now">The current time, on the clock of the column. Replaces an impossible moment.</param>
    public static MomentRule OfPast(string table, string row, string column, DateTimeOffset now)
    {
        // The schedule clock may be set to any day, also before the epoch.
        DateTimeOffset? earliest = now > ColumnValues.Epoch ? ColumnValues.Epoch : null;
        return new MomentRule(table, row, column, now + Database.MaxClockDifference, now) { Earliest = earliest };
    }
}

/// <summary>The rules of one owner of tables.</summary>
public interface IMomentRules
{
    /// <summary>The rules as of now.</summary>
    IEnumerable<MomentRule> Get(DateTimeOffset scheduleNow, DateTimeOffset systemNow);
}

/// <summary>A moment that was corrected.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Row">Identifies the row.</param>
/// <param name="Column">Name of the column.</param>
/// <param name="Old">What was stored.</param>
/// <param name="New">What is stored now; <see langword="null"/> if it was removed.</param>
public sealed record CorrectedMoment(string Table, string Row, string Column, DateTimeOffset Old, DateTimeOffset? New);
