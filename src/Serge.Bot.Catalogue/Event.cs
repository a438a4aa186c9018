namespace Serge.Bot.Catalogue;

/// <summary>Something that happened in Serge's life or times.</summary>
public sealed record Event
{
    /// <summary>Stable, kebab-case, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>When, Gregorian, no more exact than is known.</summary>
    public required EdtfDate Date { get; init; }

    /// <summary>The same day in the Julian calendar, where Russia still counted so.</summary>
    public JulianDay? OldStyle { get; init; }

    /// <summary>One sentence of our own that stands alone.</summary>
    public required string Text { get; init; }

    /// <summary>Whose story it belongs to.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>The essays that mention it; empty when they only imply it.</summary>
    public required IReadOnlyList<Source> Via { get; init; }

    /// <summary>Where the date comes from, when not from an essay.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>How certain the date is.</summary>
    public required EventStatus Status { get; init; }

    /// <summary>What other sources say, where they differ.</summary>
    public string? Note { get; init; }

    /// <summary>Where it stands.</summary>
    public required FileLocation Location { get; init; }
}

/// <summary>Whose story an event belongs to.</summary>
public enum EventKind
{
    /// <summary>Serge's own life and books.</summary>
    Serge,

    /// <summary>What the essays name or imply.</summary>
    Context,

    /// <summary>A birth or death of somebody they name.</summary>
    Person,
}

/// <summary>How certain an event's date is, best first.</summary>
public enum EventStatus
{
    /// <summary>Sources agree.</summary>
    Sure,

    /// <summary>The best sources say so.</summary>
    Likely,

    /// <summary>Good sources differ; the note says how.</summary>
    Disputed,
}
