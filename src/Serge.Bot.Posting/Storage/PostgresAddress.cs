using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Serge.Bot.Posting.Storage;

/// <summary>Where a PostgreSQL database is and how to get in. Prints as dots, for a password may be in it.</summary>
public sealed class PostgresAddress
{
    /// <summary>Ours, before the operator's own words, which win: 10 s to connect, to wait for a lock and for an answer, as with SQLite; and few
    /// connections, for a server has 100 in all unless told otherwise.</summary>
    private const string Standard = "Timeout=10;Command Timeout=10;Maximum Pool Size=10;Application Name=Serge.Bot;";

    private readonly string _connectionString;

    private PostgresAddress(string connectionString) => _connectionString = connectionString;

    /// <summary>Reads either form: <c>Host=db;Database=serge;Username=serge;Password=…</c>, or <c>postgresql://serge:…@db:5432/serge?sslmode=require</c>.</summary>
    /// <param name="text">What the operator wrote.</param>
    /// <param name="address">What was read.</param>
    /// <returns>Whether it names a host, and nothing that is unknown. Why not is not told further: the reason may hold the password.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out PostgresAddress? address)
    {
        address = null;
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(Standard + (IsUri(text) ? FromUri(new Uri(text)) : text));
            address = string.IsNullOrEmpty(builder.Host) ? null : new PostgresAddress(builder.ConnectionString);
        }
        catch (Exception e)
            when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Left null.
        }

        return address is not null;
    }

    /// <summary>Whether it looks like a connection string or URI rather than a file.</summary>
    public static bool IsMeant(string text) =>
        IsUri(text)
        || (text.Contains("Host=", StringComparison.OrdinalIgnoreCase) && text.Contains(';', StringComparison.Ordinal));

    /// <summary>The connection string itself, for the one place that connects.</summary>
    public string Reveal() => _connectionString;

    public override string ToString() => "•••";

    private static bool IsUri(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The URI in the driver's own words. What follows the question mark goes by the names that libpq or the driver has for it.</summary>
    private static string FromUri(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host) };
        if (uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        if (uri.AbsolutePath.Length > 1)
        {
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        }

        if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var password])
        {
            builder.Username = Uri.UnescapeDataString(user);
            builder.Password = password is [var secret] ? Uri.UnescapeDataString(secret) : null;
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right]
                ? (Uri.UnescapeDataString(left), Uri.UnescapeDataString(right))
                : (pair, "");
            builder[
                name switch
                {
                    "sslmode" => "SSL Mode",
                    "sslrootcert" => "Root Certificate",
                    "sslcert" => "SSL Certificate",
                    "sslkey" => "SSL Key",
                    "application_name" => "Application Name",
                    "connect_timeout" => "Timeout",
                    "options" => "Options",
                    "host" => "Host",
                    _ => name,
                }
            ] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder.ConnectionString;
    }
}
