namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads <c>author.yaml</c>.</summary>
/// <param name="file">The file.</param>
internal sealed class AuthorReader(QuoteFile file)
{
    private const string AboutExample = "{ en: writer, fr: écrivain }";

    private static readonly string[] Keys = ["name", "sortName", "lived", "about", "tag", "otherNames", "pronoun"];

    private static readonly string[] Languages = ["en", "fr"];

    private static readonly TextRule Line = TextRule.Line(100);

    /// <returns>Null when the file cannot be read, which has been reported.</returns>
    public Author? Read()
    {
        if (file.ReadEntry(Keys) is not { } entry)
        {
            return null;
        }

        var name = entry.ReadText("name", Line);
        var about = ReadAbout(entry);
        return new()
        {
            Name = name,
            SortName = entry.ReadOptionalText("sortName", Line) ?? GetSortName(name),
            Lived = entry.ReadOptionalDate("lived"),
            About = about?.ReadText("en", Line) ?? "",
            AboutInFrench = about?.ReadText("fr", Line) ?? "",
            Tag = ReadTag(entry),
            OtherNames = entry.ReadTexts("otherNames", Line),
            Pronoun = ReadPronoun(entry),
        };
    }

    private EntryReader? ReadAbout(EntryReader entry)
    {
        var about = entry.ReadMapping("about", AboutExample);
        about?.CheckKeys(Languages);
        if (!entry.Has("about"))
        {
            file.Problems.AddError(
                entry.Location,
                "The key 'about' is missing.",
                $"Add the line 'about: {AboutExample}': what the author was, in English and French."
            );
        }

        return about;
    }

    private string ReadTag(EntryReader entry)
    {
        var tag = entry.ReadText("tag", Line);
        if (tag.Length > 0 && (!Author.IsHashtag(tag) || char.IsLower(tag[0])))
        {
            file.Problems.AddError(
                entry.GetLocation("tag"),
                $"'{tag}' is not a hashtag in PascalCase.",
                "Write letters and digits without spaces and without the number sign, such as EmmaGoldman."
            );
        }

        return tag;
    }

    private string? ReadPronoun(EntryReader entry)
    {
        var pronoun = entry.ReadOptionalText("pronoun", Line);
        if (pronoun is null or "he" or "she" or "they")
        {
            return pronoun;
        }

        file.Problems.AddError(
            entry.GetLocation("pronoun"),
            $"The pronoun '{pronoun}' is not known.",
            "Write he, she or they, or remove the line."
        );
        return null;
    }

    /// <summary>Puts the last word of a name first.</summary>
    private static string GetSortName(string name)
    {
        var space = name.LastIndexOf(' ');
        if (space < 0)
        {
            return name;
        }

        return $"{name[(space + 1)..]}, {name[..space]}";
    }
}
