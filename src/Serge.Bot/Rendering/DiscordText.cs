using System.Text;

namespace Serge.Bot.Rendering;

/// <summary>Shows in a terminal what a message looks like on Discord: the markup that <see cref="Markup.Discord"/>
/// writes is applied or removed.</summary>
internal static class DiscordText
{
    private const string Subtext = "-# ";

    /// <summary>Before and after a text that Discord hides until a reader clicks on it. An operator must be able to
    /// read it.</summary>
    private const char Hidden = '▒';

    /// <summary>Removes escapes, the stars around titles, the sign of small type and the brackets around links, and
    /// marks what Discord hides.</summary>
    public static string FromMarkdown(string markdown)
    {
        var lines = markdown.Split('\n');
        return string.Join('\n', lines.Select(ConvertLine));
    }

    private static string ConvertLine(string line)
    {
        if (line.StartsWith(Subtext, StringComparison.Ordinal))
        {
            line = line[Subtext.Length..];
        }

        StringBuilder text = new(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                i++;
                text.Append(line[i]);
            }
            else if (line[i] == '|' && i + 1 < line.Length && line[i + 1] == '|')
            {
                i++;
                text.Append(Hidden);
            }
            else if (line[i] is not ('*' or '<' or '>' or '\u2060'))
            {
                text.Append(line[i]);
            }
        }

        return text.ToString();
    }
}
