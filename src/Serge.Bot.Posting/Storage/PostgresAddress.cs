using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Serge.Bot.Posting.Storage;

/// <summary>Address and credentials of a PostgreSQL database. Prints as dots, because it may
/// contain a password.</summary>
public sealed class PostgresAddress
{
    /// <summary>Defaults; what the operator sets overrides them. Timeouts of 10 s as with SQLite, and few connections,
    /// because a server allows 100 by default.</summary>
    private const string Defaults = "Timeout=10;Command Timeout=10;Maximum Pool Size=10;Application Name=Serge.Bot;";

    /// <summary>What connection strings contain, and names of files do not.</summary>
    private static readonly string[] OptionNames = ["Host=", "Server=", "Password=", "Username=", "User Id=", "Pwd="];

    private readonly string _connectionString;

    private PostgresAddress(string connectionString) => _connectionString = connectionString;

    /// <summary>Parses <c>Host=db;Database=serge;Username=serge;Password=…</c> or
    /// <c>postgresql://serge:…@db:5432/serge?sslmode=require</c>.</summary>
    /// <returns>Whether it names a host and has no unknown option. There is no more detail, because it could contain
    /// the password.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresAddress? address)
    {
        address = null;
        try
        {
            var own = IsUri(text) ? ConvertUri(new Uri(text)) : text;
            NpgsqlConnectionStringBuilder builder = new(Defaults + own);
            if (!string.IsNullOrEmpty(builder.Host) && IsConsistent(builder))
            {
                address = new PostgresAddress(builder.ConnectionString);
            }
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or FormatException
                        or InvalidCastException
                        or InvalidOperationException
                        or IndexOutOfRangeException
                        or KeyNotFoundException
                        or NotSupportedException
                        or OverflowException
            )
        {
            // The text is invalid.
        }

        return address is not null;
    }

    /// <summary>Whether the driver accepts the options together: it checks them when it creates a source of
    /// connections.</summary>
    private static bool IsConsistent(NpgsqlConnectionStringBuilder options)
    {
        NpgsqlSlimDataSourceBuilder builder = new(options.ConnectionString);
        builder.EnableTransportSecurity();
        using var source = builder.Build();
        return true;
    }

    /// <summary>Whether a text looks like a connection string or URI rather than a file.</summary>
    public static bool LooksLikeAddress(string text)
    {
        var hasOption = OptionNames.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));
        return IsUri(text) || (hasOption && text.Contains(';', StringComparison.Ordinal));
    }

    /// <summary>The connection string, with the password.</summary>
    public string Reveal() => _connectionString;

    public override string ToString() => "•••";

    private static bool IsUri(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Converts a URI to a connection string. Its query may use the names of libpq or of the driver.</summary>
    private static string ConvertUri(Uri uri)
    {
        NpgsqlConnectionStringBuilder builder = new() { Host = Uri.UnescapeDataString(uri.Host) };
        if (uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        if (uri.AbsolutePath.Length > 1)
        {
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        }

        SetUser(builder, uri.UserInfo);
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            SetOption(builder, option);
        }

        if (builder.Host is { } host && !host.Contains(',', StringComparison.Ordinal))
        {
            // The driver chooses between servers and refuses the option where there is one. The ledger itself reports
            // a server that is read-only.
            builder.TargetSessionAttributes = null;
        }

        return builder.ConnectionString;
    }

    private static void SetUser(NpgsqlConnectionStringBuilder builder, string userInfo)
    {
        var parts = userInfo.Split(':', 2);
        if (parts[0].Length == 0)
        {
            return;
        }

        builder.Username = Uri.UnescapeDataString(parts[0]);
        if (parts.Length == 2)
        {
            builder.Password = Uri.UnescapeDataString(parts[1]);
        }
    }

    private static void SetOption(NpgsqlConnectionStringBuilder builder, string option)
    {
        var parts = option.Split('=', 2);
        if (parts.Length < 2)
        {
            builder[GetDriverName(option)] = "";
            return;
        }

        var name = Uri.UnescapeDataString(parts[0]);
        var value = Uri.UnescapeDataString(parts[1]);
        if (name == "sslmode")
        {
            value = value.Replace("-", "", StringComparison.Ordinal);
        }

        builder[GetDriverName(name)] = value;
    }

    private static string GetDriverName(string name) =>
        name switch
        {
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "application_name" => "Application Name",
            "connect_timeout" => "Timeout",
            "channel_binding" => "Channel Binding",
            "target_session_attrs" => "Target Session Attributes",
            "options" => "Options",
            "host" => "Host",
            _ => name,
        };
}
