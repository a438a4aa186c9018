using System.Text.Json.Serialization;

namespace Serge.Bot.Cli;

/// <summary>The result of one check of <c>serge doctor</c>.</summary>
/// <param name="Status">Its severity.</param>
/// <param name="What">What was checked.</param>
/// <param name="Message">The result and, if something must be done, what.</param>
internal sealed record DoctorFinding([property: JsonIgnore] DiagnosticStatus Status, string What, string Message)
{
    /// <summary><c>ok</c>, <c>note</c>, <c>off</c> or <c>error</c>.</summary>
    public string State => ColumnValues.ToName(Status);

    public static DoctorFinding Ok(string what, string message) => new(DiagnosticStatus.Ok, what, message);

    public static DoctorFinding Note(string what, string message) => new(DiagnosticStatus.Note, what, message);

    public static DoctorFinding Off(string what, string message) => new(DiagnosticStatus.Off, what, message);

    public static DoctorFinding Error(string what, string message) => new(DiagnosticStatus.Error, what, message);

    public void WriteTo(TextWriter output, Terminal? terminal)
    {
        var state = Status switch
        {
            DiagnosticStatus.Ok => new Cell("ok", TextStyle.Good),
            DiagnosticStatus.Note => new Cell("note", TextStyle.Note),
            DiagnosticStatus.Off => new Cell("off", TextStyle.Quiet),
            _ => new Cell("ERROR", TextStyle.Bad),
        };
        ConsoleOutput.WriteDiagnostic(output, terminal, state, What, Message);
    }
}

/// <summary>Severity of a finding.</summary>
internal enum DiagnosticStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The bot works without a change, but the operator may want one.</summary>
    Note,

    /// <summary>Disabled by the settings.</summary>
    Off,

    /// <summary>A person must fix it.</summary>
    Error,
}
