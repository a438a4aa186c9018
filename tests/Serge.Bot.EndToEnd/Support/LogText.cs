using System.Text;
using Microsoft.Extensions.Logging;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>Collects the log of a worker in this process, including exceptions.</summary>
internal sealed class LogText : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        lock (_lock)
        {
            return _text.ToString();
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose() { }

    private void Append(string line)
    {
        lock (_lock)
        {
            _text.AppendLine(line);
        }
    }

    private sealed class Logger(LogText log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            log.Append(formatter(state, exception));
            if (exception is not null)
            {
                log.Append(exception.ToString());
            }
        }
    }
}
