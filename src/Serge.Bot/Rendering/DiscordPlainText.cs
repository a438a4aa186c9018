using System.Text.RegularExpressions;

namespace Serge.Bot.Rendering;

/// <summary>Reads the words of a message that a member wrote in Discord's markdown.</summary>
internal static partial class DiscordPlainText
{
    /// <summary>Removes formatting, mentions, custom emoji, times and links. Of a link with a text the text
    /// stays.</summary>
    public static string FromMarkdown(string markdown)
    {
        var text = LinkWithText().Replace(markdown, "${text}");
        text = NotWords().Replace(text, " ");
        text = LineStart().Replace(text, "");
        return Formatting().Replace(text, "${escaped}");
    }

    [GeneratedRegex(
        @"\[(?<text>[^\[\]\n]+)\]\(<?https?://[^()\s]+\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex LinkWithText();

    /// <remarks>Source: Discord docs, Reference, Message Formatting.</remarks>
    [GeneratedRegex(
        @"<([@#][!&]?\d+|a?:\w+:\d+|t:-?\d+(:\w)?|/[^<>:\n]+:\d+|id:\w+)>|<?https?://[^\s<>]+>?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex NotWords();

    /// <summary>The sign of a block quotation, heading, small type or list.</summary>
    [GeneratedRegex(
        @"^[ \t]*(>>>|>|\#{1,3}|-\#|[-*])[ \t]+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        60_000
    )]
    private static partial Regex LineStart();

    /// <summary>A sign with a backslash before it is no formatting.</summary>
    [GeneratedRegex(
        @"\\(?<escaped>[^\p{L}\p{N}\s])|[*`~]+|\|\||__+|(?<!\w)_|_(?!\w)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Formatting();
}
