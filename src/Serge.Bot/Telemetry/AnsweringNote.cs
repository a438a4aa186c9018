using System.Diagnostics;

namespace Serge.Bot.Telemetry;

/// <summary>How one interaction went, as a span and in the duration's histogram. Of what the member typed nothing is in it but the command's name.</summary>
internal sealed class AnsweringNote : IDisposable
{
    /// <summary>Discord has the answer.</summary>
    public const string Answered = "answered";

    /// <summary>A bug or a time-out: the member got no more than a word of regret.</summary>
    public const string Failed = "failed";

    /// <summary>Another copy of the bot answered.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>The member got no answer.</summary>
    public const string Unanswered = "unanswered";

    private readonly TimeProvider _wire;
    private readonly long _began;
    private readonly Activity? _span;
    private readonly KeyValuePair<string, object?> _command;
    private readonly KeyValuePair<string, object?> _kind;
    private bool _failed;

    /// <summary>It came in.</summary>
    /// <param name="interaction">Only its kind is noted.</param>
    /// <param name="command">The command that answers; <see langword="null"/> for one that is no more.</param>
    /// <param name="wire">Takes the time.</param>
    public AnsweringNote(Interaction interaction, string? command, TimeProvider wire)
    {
        (_wire, _began) = (wire, wire.GetTimestamp());
        _command = new("serge.command", command ?? "unknown");
        _kind = new(
            "serge.interaction.kind",
            interaction switch
            {
                Interaction.Autocomplete => "completion",
                Interaction.ButtonPress => "button",
                _ => "command",
            }
        );
        _span = BotMetrics.Spans.StartActivity("answer", ActivityKind.Server);
        _span?.SetTag(_command.Key, _command.Value).SetTag(_kind.Key, _kind.Value);
    }

    /// <summary>There is no real answer.</summary>
    public void Fails() => _failed = true;

    /// <summary>It came to its end.</summary>
    public void Ends(string result)
    {
        result = _failed && result == Answered ? Failed : result;
        BotMetrics.RecordAnswer(
            _wire.GetElapsedTime(_began),
            [_command, _kind, new("serge.interaction.result", result)]
        );
        _span
            ?.SetTag("serge.interaction.result", result)
            .SetStatus(result is Unanswered or Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }

    public void Dispose() => _span?.Dispose();
}
