namespace Serge.Bot.Publishing;

/// <summary>Something found out about the Mastodon account or its server.</summary>
/// <param name="Kind">How bad it is.</param>
/// <param name="Message">One line for a person: what it is and, where something has to be done, what.</param>
internal sealed record Diagnostic(DiagnosticKind Kind, string Message);

/// <summary>How bad a finding is.</summary>
internal enum DiagnosticKind
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>What this server does not do, or what the bot does otherwise there. Nobody has to mend it.</summary>
    Note,

    /// <summary>Against the good manners of a bot. Posting goes on, unless <c>Mastodon:PolicyChecks</c> is <c>enforce</c>.</summary>
    Warning,

    /// <summary>A person has to mend it before the bot can do its work there.</summary>
    Error,

    /// <summary>The server did not answer now; it is asked again.</summary>
    Unavailable,
}
