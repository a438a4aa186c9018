namespace Serge.Bot.Publishing;

/// <summary>A result of checking the Mastodon account or its server.</summary>
/// <param name="Kind">Its severity.</param>
/// <param name="Message">One line for an operator: what was found and, if needed, how to fix it.</param>
internal sealed record Diagnostic(DiagnosticKind Kind, string Message)
{
    /// <summary>Whether nothing is posted because of it where <c>Mastodon:PolicyChecks</c> is <c>enforce</c>.</summary>
    public bool IsObstacle =>
        ConcernsPosts && Kind is (DiagnosticKind.Warning or DiagnosticKind.Error or DiagnosticKind.Unavailable);

    /// <summary>Whether posts depend on it. Default <see langword="true"/>.</summary>
    public bool ConcernsPosts { get; init; } = true;

    public static Diagnostic Note(string message) => new(DiagnosticKind.Note, message);

    public static Diagnostic Warning(string message) => new(DiagnosticKind.Warning, message);

    public static Diagnostic Error(string message) => new(DiagnosticKind.Error, message);
}

/// <summary>Severity of a <see cref="Diagnostic"/>.</summary>
internal enum DiagnosticKind
{
    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>A feature that the server lacks, or a difference in how the bot uses it. Needs no action.</summary>
    Note,

    /// <summary>Violates the policies for bots. Posts are still sent, unless
    /// <c>Mastodon:PolicyChecks</c> is <c>enforce</c>.</summary>
    Warning,

    /// <summary>The bot cannot post correctly until an operator fixes it.</summary>
    Error,

    /// <summary>The server did not answer; the check is repeated.</summary>
    Unavailable,
}
