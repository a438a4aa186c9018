using System.Globalization;

namespace Serge.Bot.Cli.Adding;

/// <summary>Lists the possible answers of a question, filtered by what a person typed.</summary>
internal static class ChoiceList
{
    /// <summary>The number of choices that fit on a small terminal.</summary>
    private const int MaxShown = 20;

    private const CompareOptions Options = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <summary>The choices with a text in their id or title, one per line, without regard to case and
    /// accents.</summary>
    /// <param name="choices">All choices.</param>
    /// <param name="part">The text; empty for all choices.</param>
    public static string Format(IEnumerable<string> choices, string part)
    {
        string[] matches = [.. choices.Where(choice => Contains(choice, part))];
        if (matches.Length == 0)
        {
            return $"No possible answer contains “{part}”. ? lists all.";
        }

        var lines = matches.Take(MaxShown).Select(static choice => $"  {choice}");
        var list = string.Join('\n', lines);
        if (matches.Length <= MaxShown)
        {
            return list;
        }

        return $"{list}\n  And {matches.Length - MaxShown} more. ? and a part of the name lists fewer, such as "
            + $"?{GetStart(matches[^1])}.";
    }

    /// <summary>The choices that contain an invalid answer; of a list, its last item.</summary>
    /// <returns><see langword="null"/> if none does.</returns>
    public static string? Suggest(IEnumerable<string> choices, string answer)
    {
        var part = answer.Split(',')[^1].Trim();
        string[] all = [.. choices];
        if (part.Length == 0 || !Array.Exists(all, choice => Contains(choice, part)))
        {
            return null;
        }

        return Format(all, part);
    }

    private static bool Contains(string choice, string part) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(choice, part, Options) >= 0;

    private static string GetStart(string choice) => Truncation.Truncate(choice, 3);
}
