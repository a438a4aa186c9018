using System.Globalization;
using System.Text;

namespace Serge.Bot.Posting.Model;

/// <summary>Names of servers' schedules: any text that can be typed again and shown on one line.</summary>
public static class ScheduleName
{
    public const int MaxLength = 32;

    /// <summary>Normalizes a name: lower case, single spaces, composed accents, no invisible characters.</summary>
    /// <param name="typed">The name as it was typed.</param>
    /// <param name="name">1 to <see cref="MaxLength"/> UTF-16 units. Also set to the normalized text when the result is
    /// false: then it is empty or longer.</param>
    public static bool TryParse(string typed, out string name)
    {
        StringBuilder letters = new();
        foreach (var rune in typed.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                letters.Append(' ');
            }
            else
            {
                letters.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        var composed = letters.ToString().Normalize(NormalizationForm.FormC);
        name = string.Join(' ', composed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length is > 0 and <= MaxLength;
    }

    /// <summary>The name itself if it is unused, else the first unused of <c>name 2</c>, <c>name 3</c>, …</summary>
    public static string FindUnused(string name, IReadOnlyCollection<string> taken)
    {
        var unused = name;
        for (var number = 2; taken.Contains(unused); number++)
        {
            unused = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
        }

        return unused;
    }

    /// <summary>Includes characters that change the direction of writing, which could forge a line of the log, and
    /// unpaired surrogates.</summary>
    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
