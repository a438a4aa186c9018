using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Serge.Bot.Rendering;

/// <summary>The texts that members see, in one language.</summary>
/// <remarks>A text is a member and has the member's name in <c>Strings.resx</c> (English) and <c>Strings.fr.resx</c>
/// (French). Both files are embedded in the program, so no language can be missing. The language is passed along with
/// an interaction; the culture of the machine is not used.</remarks>
internal sealed partial class Strings
{
    private readonly FrozenDictionary<string, string> _texts;

    private Strings(string discordLocale, string culture, string resource, Func<string, string> format)
    {
        DiscordLocale = discordLocale;
        Culture = CultureInfo.GetCultureInfo(culture);
        using var stream =
            typeof(Strings).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded in the program.");
        using ResourceReader reader = new(stream);
        var entries = reader.Cast<DictionaryEntry>();
        _texts = entries.ToFrozenDictionary(
            entry => (string)entry.Key,
            entry => format((string)entry.Value!),
            StringComparer.Ordinal
        );
    }

    /// <summary>English; also the default names and descriptions of commands.</summary>
    public static Strings English { get; } = new("en-GB", "en-GB", "Strings.resources", text => text);

    public static Strings French { get; } = new("fr", "fr-FR", "Strings.fr.resources", AddNoBreakSpaces);

    /// <summary>All languages of the bot.</summary>
    public static IReadOnlyList<Strings> All { get; } = [English, French];

    /// <summary>French for <c>fr</c>, otherwise English.</summary>
    /// <param name="discordLocale">The locale of an interaction, such as <c>en-US</c>. Source: Discord docs, Reference,
    /// Locales.</param>
    public static Strings For(string discordLocale)
    {
        if (discordLocale == "fr")
        {
            return French;
        }

        return English;
    }

    /// <summary>Discord's name of the language.</summary>
    public string DiscordLocale { get; }

    /// <summary>For numbers and times. For dates use <see cref="Date"/> and <see cref="DayOfYear"/>.</summary>
    public CultureInfo Culture { get; }

    /// <summary>A date, as exact as it is known: "1 February 1933", « 1er février 1933 ».</summary>
    public string Date(EdtfDate date)
    {
        if (this == French)
        {
            return date.ToFrench();
        }

        return date.ToEnglish();
    }

    /// <summary>A day of any year: "1 February", « 1er février ».</summary>
    public string DayOfYear(DateOnly day)
    {
        var format = "d MMMM";
        if (this == French && day.Day == 1)
        {
            format = "d'er' MMMM";
        }

        return day.ToString(format, Culture);
    }

    /// <summary>The name of a month, 1 to 12: "February", « février ».</summary>
    public string Month(int month)
    {
        return Culture.DateTimeFormat.GetMonthName(month);
    }

    /// <summary>A whole number with the thousands separators of the language.</summary>
    public string Number(int number)
    {
        return number.ToString("N0", Culture);
    }

    /// <summary>A text in the language's quotation marks: a title, or what a member typed. Quotations keep those of the
    /// essay.</summary>
    public string InQuotes(string text)
    {
        return Format([text]);
    }

    /// <summary>Inserts values into the placeholders of a text; in French with the elision before a vowel.</summary>
    public string Insert(string text, object[] values)
    {
        var elided = this == French ? FrenchElision.Apply(text, values) : text;
        return string.Format(Culture, elided, values);
    }

    /// <summary>Between the items of a list that have commas of their own.</summary>
    public string Separator => Get();

    /// <summary>A number at the beginning of a sentence; from 2 to 9 in words.</summary>
    private string NumberInWords(int number)
    {
        if (_texts.TryGetValue($"Number{number}", out var word))
        {
            return word;
        }

        return Number(number);
    }

    /// <param name="name">By default the member that asks.</param>
    private string Get([CallerMemberName] string name = "")
    {
        return _texts[name];
    }

    /// <summary>A text with placeholders.</summary>
    /// <inheritdoc cref="Get"/>
    private string Format(object[] values, [CallerMemberName] string name = "")
    {
        return Insert(_texts[name], values);
    }

    /// <summary>A text for a count: <c>NameOne</c> or <c>NameMany</c>.</summary>
    /// <inheritdoc cref="Get"/>
    private string Count(int count, [CallerMemberName] string name = "")
    {
        return Format([Number(count)], GetNameForCount(name, count));
    }

    /// <summary>The name of the text for a count. In French zero is singular.</summary>
    private string GetNameForCount(string name, int count)
    {
        var isSingular = count == 1 || (count == 0 && this == French);
        return isSingular ? $"{name}One" : $"{name}Many";
    }

    /// <summary>Inserts the no-break spaces of French typography. The resource file has plain spaces.</summary>
    private static string AddNoBreakSpaces(string text)
    {
        var wide = BeforeColonsAndInGuillemets().Replace(text, "\u00A0");
        return BeforeHighSigns().Replace(wide, "\u202F");
    }

    [GeneratedRegex("(?<=«) | (?=[:»])", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex BeforeColonsAndInGuillemets();

    [GeneratedRegex(" (?=[;!?])", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex BeforeHighSigns();
}
