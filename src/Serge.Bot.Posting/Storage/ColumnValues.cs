using System.Data.Common;
using System.Text.Json;

namespace Serge.Bot.Posting.Storage;

/// <summary>How values are stored: moments as milliseconds since 1970, UTC; all integers with 64 bits.</summary>
public static class ColumnValues
{
    /// <summary>No ledger is older: an earlier moment is from a clock that was not set.</summary>
    public static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly long MinMilliseconds = ToMilliseconds(
        new DateTimeOffset(100, 1, 1, 0, 0, 0, TimeSpan.Zero)
    );
    private static readonly long MaxMilliseconds = ToMilliseconds(
        new DateTimeOffset(9900, 1, 1, 0, 0, 0, TimeSpan.Zero)
    );

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

    /// <summary>A small integer; a larger one becomes the nearest that can be counted on from. PostgreSQL's driver
    /// reads a column of 64 bits only as a long.</summary>
    public static int GetNumber(this DbDataReader reader, int column)
    {
        const int Max = 1_000_000_000;
        return (int)Math.Clamp(reader.GetInt64(column), -Max, Max);
    }

    public static bool GetFlag(this DbDataReader reader, int column) => reader.GetInt64(column) != 0;

    public static DateTimeOffset GetMoment(this DbDataReader reader, int column) => ToMoment(reader.GetInt64(column));

    /// <summary>The moment of a stored value. One outside the years 100 to 9900 becomes the nearest within, so that
    /// calculations with it do not overflow.</summary>
    public static DateTimeOffset ToMoment(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, MinMilliseconds, MaxMilliseconds));

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
