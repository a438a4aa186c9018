using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Serge.Bot.Rendering;

/// <summary>What the bot says to members, in one language.</summary>
/// <remarks>Each phrase is a member that bears its name in <c>Words.resx</c> (English) and <c>Strings.fr.resx</c> (French). Both files are inside the
/// program, so no language can be missing where it runs. An instance is passed along with the interaction it answers: nothing here
/// looks at the culture of the machine or the thread.</remarks>
internal sealed partial class Strings
{
    private readonly FrozenDictionary<string, string> _phrases;

    private Strings(string discordLocale, string culture, string resource, Func<string, string> typography)
    {
        DiscordLocale = discordLocale;
        Culture = CultureInfo.GetCultureInfo(culture);
        using var reader = new ResourceReader(
            typeof(Strings).Assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"{resource} is not in the program.")
        );
        _phrases = reader
            .Cast<DictionaryEntry>()
            .ToFrozenDictionary(
                entry => (string)entry.Key,
                entry => typography((string)entry.Value!),
                StringComparer.Ordinal
            );
    }

    /// <summary>English; also what is registered with Discord as a command's own name and description.</summary>
    public static Strings English { get; } = new("en-GB", "en-GB", "Strings.resources", phrase => phrase);

    /// <summary>French.</summary>
    public static Strings French { get; } = new("fr", "fr-FR", "Strings.fr.resources", NoBreakSpaces);

    /// <summary>All languages the bot speaks.</summary>
    public static IReadOnlyList<Strings> All { get; } = [English, French];

    /// <summary>The words for a member: French for <c>fr</c>, English for everybody else.</summary>
    /// <param name="discordLocale">As an interaction carries it, such as <c>en-US</c>. Source: Discord docs, Reference, Locales.</param>
    public static Strings For(string discordLocale) => discordLocale == "fr" ? French : English;

    /// <summary>The language as Discord names it.</summary>
    public string DiscordLocale { get; }

    /// <summary>How the language writes numbers and times of day. For dates there are <see cref="Date"/>, <see cref="Day"/> and <see cref="DayOfYear"/>.</summary>
    public CultureInfo Culture { get; }

    /// <summary>A date as exact as it is known: "1 February 1933", « 1er février 1933 ».</summary>
    public string Date(EdtfDate date) => this == French ? date.ToFrench() : date.ToEnglish();

    /// <summary>A day with its year: "1 February 2027", « 1er février 2027 ».</summary>
    public string Day(DateOnly day) => Date(EdtfDate.Parse(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>A day of any year: "1 February", « 1er février ».</summary>
    public string DayOfYear(DateOnly day) =>
        this == French && day.Day == 1 ? $"1er {day.ToString("MMMM", Culture)}" : day.ToString("d MMMM", Culture);

    /// <summary>The name of a month, 1 to 12: "February", « février ».</summary>
    public string Month(int month) => Culture.DateTimeFormat.GetMonthName(month);

    /// <summary>A whole number, grouped as the language does it.</summary>
    public string Number(int number) => number.ToString("N0", Culture);

    /// <summary>Words in the language's quotation marks, for titles and for what a member typed. Quotations of Serge's keep those they are printed with.</summary>
    public string InQuotes(string words) => Format(nameof(InQuotes), words);

    /// <summary>A phrase by the name of the member that asks for it.</summary>
    private string Get(string name) => _phrases[name];

    /// <summary>A phrase with its gaps filled, by the name of the member that asks for it. What fills them is taken as it is.</summary>
    private string Format(string name, params object[] values) => string.Format(Culture, _phrases[name], values);

    /// <summary>A phrase in the number that goes with a count, which fills its first gap: <c>NameOne</c> or <c>NameMany</c>. In French none is singular.</summary>
    private string Count(string name, int count) =>
        string.Format(
            Culture,
            _phrases[count == 1 || (count == 0 && this == French) ? name + "One" : name + "Many"],
            Number(count)
        );

    /// <summary>Sets the spaces that French puts before and inside its signs, so that no line begins with one. The file has plain spaces.</summary>
    private static string NoBreakSpaces(string phrase) =>
        BeforeHighSigns().Replace(BeforeColonsAndInGuillemets().Replace(phrase, "\u00A0"), "\u202F");

    [GeneratedRegex("(?<=«) | (?=[:»])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BeforeColonsAndInGuillemets();

    [GeneratedRegex(" (?=[;!?])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BeforeHighSigns();
}
