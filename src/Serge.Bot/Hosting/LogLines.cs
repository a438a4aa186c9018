using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Serge.Bot.Hosting;

/// <summary>Log lines for people: time, level, message. The standard ones carry names of classes and numbers that say nothing to an operator.</summary>
internal sealed class LogLines(Clocks clocks) : ConsoleFormatter(FormatName)
{
    /// <summary>What the console logger knows it by.</summary>
    public const string FormatName = "lines";

    /// <summary>Sets up the log.</summary>
    /// <param name="logging">Where.</param>
    /// <param name="configuration">Its section <c>Logging</c> is .NET's own.</param>
    /// <param name="format">See <see cref="BotSettings.LogFormat"/>.</param>
    public static void Add(ILoggingBuilder logging, IConfiguration configuration, string format)
    {
        // Before the section is read, and so under what is set there.
        logging.Services.Configure<JsonConsoleFormatterOptions>(static json =>
            (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'")
        );
        logging
            .AddFilter("Microsoft", LogLevel.Warning)
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
        var level = logEntry.LogLevel switch
        {
            LogLevel.Warning => "warning: ",
            LogLevel.Error => "error: ",
            LogLevel.Critical => "critical: ",
            LogLevel.Information => "",
            _ => "detail: ",
        };
        var time = clocks.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        textWriter.WriteLine($"{time} {level}{logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (logEntry.Exception is { } e and not SettingsException)
        {
            textWriter.WriteLine(e);
        }
    }
}
