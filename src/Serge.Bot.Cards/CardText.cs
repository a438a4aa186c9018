namespace Serge.Bot.Cards;

/// <summary>The words on a card, from top to bottom.</summary>
/// <param name="Body">The quotation or the event. Words are wrapped at spaces and after hyphens and dashes; a line feed
/// starts a new line.</param>
/// <param name="Credit">The lines below it.</param>
public sealed record CardText(string Body, IReadOnlyList<CardLine> Credit)
{
    /// <summary>A small line in italics above the title, such as "On this day"; <see langword="null"/> for
    /// none.</summary>
    public string? Kicker { get; init; }

    /// <summary>A large line above the body, such as a date; <see langword="null"/> for none.</summary>
    public string? Title { get; init; }
}

/// <summary>A line of a credit, which is wrapped if it is too long.</summary>
/// <param name="Runs">Pieces in roman or italics, joined without a space.</param>
public sealed record CardLine(params IReadOnlyList<CardRun> Runs);

/// <summary>Text in one style.</summary>
public sealed record CardRun(string Text, bool IsItalic = false);
