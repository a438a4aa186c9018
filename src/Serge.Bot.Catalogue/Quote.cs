namespace Serge.Bot.Catalogue;

/// <summary>Words of Victor Serge, as one of the essays prints them.</summary>
public sealed record Quote
{
    /// <summary>Stable, kebab-case, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>Word for word as printed in the essay: brackets, ellipses and case kept.</summary>
    public required string Text { get; init; }

    /// <summary>The work of Serge's it is quoted from, where the essay says so.</summary>
    public Source? Work { get; init; }

    /// <summary>The essay that quotes it.</summary>
    public required Source Via { get; init; }

    /// <summary>At least one, kebab-case, in the order of the file.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>When it was written, where the essay says so.</summary>
    public EdtfDate? Written { get; init; }

    /// <summary>The essayist splits the sentence; what is printed here joins the halves.</summary>
    public bool IsJoined { get; init; }

    /// <summary>One neutral line of our own, where the words need it.</summary>
    public string? Context { get; init; }

    /// <summary>A content warning, where readers may want one.</summary>
    public string? Warning { get; init; }

    /// <summary>What is uncertain about it, such as a speaker that the essay does not name.</summary>
    public string? Note { get; init; }

    /// <summary>Where it stands.</summary>
    public required FileLocation Location { get; init; }
}
