using System.Text.Json.Serialization;

namespace Serge.Bot.Posting.Model;

/// <summary>A picture in a post: the words that are drawn. The ledger stores them instead of the picture, so that every
/// attempt draws the same.</summary>
public sealed record PostPicture
{
    /// <summary>A small line at the top, such as "On this day"; <see langword="null"/> for none.</summary>
    public string? Kicker { get; init; }

    /// <summary>A large line above the body, such as a date; <see langword="null"/> for none.</summary>
    public string? Title { get; init; }

    /// <summary>The whole quotation or event.</summary>
    public required string Body { get; init; }

    /// <summary>Who said it where: one or more lines below the body.</summary>
    public required IReadOnlyList<PictureLine> Credit { get; init; }

    /// <summary>Whether readers see it only after a click, because the text has a content warning.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Everything that is drawn, as text for those who do not see the picture. Never shortened.</summary>
    [JsonIgnore]
    public string Description
    {
        get
        {
            string?[] above = [Kicker, Title, Body];
            var below = Credit.Select(line => string.Concat(line.Runs.Select(run => run.Text)));
            return string.Join('\n', above.OfType<string>().Concat(below));
        }
    }
}

/// <summary>A line of a credit.</summary>
/// <param name="Runs">Parts of the line, which are joined without a space.</param>
public sealed record PictureLine(IReadOnlyList<PictureRun> Runs);

/// <summary>Text in one style.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsItalic">Whether it is the title of a work.</param>
public sealed record PictureRun(string Text, bool IsItalic = false);
