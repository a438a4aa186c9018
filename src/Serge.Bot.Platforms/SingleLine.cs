using System.Text;

namespace Serge.Bot.Platforms;

/// <summary>Makes a server's text safe for one line of a log or a terminal.</summary>
public static class SingleLine
{
    /// <summary>Replaces control characters and white space by single spaces and shortens the text.</summary>
    /// <param name="text">The text of the server.</param>
    /// <param name="maxLength">The most UTF-16 units, 1 or more; a longer text is cut and gets an ellipsis.</param>
    public static string Create(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder();
        foreach (var character in text)
        {
            if (!char.IsControl(character) && !char.IsWhiteSpace(character))
            {
                line.Append(character);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }

            if (line.Length > maxLength + 1)
            {
                break;
            }
        }

        var result = line.ToString().TrimEnd();
        if (result.Length <= maxLength)
        {
            return result;
        }

        return $"{Truncation.Truncate(result, maxLength)}…";
    }

    /// <summary>A text that another sentence can follow: one that does not end like a sentence gets a full
    /// stop.</summary>
    public static string EndSentence(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0 || text[^1] is '.' or '!' or '?' or '…')
        {
            return text;
        }

        return $"{text}.";
    }
}
