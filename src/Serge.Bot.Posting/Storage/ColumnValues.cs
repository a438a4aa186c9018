using System.Data.Common;
using System.Text.Json;

namespace Serge.Bot.Posting.Storage;

/// <summary>How values are stored: moments as milliseconds since 1970, UTC; all integers with 64 bits.</summary>
public static class ColumnValues
{
    public static long ToMilliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static long? ToMilliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    /// <summary>1 or 0.</summary>
    public static int ToNumber(bool flag) => flag ? 1 : 0;

    /// <summary>The name of an enumeration value in lower case, its words joined
    /// by hyphens: <c>daily-limit</c>.</summary>
    public static string ToName<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <inheritdoc cref="ToName{T}(T)"/>
    public static string? ToName<T>(T? value)
        where T : struct, Enum => value is { } known ? ToName(known) : null;

    public static string? GetText(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A small integer. PostgreSQL's driver reads a column of 64 bits only as a long.</summary>
    public static int GetNumber(this DbDataReader reader, int column) => checked((int)reader.GetInt64(column));

    public static bool GetFlag(this DbDataReader reader, int column) => reader.GetInt64(column) != 0;

    public static DateTimeOffset GetMoment(this DbDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? GetOptionalMoment(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetMoment(column);

    /// <summary>Reads what <see cref="ToName{T}(T)"/> has written.</summary>
    public static T GetEnum<T>(this DbDataReader reader, int column)
        where T : struct, Enum
    {
        var name = reader.GetString(column).Replace("-", "", StringComparison.Ordinal);
        return Enum.Parse<T>(name, ignoreCase: true);
    }

    public static T? GetOptionalEnum<T>(this DbDataReader reader, int column)
        where T : struct, Enum => reader.IsDBNull(column) ? null : reader.GetEnum<T>(column);
}
