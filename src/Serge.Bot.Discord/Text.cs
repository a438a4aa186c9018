namespace Serge.Bot.Discord;

/// <summary>Words from a server, made fit for a log line.</summary>
internal static class Text
{
    private const int Longest = 300;

    /// <summary>Without control characters, cut at 300 characters.</summary>
    public static string OneLine(string words)
    {
        var line = string.Concat(words.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= Longest ? line : $"{line[..Longest]}…";
    }
}
