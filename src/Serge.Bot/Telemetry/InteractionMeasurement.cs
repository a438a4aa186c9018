using System.Diagnostics;

namespace Serge.Bot.Telemetry;

/// <summary>Measures one interaction as a span and in the histogram of durations. It contains the command's name and
/// nothing else that the member typed.</summary>
internal sealed class InteractionMeasurement : IDisposable
{
    /// <summary>Discord has the answer.</summary>
    public const string Answered = "answered";

    /// <summary>The handler threw an exception or timed out; the member got an error message.</summary>
    public const string Failed = "failed";

    /// <summary>Another instance of the bot answered.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>The member got no answer.</summary>
    public const string Unanswered = "unanswered";

    private const string ResultTag = "serge.interaction.result";

    private readonly TimeProvider _systemClock;
    private readonly long _start;
    private readonly Activity? _span;
    private readonly KeyValuePair<string, object?> _command;
    private readonly KeyValuePair<string, object?> _kind;
    private bool _hasFailed;

    /// <param name="interaction">Only its kind is used.</param>
    /// <param name="command">The name of the command; <see langword="null"/> if there is no such
    /// command any more.</param>
    /// <param name="systemClock">Measures the duration.</param>
    public InteractionMeasurement(Interaction interaction, string? command, TimeProvider systemClock)
    {
        _systemClock = systemClock;
        _start = systemClock.GetTimestamp();
        _command = new KeyValuePair<string, object?>("serge.command", command ?? "unknown");
        _kind = new KeyValuePair<string, object?>("serge.interaction.kind", GetKind(interaction));
        _span = BotMetrics.Spans.StartActivity("answer", ActivityKind.Server);
        _span?.SetTag(_command.Key, _command.Value);
        _span?.SetTag(_kind.Key, _kind.Value);
    }

    /// <summary>The handler failed, so that what is sent is an error message.</summary>
    public void MarkFailed() => _hasFailed = true;

    /// <summary>Records the duration and the result.</summary>
    public void Complete(string result)
    {
        if (_hasFailed && result == Answered)
        {
            result = Failed;
        }

        BotMetrics.RecordAnswer(_systemClock.GetElapsedTime(_start), [_command, _kind, new(ResultTag, result)]);
        _span?.SetTag(ResultTag, result);
        if (result is Unanswered or Failed)
        {
            _span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => _span?.Dispose();

    private static string GetKind(Interaction interaction) =>
        interaction switch
        {
            Interaction.Autocomplete => "completion",
            Interaction.ButtonPress => "button",
            _ => "command",
        };
}
