using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue;

/// <summary>Finds the parts of a text that may be a quotation.</summary>
internal static partial class Passages
{
    /// <summary>Finds what is in quotation marks, then the lines, then the whole text, each once.</summary>
    public static IEnumerable<string> Find(string text)
    {
        var marked = QuotationMarks().Matches(text).Select(match => match.Groups["text"].Value);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return marked.Concat(lines).Append(text).Distinct();
    }

    /// <summary>The marks of most languages. German closes with the mark that opens in English; a single mark may be
    /// an apostrophe.</summary>
    [GeneratedRegex(
        """
            “(?<text>[^“”]+)” | "(?<text>[^"]+)" | «(?<text>[^«»]+)» | »(?<text>[^«»]+)« | „(?<text>[^„“”]+)[“”]
            | ‹(?<text>[^‹›]+)› | ‚(?<text>[^‚‘]+)‘ | 「(?<text>[^「」]+)」 | 『(?<text>[^『』]+)』
            | (?<!\p{L})‘(?<text>[^‘]+)’(?!\p{L}) | (?<!\p{L})'(?<text>[^']+)'(?!\p{L})
            """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        60_000
    )]
    private static partial Regex QuotationMarks();
}
