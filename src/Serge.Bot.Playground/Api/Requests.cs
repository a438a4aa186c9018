using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Api;

/// <summary><c>POST /api/command</c>: what was typed into the channel.</summary>
/// <param name="Line">A slash command such as <c>/quote topic:revolution</c>, or a plain message.</param>
internal sealed record CommandRequest(string? Line);

/// <summary><c>POST /api/complete</c>: what was typed so far.</summary>
/// <param name="Line">The line, the option in question included.</param>
/// <param name="Option">The option that is being typed.</param>
internal sealed record CompletionRequest(string? Line, string? Option);

/// <summary><c>POST /api/press</c>: a button.</summary>
/// <param name="Message">The id of its message.</param>
/// <param name="Button">Its custom id.</param>
internal sealed record PressRequest(string? Message, string? Button);

/// <summary><c>POST /api/calendar</c>: another day, or a step.</summary>
internal sealed record CalendarRequest(DateOnly? Date, CalendarStep? Step);

/// <summary>A step of the calendar.</summary>
internal enum CalendarStep
{
    /// <summary>To just before the next post.</summary>
    NextPost,

    /// <summary>To the day after, just before its first post.</summary>
    NextDay,

    /// <summary>To the day before, just before its first post.</summary>
    PreviousDay,

    /// <summary>To the present.</summary>
    Today,
}

/// <summary><c>POST /api/faults</c>: trouble.</summary>
internal sealed record TroubleRequest(TroubleKind? Kind, TroubleSide Side);

/// <summary><c>POST /api/worker</c>: what is done to the worker.</summary>
internal sealed record WorkerRequest(WorkerAction? Action);

/// <summary>What can be done to the worker.</summary>
internal enum WorkerAction
{
    /// <summary>Start it, if it is dead.</summary>
    Start,

    /// <summary>Pull the plug.</summary>
    Kill,
}

/// <summary>What came of a request.</summary>
/// <param name="Outcome"><c>done</c>, or for commands <c>answered</c> and <c>no-answer</c>.</param>
/// <param name="Problem">What is wrong with the request, and how to mend it.</param>
internal sealed record Answer(string? Outcome = null, string? Problem = null)
{
    /// <summary>It was done.</summary>
    public static Answer Done { get; } = new("done");
}
