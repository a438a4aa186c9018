using Microsoft.Extensions.Logging;

namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>Stores the log, level first.</summary>
internal sealed class CollectingLog : ILoggerFactory, ILogger
{
    public List<string> Lines { get; } = [];

    public void AddProvider(ILoggerProvider provider) { }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Add($"{logLevel} {formatter(state, exception)} {exception}".TrimEnd());

    public void Dispose() { }
}
