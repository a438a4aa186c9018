using System.Text.Json.Serialization;

namespace Serge.Bot.Operators;

/// <summary>One thing that <c>serge doctor</c> looked at.</summary>
/// <param name="Verdict">How it is.</param>
/// <param name="What">What was looked at.</param>
/// <param name="Says">What was found and, where something has to be done, what.</param>
internal sealed record DoctorLine([property: JsonIgnore] Verdict Verdict, string What, string Says)
{
    /// <summary><c>good</c>, <c>note</c>, <c>off</c> or <c>wrong</c>.</summary>
    public string State => Verdict.ToString().ToLowerInvariant();

    /// <summary>As it is shown.</summary>
    public void WriteTo(TextWriter output, Terminal? terminal) =>
        Screen.WriteFinding(
            output,
            terminal,
            Verdict switch
            {
                Verdict.Good => new Cell("good", Tone.Good),
                Verdict.Note => new Cell("note", Tone.Note),
                Verdict.Off => new Cell("off", Tone.Quiet),
                _ => new Cell("WRONG", Tone.Bad),
            },
            What,
            Says
        );
}

/// <summary>How something is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth knowing; nobody has to mend it.</summary>
    Note,

    /// <summary>Not in use, by the settings.</summary>
    Off,

    /// <summary>A person has to mend it.</summary>
    Wrong,
}
