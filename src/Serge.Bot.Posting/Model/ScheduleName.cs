using System.Globalization;
using System.Text;

namespace Serge.Bot.Posting.Model;

/// <summary>What a server's schedules are called: as their admins like, as long as it can be typed again and shown on one line.</summary>
public static class ScheduleName
{
    /// <summary>The most characters of a name.</summary>
    public const int MostCharacters = 32;

    /// <summary>Brings a name into its one form: small letters, single spaces, composed accents, nothing invisible.</summary>
    /// <param name="typed">As it was typed.</param>
    /// <param name="name">1 to <see cref="MostCharacters"/> characters.</param>
    public static bool TryParse(string typed, out string name)
    {
        var letters = new StringBuilder();
        foreach (var rune in typed.EnumerateRunes())
        {
            // Also what turns the direction of writing, which could forge a line of the log, and half surrogates, which no text can hold.
            var isHidden =
                rune == Rune.ReplacementChar
                || Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.OtherNotAssigned
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator;
            letters.Append(isHidden || Rune.IsWhiteSpace(rune) ? " " : Rune.ToLowerInvariant(rune).ToString());
        }

        name = string.Join(
            ' ',
            letters.ToString().Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return name.Length is > 0 and <= MostCharacters;
    }

    /// <summary>The first of a name and its numbered variants that is still free.</summary>
    public static string FindUnused(string wanted, IReadOnlyCollection<string> taken) =>
        Enumerable
            .Range(1, taken.Count + 1)
            .Select(n => n == 1 ? wanted : $"{wanted} {n.ToString(CultureInfo.InvariantCulture)}")
            .First(name => !taken.Contains(name));
}
