using System.Text.RegularExpressions;

namespace Serge.Bot.Rendering;

/// <summary>How a platform writes a title, a side remark, and words that are to be taken as they are.</summary>
internal abstract class Markup
{
    /// <summary>No markup at all: Mastodon and terminals.</summary>
    public static Markup Plain { get; } = new PlainMarkup();

    /// <summary>Discord's markdown.</summary>
    public static Markup Discord { get; } = new DiscordMarkup();

    /// <summary>Words as they are: nothing in them is taken for markup, a link or a mention.</summary>
    public abstract string Text(string words);

    /// <summary>The title of a work.</summary>
    public abstract string Title(string words);

    /// <summary>An address of a source, which a reader may follow.</summary>
    public abstract string Link(Uri address);

    /// <summary>A line of lesser weight.</summary>
    public abstract string Subtext(string words);

    private sealed class PlainMarkup : Markup
    {
        public override string Text(string words) => words;

        public override string Title(string words) => words;

        public override string Link(Uri address) => address.AbsoluteUri;

        public override string Subtext(string words) => words;
    }

    private sealed class DiscordMarkup : Markup
    {
        public override string Text(string words) => DiscordMarkdown.Escape(words);

        public override string Title(string words) => $"*{Text(words)}*";

        // In angle brackets it gets no preview, and nothing around it becomes part of it. An absolute address has no such brackets of its own.
        public override string Link(Uri address) => $"<{address.AbsoluteUri}>";

        public override string Subtext(string words) => $"-# {Text(words)}";
    }
}

/// <summary>Discord's markdown, which has no official rules for escaping; these cover what its clients are known to interpret.</summary>
internal static partial class DiscordMarkdown
{
    /// <summary>Makes Discord show the words as they are.</summary>
    /// <remarks>Line breaks become spaces, so that nothing can begin a line as a heading, a list or a quotation of its own, except at the very start,
    /// where a backslash does it. Angle brackets, at signs and square brackets lose their meaning too: no mention, channel, time or masked link.</remarks>
    public static string Escape(string words)
    {
        var line = LineBreaks().Replace(words, " ");
        line = Special().Replace(line, @"\$0");
        line = Address().Replace(line, "${before}\u2060/");
        return LineStart().Replace(line, @"${number}\${sign}");
    }

    [GeneratedRegex(@"\s*[\r\n\u2028\u2029]+\s*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"[\\*_`~|<>\[\]@]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Special();

    /// <summary>A bare address would become a link, and an invitation a card even without its scheme; a word joiner before the slash keeps them text.</summary>
    [GeneratedRegex(
        @"(?<before>:(?=//)|discord\.gg|discord(app)?\.com/invite)/",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?<number>\s*\d*)(?<sign>[#\-+.])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LineStart();
}
