using System.Data.Common;
using System.Text.Json;

namespace Serge.Bot.Posting.Storage;

/// <summary>How values are stored: moments as milliseconds since 1970, UTC; all integers with 64 bits.</summary>
public static class ColumnValues
{
    /// <summary>No ledger is older: an earlier moment is from a clock that was not set.</summary>
    public static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Earliest = new(100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(9900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static long ToMilliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static long? ToMilliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    /// <summary>1 or 0.</summary>
    public static int ToNumber(bool flag) => flag ? 1 : 0;

    /// <summary>The name of an enumeration value in lower case, its words joined
    /// by hyphens: <c>daily-limit</c>.</summary>
    public static string ToName<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }

    /// <inheritdoc cref="ToName{T}(T)"/>
    public static string? ToName<T>(T? value)
        where T : struct, Enum
    {
        if (value is not { } known)
        {
            return null;
        }

        return ToName(known);
    }

    public static string? GetText(this DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        return reader.GetString(column);
    }

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
    public static DateTimeOffset ToMoment(long milliseconds)
    {
        var min = ToMilliseconds(Earliest);
        var max = ToMilliseconds(Latest);
        var clamped = Math.Clamp(milliseconds, min, max);
        return DateTimeOffset.FromUnixTimeMilliseconds(clamped);
    }

    public static DateTimeOffset? GetOptionalMoment(this DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        return reader.GetMoment(column);
    }

    /// <summary>Reads what <see cref="ToName{T}(T)"/> has written.</summary>
    public static T GetEnum<T>(this DbDataReader reader, int column)
        where T : struct, Enum
    {
        var name = reader.GetString(column).Replace("-", "", StringComparison.Ordinal);
        return Enum.Parse<T>(name, ignoreCase: true);
    }

    public static T? GetOptionalEnum<T>(this DbDataReader reader, int column)
        where T : struct, Enum
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        return reader.GetEnum<T>(column);
    }
}
