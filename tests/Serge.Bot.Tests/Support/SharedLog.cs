namespace Serge.Bot.Tests.Support;

/// <summary>Writes to the log of another class, so that one list holds what several classes log.</summary>
internal sealed class SharedLog<T>(ILogger log) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => log.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => log.Log(logLevel, eventId, state, exception, formatter);
}
