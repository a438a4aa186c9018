using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Shows on a terminal what a command is doing while it takes longer than a second: one line of standard
/// error, which is updated and then removed. Nothing is written where standard error is not a terminal.</summary>
internal sealed class ProgressLine : IDisposable
{
    /// <summary>A command that takes less time shows nothing.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly TextWriter _error;
    private readonly TimeProvider _clock;
    private readonly string _activity;
    private readonly int _total;
    private readonly int _maxLength;
    private readonly long _start;
    private readonly ITimer? _timer;
    private int _done;
    private int _shownLength;
    private bool _isDisposed;

    private ProgressLine(CommandContext context, string activity, int total)
    {
        // The line contains control characters of our own.
        _error = VisibleWriter.Unwrap(context.Error);
        _clock = context.Clocks.System;
        _activity = activity;
        _total = total;
        _start = _clock.GetTimestamp();
        if (context.ErrorTerminal is { } terminal)
        {
            // A line that fills the terminal would wrap, and could not be removed.
            _maxLength = terminal.Width - 1;
            _timer = _clock.CreateTimer(_ => Show(), state: null, Delay, Interval);
        }
    }

    /// <summary>Begins to measure the time.</summary>
    /// <param name="context">The terminal and the clock.</param>
    /// <param name="activity">What is done, such as <c>Copying the ledger</c>.</param>
    /// <param name="total">The number of steps; 0 if it is not known.</param>
    public static ProgressLine Start(CommandContext context, string activity, int total = 0) =>
        new(context, activity, total);

    /// <summary>Counts a step that is done. May be called by several threads.</summary>
    public void Advance() => Interlocked.Increment(ref _done);

    /// <summary>Writes a line of the command's output, which may go to the same terminal, in place of this
    /// one.</summary>
    public void WriteLine(TextWriter output, string line)
    {
        lock (_lock)
        {
            Clear();
            output.WriteLine(line);
            output.Flush();
        }
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            Clear();
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            // A timer may run once more while it is disposed.
            if (_isDisposed)
            {
                return;
            }

            var line = Describe();
            _error.Write($"\r{line.PadRight(_shownLength)}");
            _error.Flush();
            _shownLength = line.Length;
        }
    }

    private void Clear()
    {
        if (_shownLength > 0)
        {
            _error.Write($"\r{new string(' ', _shownLength)}\r");
            _error.Flush();
            _shownLength = 0;
        }
    }

    private string Describe()
    {
        var elapsed = _clock.GetElapsedTime(_start);
        var seconds = Math.Round(elapsed.TotalSeconds);
        var steps = "";
        if (_total > 0)
        {
            var done = Volatile.Read(ref _done);
            steps = $": {done} of {_total}";
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"{_activity}{steps} ({seconds} s)");
        return Truncation.Truncate(line, _maxLength);
    }
}
