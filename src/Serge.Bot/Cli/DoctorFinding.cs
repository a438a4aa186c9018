using System.Text.Json.Serialization;

namespace Serge.Bot.Cli;

/// <summary>One thing that <c>serge doctor</c> looked at.</summary>
/// <param name="Status">How it is.</param>
/// <param name="What">What was looked at.</param>
/// <param name="Message">What was found and, where something has to be done, what.</param>
internal sealed record DoctorFinding([property: JsonIgnore] DiagnosticStatus Status, string What, string Message)
{
    /// <summary><c>good</c>, <c>note</c>, <c>off</c> or <c>wrong</c>.</summary>
    public string State => Status.ToString().ToLowerInvariant();

    /// <summary>As it is shown.</summary>
    public void WriteTo(TextWriter output, Terminal? terminal) =>
        ConsoleOutput.WriteDiagnostic(
            output,
            terminal,
            Status switch
            {
                DiagnosticStatus.Ok => new Cell("good", TextStyle.Good),
                DiagnosticStatus.Note => new Cell("note", TextStyle.Note),
                DiagnosticStatus.Off => new Cell("off", TextStyle.Quiet),
                _ => new Cell("WRONG", TextStyle.Bad),
            },
            What,
            Message
        );
}

/// <summary>How something is.</summary>
internal enum DiagnosticStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing; nobody has to mend it.</summary>
    Note,

    /// <summary>Not in use, by the settings.</summary>
    Off,

    /// <summary>A person has to mend it.</summary>
    Error,
}
