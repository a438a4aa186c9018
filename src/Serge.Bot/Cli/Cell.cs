namespace Serge.Bot.Cli;

/// <summary>One cell of a table.</summary>
internal readonly record struct Cell(string Text, TextStyle Style = TextStyle.Plain)
{
    /// <summary>With characters shown that a terminal would execute or hide, so that columns are as wide as they
    /// look.</summary>
    public string Text { get; init; } = VisibleText.OfLines(Text);

    /// <summary>The remark on a withdrawn item; empty when it is not withdrawn.</summary>
    public static Cell Withdrawn(DateTimeOffset? since)
    {
        if (since is not { } moment)
        {
            return new Cell("");
        }

        return new Cell(FormattableString.Invariant($"withdrawn since {moment:yyyy-MM-dd}"), TextStyle.Bad);
    }

    /// <summary>A plain cell; empty for <see langword="null"/>.</summary>
    public static implicit operator Cell(string? text) => new(text ?? "");
}

/// <summary>How a text is emphasized. The text itself says the same.</summary>
internal enum TextStyle
{
    Plain,
    Good,

    /// <summary>For information.</summary>
    Note,

    /// <summary>A person must do something.</summary>
    Bad,

    /// <summary>Less important.</summary>
    Quiet,
}
