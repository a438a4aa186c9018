namespace Serge.Bot.Catalogue;

/// <summary>A work, an essay, or a page that a date rests on.</summary>
public sealed record Source
{
    /// <summary>Stable, kebab-case, never reused.</summary>
    public required string Id { get; init; }

    public required SourceKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>A short form of author and title for posts; null when they are short enough.</summary>
    public string? Label { get; init; }

    /// <summary>Null when unknown, as are the following ones; an essay always has an author.</summary>
    public string? Author { get; init; }

    public EdtfDate? Published { get; init; }

    public string? Translator { get; init; }

    /// <summary>An http or https address.</summary>
    public Uri? Url { get; init; }

    /// <summary>The name in posts: <see cref="Label"/>, or author and title in full.</summary>
    /// <remarks>A title is never cut: its beginning may name something else.</remarks>
    public string ShortName
    {
        get
        {
            if (Label is not null)
            {
                return Label;
            }

            if (Author is null)
            {
                return Title;
            }

            return $"{Author}, {Title}";
        }
    }

    /// <summary>Where its entry begins.</summary>
    public required FileLocation Location { get; init; }
}

/// <summary>What a source is used for.</summary>
public enum SourceKind
{
    /// <summary>A work of the author, or one that quotes the author.</summary>
    Work,

    /// <summary>An essay that quotes the author.</summary>
    Essay,

    /// <summary>Anything else that a date rests on.</summary>
    Reference,
}
