namespace Serge.Bot.Catalogue;

/// <summary>A work, an essay, or a page that a date rests on.</summary>
public sealed record Source
{
    /// <summary>Stable, kebab-case, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>What it is to us.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Who wrote it, if known.</summary>
    public string? Author { get; init; }

    /// <summary>When it was published, if known.</summary>
    public EdtfDate? Published { get; init; }

    /// <summary>Who translated it, if known.</summary>
    public string? Translator { get; init; }

    /// <summary>Where to read it, if anywhere.</summary>
    public Uri? Url { get; init; }

    /// <summary>Where it stands.</summary>
    public required FileLocation Location { get; init; }
}

/// <summary>What a source is to us.</summary>
public enum SourceKind
{
    /// <summary>A work of Serge's.</summary>
    Work,

    /// <summary>One of the essays that quote him.</summary>
    Essay,

    /// <summary>Anything else that a date rests on.</summary>
    Reference,
}
