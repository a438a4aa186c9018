using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Serge.Bot.Settings;

namespace Serge.Bot.Operators;

/// <summary>Log lines for people: time, level, message. The standard ones carry names of classes and numbers that say nothing to an operator.</summary>
internal sealed class LogLines(Clocks clocks) : ConsoleFormatter(FormatName)
{
    /// <summary>What the console logger knows it by.</summary>
    public const string FormatName = "lines";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var level = logEntry.LogLevel switch
        {
            LogLevel.Warning => "warning: ",
            LogLevel.Error => "error: ",
            LogLevel.Critical => "critical: ",
            LogLevel.Information => "",
            _ => "detail: ",
        };
        var time = clocks.Wire.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        textWriter.WriteLine($"{time} {level}{logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (logEntry.Exception is { } e and not SettingsException)
        {
            textWriter.WriteLine(e);
        }
    }
}
