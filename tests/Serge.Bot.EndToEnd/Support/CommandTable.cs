using System.Text.RegularExpressions;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>The slash commands in the table of a page.</summary>
internal static partial class CommandTable
{
    /// <summary>The names in the first column, in alphabetical order.</summary>
    /// <param name="path">The page, such as <c>docs/commands.md</c>.</param>
    public static string[] Read(string path)
    {
        var rows = File.ReadLines(path).Where(line => line.StartsWith("| `/", StringComparison.Ordinal));
        var cells = rows.Select(row => row.Split('|')[1]);
        var names = cells.SelectMany(cell => Command().Matches(cell)).Select(match => match.Groups["name"].Value);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("`/(?<name>[a-z-]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Command();
}
