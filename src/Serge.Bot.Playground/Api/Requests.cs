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

/// <summary>The response to a request.</summary>
/// <param name="Outcome"><c>done</c>, or for commands <c>answered</c> and <c>no-answer</c>.</param>
/// <param name="Problem">What is wrong with the request, and how to fix it.</param>
internal sealed record ApiResponse(string? Outcome = null, string? Problem = null)
{
    public static ApiResponse Done { get; } = new("done");
}
