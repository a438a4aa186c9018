using System.Data.Common;

namespace Serge.Bot.Storage;

/// <summary>How values stand in the database: moments as milliseconds since 1970, UTC.</summary>
internal static class Rows
{
    public static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static long? Milliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset? Moment(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
