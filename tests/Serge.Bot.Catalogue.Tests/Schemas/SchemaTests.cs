using Serge.Bot.Catalogue.Tests.Reading;

namespace Serge.Bot.Catalogue.Tests.Schemas;

/// <summary>The schemas, which editors use to complete and underline, agree with the reader, which the bot
/// uses.</summary>
public sealed class SchemaTests
{
    /// <summary>An entry of each file with all its keys, one line per key.</summary>
    private static readonly Dictionary<string, string[]> Full = new()
    {
        ["quotes"] =
        [
            "id: full",
            "text: All the words there are.",
            "work: memoirs",
            "via: harbour",
            "speaker: A speaker",
            "topics: [hope]",
            "written: 1919-05",
            "joined: true",
            "context: On words.",
            "warning: storms",
            "note: The essay names no speaker.",
            "answers: { names: Nobody }",
        ],
        ["events"] =
        [
            "id: full",
            "date: 1917-11-07",
            "oldStyle: 1917-10-25",
            "text: The palace was taken.",
            "kind: life",
            "mentionedBy: [harbour]",
            "sources: [almanac]",
            "status: sure",
            "note: Others say the night after.",
            "warning: an execution",
            "quote: open-sea",
            "post: false",
        ],
        ["sources"] =
        [
            "id: full",
            "kind: essay",
            "title: A title",
            "label: A label",
            "author: An author",
            "published: 1951",
            "translator: A translator",
            "url: https://example.org/a",
        ],
    };

    public static TheoryData<string> FileKinds => ["quotes", "events", "sources"];

    [Theory]
    [MemberData(nameof(FileKinds))]
    public void OurFile_SatisfiesItsSchema_AndNamesItToTheEditor(string file)
    {
        var folder = Path.Combine(RealFilesTests.FindRoot(), "quotes");
        var text = File.ReadAllText(Path.Combine(folder, $"{file}.yaml"));
        Assert.StartsWith(
            $"# yaml-language-server: $schema=schema/{file}.schema.json\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Empty(SchemaOf(file).Check(Parse(text)));
    }

    [Fact]
    public void OurAuthor_SatisfiesItsSchema_AndNamesItToTheEditor()
    {
        var path = Path.Combine(RealFilesTests.FindRoot(), "quotes", "author.yaml");
        var text = File.ReadAllText(path);

        Assert.StartsWith(
            "# yaml-language-server: $schema=schema/author.schema.json\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Empty(SchemaOf("author").Check(Parse(text)));
    }

    [Theory]
    [InlineData("name: A\nabout: { en: a, fr: b }\ntag: A", true)]
    [InlineData("name: A\nabout: { en: a, fr: b }\ntag: A\npronoun: they\nlived: 1952/..\notherNames: [B]", true)]
    [InlineData("about: { en: a, fr: b }\ntag: A", false)]
    [InlineData("name: A\ntag: A", false)]
    [InlineData("name: A\nabout: { en: a }\ntag: A", false)]
    [InlineData("name: A\nabout: a writer\ntag: A", false)]
    [InlineData("name: A\nabout: { en: a, fr: b, de: c }\ntag: A", false)]
    [InlineData("name: A\nabout: { en: a, fr: b }", false)]
    [InlineData("name: A\nabout: { en: a, fr: b }\ntag: \"#A\"", false)]
    [InlineData("name: A\nabout: { en: a, fr: b }\ntag: two words", false)]
    [InlineData("name: A\nabout: { en: a, fr: b }\ntag: A\npronoun: it", false)]
    [InlineData("name: A\nabout: { en: a, fr: b }\ntag: A\nborn: 1890", false)]
    public void AuthorSchema_AndReader_Agree(string author, bool isRight)
    {
        Assert.Equal(isRight, !SchemaOf("author").Check(Parse(author)).Any());
        var problems = CatalogueReader.Parse("[]", "[]", "[]", author).Problems;
        Assert.Equal(isRight, problems.Count == 0);
    }

    [Theory]
    [MemberData(nameof(FileKinds))]
    public void Schema_AllKeysOfTheReader_AndNoOthers(string file)
    {
        var schema = SchemaOf(file);
        var keys = schema
            .Entry.GetProperty("properties")
            .EnumerateObject()
            .Select(static property => property.Name)
            .ToList();
        Assert.Equal(Full[file].Select(KeyOf).Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        AssertAgree(file, Full[file], isRight: true);

        AssertAgree(file, [.. Full[file], "unheard-of: x"], isRight: false);
        var fix = Read(file, [.. Full[file], "unheard-of: x"]).Problems[0].Fix;
        Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            fix["An entry of this file has ".Length..].TrimEnd('.').Split(", ").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(FileKinds))]
    public void Schema_AMissingKey_IsReportedByBothOrByNone(string file)
    {
        var required = SchemaOf(file)
            .Entry.GetProperty("required")
            .EnumerateArray()
            .Select(static key => key.GetString()!)
            .ToHashSet();
        foreach (var key in Full[file].Select(KeyOf))
        {
            // An essay needs an author; other sources do not.
            string[] entry =
            [
                .. Full[file]
                    .Where(line => KeyOf(line) != key)
                    .Select(static line => line.Replace("kind: essay", "kind: reference", StringComparison.Ordinal)),
            ];
            AssertAgree(file, entry, isRight: !required.Contains(key));
        }
    }

    [Theory]
    [MemberData(nameof(FileKinds))]
    public void Schema_ATextOfTheMaximumLength_AndOneLonger_AreCheckedAsByTheReader(string file)
    {
        var measured = 0;
        foreach (var property in SchemaOf(file).Entry.GetProperty("properties").EnumerateObject())
        {
            if (property.Value.TryGetProperty("maxLength", out var most))
            {
                measured++;
                AssertAgree(file, With(file, property.Name, Long(property.Name, most.GetInt32())), isRight: true);
                AssertAgree(file, With(file, property.Name, Long(property.Name, most.GetInt32() + 1)), isRight: false);
            }
        }

        Assert.True(measured >= 3);
    }

    [Theory]
    [MemberData(nameof(FileKinds))]
    public void Schema_EachWordOfAChoice_IsKnownToTheReader(string file)
    {
        var schema = SchemaOf(file);
        foreach (
            var property in schema
                .Entry.GetProperty("properties")
                .EnumerateObject()
                .Where(static property => property.Value.TryGetProperty("enum", out _))
        )
        {
            foreach (var word in property.Value.GetProperty("enum").EnumerateArray())
            {
                AssertAgree(file, With(file, property.Name, word.GetString()!), isRight: true);
            }

            AssertAgree(file, With(file, property.Name, "unheard-of"), isRight: false);
        }
    }

    [Theory]
    [InlineData("quotes", "id", "Two Words")]
    [InlineData("quotes", "id", "two--words")]
    [InlineData("quotes", "text", "''")]
    [InlineData("quotes", "text", "[a]")]
    [InlineData("quotes", "via", "[harbour]")]
    [InlineData("quotes", "topics", "hope")]
    [InlineData("quotes", "topics", "[]")]
    [InlineData("quotes", "topics", "[hope, hope]")]
    [InlineData("quotes", "topics", "[gardening]")]
    [InlineData("quotes", "topics", "[hope, truth, power, history]")]
    [InlineData("quotes", "joined", "yes")]
    [InlineData("quotes", "written", "in 1919")]
    [InlineData("events", "date", "1917-13")]
    [InlineData("events", "oldStyle", "1917-10")]
    [InlineData("events", "mentionedBy", "harbour")]
    [InlineData("events", "sources", "[almanac, almanac]")]
    [InlineData("events", "sources", "[]")]
    [InlineData("events", "post", "no")]
    [InlineData("events", "status", "disputed", "note")]
    [InlineData("sources", "url", "example.org")]
    [InlineData("sources", "url", "ftp://example.org")]
    [InlineData("sources", "kind", "essay", "author")]
    public void Schema_AWrongValue_IsWrongForBoth(string file, string key, string value, string? without = null) =>
        AssertAgree(file, [.. With(file, key, value).Where(line => KeyOf(line) != without)], isRight: false);

    [Theory]
    [InlineData("1919")]
    [InlineData("1919-01")]
    [InlineData("1936-21")]
    [InlineData("1933-02-01")]
    [InlineData("1904~")]
    [InlineData("1904?")]
    [InlineData("1904%")]
    [InlineData("1933-02~")]
    [InlineData("196X")]
    [InlineData("19XX")]
    [InlineData("1933/1936")]
    [InlineData("1933-01~/1936-02-29")]
    [InlineData("1945/..")]
    [InlineData("../1945")]
    public void Schema_ADateThatTheReaderAccepts_IsADateInTheEditor(string date) =>
        AssertAgree("quotes", With("quotes", "written", date), isRight: true);

    private static void AssertAgree(string file, IEnumerable<string> entry, bool isRight)
    {
        var text = Text(entry);
        Assert.Equal((text, isRight), (text, !SchemaOf(file).Check(Parse(text)).Any()));
        Assert.Equal((text, isRight), (text, Read(file, entry).Problems.Count == 0));
    }

    /// <summary>The entry among valid files, with the schemas of this repository.</summary>
    private static CatalogueReadResult Read(string file, IEnumerable<string> entry)
    {
        using Files.Folder folder = new(
            Files.Quotes.Replace("[sea]", "[hope]", StringComparison.Ordinal),
            "[]",
            Files.Sources
        );
        Directory.CreateDirectory(folder.PathOf("schema"));
        File.Copy(SchemaPath("quotes"), folder.PathOf("schema/quotes.schema.json"));
        File.WriteAllText(
            folder.PathOf($"{file}.yaml"),
            file == "sources" ? $"{Files.Sources}\n{Text(entry)}" : Text(entry)
        );
        return CatalogueReader.Read(folder.Path);
    }

    private static string[] With(string file, string key, string value) =>
        [.. Full[file].Select(line => KeyOf(line) == key ? $"{key}: {value}" : line)];

    private static string Text(IEnumerable<string> entry) => "- " + string.Join("\n  ", entry) + "\n";

    private static string Long(string key, int length) =>
        key switch
        {
            "url" => "https://example.org/" + new string('a', length - 20),
            "text" => new string('a', length - 1) + ".",
            _ => new string('a', length),
        };

    private static string KeyOf(string line) => line[..line.IndexOf(':', StringComparison.Ordinal)];

    private static YamlNode Parse(string text)
    {
        ProblemList problems = new();
        var node = YamlReader.Read("file.yaml", text, problems);
        Assert.Empty(problems.GetSorted());
        return node!;
    }

    private static JsonSchema SchemaOf(string file) => JsonSchema.Read(SchemaPath(file));

    private static string SchemaPath(string file) =>
        Path.Combine(RealFilesTests.FindRoot(), "quotes", "schema", $"{file}.schema.json");
}
