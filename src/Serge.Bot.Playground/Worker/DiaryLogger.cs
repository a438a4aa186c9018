using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Worker;

/// <summary>Writes one worker's log into the diary, until that worker is dead.</summary>
/// <param name="diary">Where to.</param>
internal sealed class DiaryLoggerProvider(Diary diary) : ILoggerProvider
{
    private volatile bool _silent;

    /// <summary>The worker is dead: what its remains still have to say is nobody's concern.</summary>
    public void Silence() => _silent = true;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new DiaryLogger(this);

    /// <inheritdoc/>
    public void Dispose() => Silence();

    private void Write<TState>(
        LogLevel level,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (_silent)
        {
            return;
        }

        var weight = level switch
        {
            >= LogLevel.Error => DiaryWeight.Error,
            LogLevel.Warning => DiaryWeight.Warning,
            _ => DiaryWeight.Plain,
        };
        var text = formatter(state, exception);
        diary.Write(
            DiarySource.Worker,
            weight,
            exception is null ? text : $"{text}: {exception.GetType().Name}, {exception.Message}",
            KindOf(state)
        );
    }

    /// <summary>Two lines are alike when they are made from one template and, for a post, tell of the same state.</summary>
    private static string? KindOf<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            return null;
        }

        var named = values.ToLookup(value => value.Key, value => value.Value, StringComparer.Ordinal);
        return $"{named["{OriginalFormat}"].FirstOrDefault()} {named["State"].FirstOrDefault()}";
    }

    private sealed class DiaryLogger(DiaryLoggerProvider provider) : ILogger
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
                provider.Write(logLevel, state, exception, formatter);
            }
        }
    }
}
