using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Serge.Bot.Hosting;

/// <summary>Formats log entries as time, level and message, without the class names and event ids of
/// the standard formatters.</summary>
internal sealed class LogLines(Clocks clocks) : ConsoleFormatter(FormatName)
{
    /// <summary>The value of <see cref="BotSettings.LogFormat"/> that selects this formatter.</summary>
    public const string FormatName = "lines";

    /// <summary>Configures logging to the console.</summary>
    /// <param name="logging">Receives the configuration.</param>
    /// <param name="configuration">Its section <c>Logging</c> is .NET's own.</param>
    /// <param name="format">See <see cref="BotSettings.LogFormat"/>.</param>
    public static void Add(ILoggingBuilder logging, IConfiguration configuration, string format)
    {
        // Registered before the section is read, so that the section overrides it.
        logging.Services.Configure<JsonConsoleFormatterOptions>(SetTimestampFormat);
        logging
            .AddFilter("Microsoft", LogLevel.Warning)
            // ServiceSupervisor and CommandLine report failed services in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddConsole(console => console.FormatterName = format);
        logging.Services.AddSingleton<ConsoleFormatter, LogLines>();
    }

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var time = clocks.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var level = GetPrefix(logEntry.LogLevel);
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.WriteLine($"{time} {level}{message}");
        if (logEntry.Exception is { } e and not SettingsException)
        {
            textWriter.WriteLine(e);
        }
    }

    private static string GetPrefix(LogLevel level) =>
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
