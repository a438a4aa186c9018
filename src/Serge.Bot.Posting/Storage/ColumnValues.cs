using System.Data.Common;

namespace Serge.Bot.Posting.Storage;

/// <summary>How values stand in the database: moments as milliseconds since 1970, UTC; all whole numbers with 64 bits.</summary>
public static class ColumnValues
{
    public static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static long? Milliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    public static string? Text(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A small number. All whole numbers have 64 bits in the database, and PostgreSQL's driver reads them as nothing else.</summary>
    public static int Number(this DbDataReader reader, int column) => checked((int)reader.GetInt64(column));

    public static DateTimeOffset? Moment(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
