namespace Serge.Bot.Catalogue;

/// <summary>Something that happened in the author's life or times.</summary>
public sealed record Event
{
    /// <summary>Stable, kebab-case, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>Gregorian, no more exact than is known.</summary>
    public required EdtfDate Date { get; init; }

    /// <summary>The same day in the Julian calendar, where Russia still used it.</summary>
    public JulianDay? OldStyle { get; init; }

    /// <summary>One sentence that is understood without the rest of the entry.</summary>
    public required string Text { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>What the date rests on: only sources that give it.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>The essays that mention it, whether they give the date, another one or none.</summary>
    public IReadOnlyList<Source> MentionedBy { get; init; } = [];

    public required EventStatus Status { get; init; }

    /// <summary>What other sources say, where they differ.</summary>
    public string? Note { get; init; }

    /// <summary>A content warning.</summary>
    public string? Warning { get; init; }

    /// <summary>The id of a quotation that belongs to the event; null when there is none.</summary>
    public string? Quote { get; init; }

    /// <summary>Whether it is posted on its day; otherwise only commands show it.</summary>
    public bool IsPosted { get; init; } = true;

    /// <summary>Where its entry begins.</summary>
    public required FileLocation Location { get; init; }
}

/// <summary>Whose story an event belongs to.</summary>
public enum EventKind
{
    /// <summary>The author's own life and books.</summary>
    Life,

    /// <summary>History that the essays name or imply.</summary>
    Context,

    /// <summary>A birth or death of a person whom the essays name.</summary>
    Person,
}

/// <summary>How certain an event's date is, most certain first.</summary>
public enum EventStatus
{
    /// <summary>The sources give this date, and there is no reason to doubt it.</summary>
    Sure,

    /// <summary>The best sources say so.</summary>
    Likely,

    /// <summary>Good sources differ; the note says how.</summary>
    Disputed,
}
