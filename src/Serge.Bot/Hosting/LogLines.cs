using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Serge.Bot.Hosting;

/// <summary>Formats log entries as time, level and message, without the class names and event ids of
/// the standard formatters. Characters that a terminal executes or hides are shown, so that an entry is one line,
/// except for the indented lines of an exception.</summary>
internal class LogLines : ConsoleFormatter
{
    /// <summary>The value of <see cref="BotSettings.LogFormat"/> that selects this formatter.</summary>
    public const string FormatName = "lines";

    private readonly Clocks _clocks;

    public LogLines(Clocks clocks)
        : this(clocks, FormatName) { }

    protected LogLines(Clocks clocks, string name)
        : base(name) => _clocks = clocks;

    /// <summary>Configures logging to the console.</summary>
    /// <param name="logging">Receives the configuration.</param>
    /// <param name="configuration">Its section <c>Logging</c> is .NET's own.</param>
    /// <param name="format">See <see cref="BotSettings.LogFormat"/>.</param>
    /// <param name="toStandardError">Whether every entry goes to standard error, whatever the section says: standard
    /// output is for the result of a command.</param>
    public static void Add(
        ILoggingBuilder logging,
        IConfiguration configuration,
        string format,
        bool toStandardError = false
    )
    {
        // Registered before the section is read, so that the section overrides it.
        logging.Services.Configure<JsonConsoleFormatterOptions>(SetTimestampFormat);
        // Registered before the standard formatters: of two with the same name the first is used.
        logging.Services.AddSingleton<ConsoleFormatter, LogLines>();
        logging.Services.AddSingleton<ConsoleFormatter, SystemdLogLines>();
        logging
            .AddFilter("Microsoft", LogLevel.Warning)
            // ServiceSupervisor and CommandLine report failed services in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddConsole(console =>
            {
                console.FormatterName = format;
                if (toStandardError)
                {
                    console.LogToStandardErrorThreshold = LogLevel.Trace;
                }
            });
    }

    /// <summary>Builds the host. This creates the loggers, which read .NET's options.</summary>
    /// <exception cref="SettingsException">An option is invalid.</exception>
    public static IHost BuildHost(HostApplicationBuilder builder)
    {
        try
        {
            var host = builder.Build();
            var json = host.Services.GetRequiredService<IOptionsMonitor<JsonConsoleFormatterOptions>>().CurrentValue;
            _ = DateTimeOffset.UnixEpoch.ToString(json.TimestampFormat, CultureInfo.InvariantCulture);
            return host;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            var message = SettingsSection.Show(e.Message);
            throw new SettingsException([$"The section Logging is invalid: {message}"]);
        }
    }

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var level = logEntry.LogLevel;
        var prefix = GetLinePrefix(level);
        textWriter.WriteLine($"{prefix}{GetTime()}{GetLevelName(level)}{VisibleText.OfLine(message)}");
        if (logEntry.Exception is { } e and not SettingsException)
        {
            WriteException(textWriter, e, prefix);
        }
    }

    /// <summary>The moment of an entry, with a space at its end.</summary>
    protected virtual string GetTime() =>
        _clocks.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z '", CultureInfo.InvariantCulture);

    /// <summary>What every line of an entry begins with.</summary>
    protected virtual string GetLinePrefix(LogLevel level) => "";

    /// <summary>Indents the lines: a message of an exception that contains a line feed cannot look like an
    /// entry.</summary>
    private static void WriteException(TextWriter textWriter, Exception e, string prefix)
    {
        foreach (var line in e.ToString().ReplaceLineEndings("\n").Split('\n'))
        {
            textWriter.WriteLine($"{prefix}  {VisibleText.OfLine(line)}");
        }
    }

    private static string GetLevelName(LogLevel level) =>
        level switch
        {
            LogLevel.Information => "",
            LogLevel.Warning => "warning: ",
            LogLevel.Error => "error: ",
            LogLevel.Critical => "critical: ",
            _ => "debug: ",
        };

    private static void SetTimestampFormat(JsonConsoleFormatterOptions json)
    {
        json.UseUtcTimestamp = true;
        json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    }
}

/// <summary><see cref="LogLines"/> for systemd's journal, which adds the time itself and reads the priority from the
/// beginning of each line.</summary>
/// <remarks>Source: systemd docs, sd-daemon, prefixes such as <c>&lt;4&gt;</c>.</remarks>
internal sealed class SystemdLogLines(Clocks clocks) : LogLines(clocks, "systemd")
{
    protected override string GetTime() => "";

    protected override string GetLinePrefix(LogLevel level) =>
        level switch
        {
            LogLevel.Critical => "<2>",
            LogLevel.Error => "<3>",
            LogLevel.Warning => "<4>",
            LogLevel.Information => "<6>",
            _ => "<7>",
        };
}
