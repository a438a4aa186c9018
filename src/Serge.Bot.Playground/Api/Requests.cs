namespace Serge.Bot.Playground.Api;

/// <summary><c>POST /api/command</c>.</summary>
/// <param name="Line">A slash command such as <c>/quote topic:revolution</c>, or a plain message.</param>
internal sealed record CommandRequest(string? Line);

/// <summary><c>POST /api/complete</c>: requests suggestions for an option.</summary>
/// <param name="Line">The line so far, including the option.</param>
/// <param name="Option">The option that is being typed.</param>
internal sealed record CompletionRequest(string? Line, string? Option);

/// <summary><c>POST /api/press</c>: presses a button.</summary>
/// <param name="Message">The id of the message.</param>
/// <param name="Button">The custom id of the button.</param>
internal sealed record PressRequest(string? Message, string? Button);

/// <summary><c>POST /api/calendar</c>: sets the date of the schedule clock, or moves it by a step.</summary>
internal sealed record CalendarRequest(DateOnly? Date, CalendarStep? Step);

internal enum CalendarStep
{
    /// <summary>To just before the next post.</summary>
    NextPost,

    /// <summary>To just before the next post to both platforms.</summary>
    NextPostOnBoth,

    /// <summary>To the next day, just before its first post.</summary>
    NextDay,

    /// <summary>To the previous day, just before its first post.</summary>
    PreviousDay,

    /// <summary>To the current time.</summary>
    Today,
}

/// <summary><c>POST /api/faults</c>: adds a fault.</summary>
internal sealed record FaultRequest(FaultKind? Kind, FaultPlatform Side);

/// <summary><c>POST /api/worker</c>: starts or kills the worker.</summary>
internal sealed record WorkerRequest(WorkerAction? Action);

internal enum WorkerAction
{
    Start,

    Kill,
}

/// <summary><c>POST /api/quote-files</c>: saves a quote file.</summary>
/// <param name="File">The name.</param>
/// <param name="Text">The new text.</param>
/// <param name="Version">The version that was edited.</param>
internal sealed record SaveRequest(string? File, string? Text, long? Version);

/// <summary><c>POST /api/quote-files/restore</c>: restores all quote files.</summary>
/// <param name="Version">The version of the files that the person sees.</param>
internal sealed record RestoreRequest(long? Version);

/// <summary><c>POST /api/correct</c>: edits the published posts of an item.</summary>
/// <param name="Item">The id of a quotation or event.</param>
internal sealed record CorrectRequest(string? Item);

/// <summary>The response to a request.</summary>
/// <param name="Outcome"><c>done</c>; for commands <c>answered</c> and <c>no-answer</c>; for quote files
/// <see cref="Conflict"/>.</param>
/// <param name="Problem">What is wrong with the request, and how to fix it.</param>
/// <param name="Version">The new version of quote files.</param>
/// <param name="Details">What was done, one text per post.</param>
/// <param name="Date">The day to which the schedule clock was set: the requested one, else its new local date.</param>
internal sealed record ApiResponse(
    string? Outcome = null,
    string? Problem = null,
    long? Version = null,
    IReadOnlyList<string>? Details = null,
    DateOnly? Date = null
)
{
    /// <summary>The outcome if another tab has saved since; nothing was done.</summary>
    public const string Conflict = "conflict";

    public static ApiResponse Done { get; } = new("done");

    /// <summary>The HTTP status.</summary>
    public int GetStatus() =>
        this switch
        {
            { Problem: null } => StatusCodes.Status200OK,
            { Outcome: Conflict } => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        };
}
