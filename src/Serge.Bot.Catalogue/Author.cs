namespace Serge.Bot.Catalogue;

/// <summary>The person whose words and life the quote files contain: <c>author.yaml</c>. Every text that names the
/// author takes it from here.</summary>
public sealed record Author
{
    /// <summary>Between the names on a title page.</summary>
    private static readonly string[] Separators = [" and ", " et ", " & ", " with ", ", ", "; "];

    /// <summary>As in a credit line, such as "Victor Serge".</summary>
    public required string Name { get; init; }

    /// <summary>Family name first, as in a list, such as "Serge, Victor".</summary>
    public required string SortName { get; init; }

    /// <summary>From birth to death, such as <c>1890-12-30/1947-11-17</c>; null when the file does not say.</summary>
    public EdtfDate? Lived { get; init; }

    /// <summary>What the author was, without an article, such as "writer and revolutionary"; English.</summary>
    public required string About { get; init; }

    /// <summary>The same in French.</summary>
    public required string AboutInFrench { get; init; }

    /// <summary>A hashtag without its number sign, in PascalCase, such as "VictorSerge".</summary>
    public required string Tag { get; init; }

    /// <summary>Other names of the author in essays and on works, such as a pen name.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The pronoun that essays use: "he", "she" or "they"; null when any of them may mean the
    /// author.</summary>
    public string? Pronoun { get; init; }

    /// <summary>The years of birth and death in English, as exact as they are known: "1890–1947", "1952–",
    /// "about 1904 – 1960", "the 1870s – 1919"; empty when the file does not say.</summary>
    public string Years => FormatYears(date => date.ToEnglish());

    /// <summary>The same in French: « vers 1904 – 1960 », « années 1870 – 1919 ».</summary>
    public string YearsInFrench => FormatYears(date => date.ToFrench());

    /// <summary>Whether one of the people whom a text names is the author: "Le Rétif", "Victor Serge and Natalia
    /// Sedova".</summary>
    /// <param name="names">One or more names, as on a title page.</param>
    public bool IsNamedIn(string names)
    {
        var known = OtherNames.Append(Name).Append(SortName).Select(FoldedText.GetLetters).ToHashSet();
        var persons = names.Split(Separators, StringSplitOptions.TrimEntries);
        return persons.Append(names).Select(FoldedText.GetLetters).Any(known.Contains);
    }

    /// <summary>Whether a text contains the last word of one of the author's names.</summary>
    internal bool HasFamilyName(string text)
    {
        var family = SortName.Split(',')[0];
        var names = OtherNames.Prepend(family).Select(name => name.Split(' ')[^1]);
        return text.Split(' ').Any(names.Contains);
    }

    /// <summary>Whether a word in lower case is a pronoun that means the author in an essay about the author.</summary>
    internal bool HasPronoun(string word)
    {
        return Pronoun is null ? word is "he" or "she" or "they" : word == Pronoun;
    }

    /// <summary>Whether it can be a hashtag without its number sign: letters, digits and underscores. Servers do not
    /// link a tag that consists of digits.</summary>
    public static bool IsHashtag(string tag)
    {
        var isWord = tag.All(letter => char.IsLetterOrDigit(letter) || letter == '_');
        return isWord && tag.Any(char.IsLetter);
    }

    private string FormatYears(Func<EdtfDate, string> format)
    {
        if (Lived is not { } lived)
        {
            return "";
        }

        if (lived.Precision != EdtfPrecision.Interval)
        {
            return format(GetYear(lived));
        }

        var birth = lived.Start is { } start ? format(GetYear(start)) : "";
        var death = lived.End is { } end ? format(GetYear(end)) : "";
        var hasWords = birth.Contains(' ') || death.Contains(' ');
        // Without spaces the dash would join only the words next to it.
        return hasWords ? $"{birth} – {death}".Trim() : $"{birth}–{death}";
    }

    /// <summary>Leaves out the season, month and day.</summary>
    private static EdtfDate GetYear(EdtfDate date)
    {
        if (date.Precision is EdtfPrecision.Decade or EdtfPrecision.Century)
        {
            return date;
        }

        var year = date.Text[..4];
        var qualifier = date.Qualifiers == EdtfQualifiers.None ? "" : date.Text[^1..];
        return EdtfDate.Parse(year + qualifier);
    }
}
