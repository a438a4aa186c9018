namespace Serge.Bot.Playground.Worker;

/// <summary>Writes one worker's log into the event log until that worker is killed.</summary>
internal sealed class EventLogLoggerProvider(EventLog eventLog) : ILoggerProvider
{
    private volatile bool _isSilent;

    /// <summary>Ignores all later messages.</summary>
    public void Silence() => _isSilent = true;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new EventLogLogger(this);

    /// <inheritdoc/>
    public void Dispose() => Silence();

    private void Write<TState>(LogLevel logLevel, TState state, Exception? exception, string text)
    {
        if (_isSilent)
        {
            return;
        }

        var level = logLevel switch
        {
            >= LogLevel.Error => EventLogLevel.Error,
            LogLevel.Warning => EventLogLevel.Warning,
            _ => EventLogLevel.Information,
        };
        if (exception is not null)
        {
            text = $"{text}: {exception.GetType().Name}, {exception.Message}";
        }

        eventLog.Write(EventLogSource.Worker, level, text, GetKind(state));
    }

    /// <summary>Messages are similar if they have the same template and, for a post, the same state.</summary>
    private static string? GetKind<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            return null;
        }

        var byName = values.ToLookup(value => value.Key, value => value.Value);
        return $"{byName["{OriginalFormat}"].FirstOrDefault()} {byName["State"].FirstOrDefault()}";
    }

    private sealed class EventLogLogger(EventLogLoggerProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(logLevel, state, exception, formatter(state, exception));
            }
        }
    }
}
