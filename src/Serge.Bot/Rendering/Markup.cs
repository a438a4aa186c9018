using System.Text.RegularExpressions;

namespace Serge.Bot.Rendering;

/// <summary>The markup of a platform.</summary>
internal abstract class Markup
{
    /// <summary>No markup at all: Mastodon and terminals.</summary>
    public static Markup Plain { get; } = new PlainMarkup();

    /// <summary>Discord's markdown.</summary>
    public static Markup Discord { get; } = new DiscordMarkup();

    /// <summary>Escapes a text: nothing in it is interpreted as markup, a link or a mention.</summary>
    public abstract string Escape(string text);

    /// <summary>The title of a work.</summary>
    public abstract string Title(string text);

    /// <summary>A link that readers can follow.</summary>
    public abstract string Link(Uri address);

    /// <summary>A line in small type.</summary>
    public abstract string Subtext(string text);

    /// <summary>Between two paragraphs.</summary>
    public abstract string ParagraphBreak { get; }

    /// <summary>Marks an escaped text that has a content warning, unless the platform has content warnings of its own
    /// for the whole post.</summary>
    /// <param name="text">The escaped text.</param>
    /// <param name="warning">The warning as a sentence part, such as "Content warning: execution".</param>
    public abstract string Hide(string text, string warning);

    private sealed class PlainMarkup : Markup
    {
        public override string Escape(string text)
        {
            return text;
        }

        public override string Title(string text)
        {
            return text;
        }

        public override string Link(Uri address)
        {
            return address.AbsoluteUri;
        }

        public override string Subtext(string text)
        {
            return text;
        }

        public override string ParagraphBreak => "\n\n";

        public override string Hide(string text, string warning)
        {
            return text;
        }
    }

    private sealed class DiscordMarkup : Markup
    {
        public override string Escape(string text)
        {
            return DiscordMarkdown.Escape(text);
        }

        public override string Title(string text)
        {
            return $"*{Escape(text)}*";
        }

        public override string Link(Uri address)
        {
            // In angle brackets a link has no preview and a clear end. An absolute address contains no angle brackets.
            return $"<{address.AbsoluteUri}>";
        }

        public override string Subtext(string text)
        {
            return $"-# {Escape(text)}";
        }

        // The lines of a message differ in size and style, so they need no blank line between them.
        public override string ParagraphBreak => "\n";

        // Between double bars Discord hides a text until a reader clicks on it.
        public override string Hide(string text, string warning)
        {
            return $"({Escape(warning)}) ||{text}||";
        }
    }
}

/// <summary>Escapes Discord's markdown. There are no official rules; these cover what its clients interpret.</summary>
internal static partial class DiscordMarkdown
{
    /// <summary>Makes Discord show a text as it is: no mention, channel, time, link or formatting.</summary>
    /// <remarks>Line breaks become spaces, so that only the first line can begin with the sign of a heading, list or
    /// quotation; that sign gets a backslash.</remarks>
    public static string Escape(string text)
    {
        var line = LineBreaks().Replace(text, " ");
        line = Special().Replace(line, @"\$0");
        line = Address().Replace(line, "${before}\u2060/");
        return LineStart().Replace(line, @"${number}\${sign}");
    }

    [GeneratedRegex(@"\s*[\r\n\u2028\u2029]+\s*", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"[\\*_`~|<>\[\]@]", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Special();

    /// <summary>Discord turns an address into a link, and an invitation into a card even without its scheme; a word
    /// joiner before the slash prevents both.</summary>
    [GeneratedRegex(
        @"(?<before>:(?=//)|discord\.gg|discord(app)?\.com/invite)/",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?<number>\s*\d*)(?<sign>[#\-+.])", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex LineStart();
}
