using System.Globalization;
using System.Text;
using Serge.Bot.Catalogue;

namespace Serge.Bot.Benchmarks.Catalogue;

/// <summary>Generates large quote files. A few words occur in nearly every sentence and most words are rare, as in
/// natural language.</summary>
internal static class ManyEntries
{
    private const int Vocabulary = 8000;

    public static void Write(string folder, int entries, Random chance)
    {
        var (quotes, events, sources) = Create(entries, chance);
        File.WriteAllText(Path.Combine(folder, "quotes.yaml"), quotes);
        File.WriteAllText(Path.Combine(folder, "events.yaml"), events);
        File.WriteAllText(Path.Combine(folder, "sources.yaml"), sources);
    }

    /// <summary>The texts of the three files.</summary>
    /// <param name="entries">The number of quotations, and of events.</param>
    /// <param name="chance">Selects the words.</param>
    public static (string Quotes, string Events, string Sources) Create(int entries, Random chance)
    {
        var words = Words(chance);
        StringBuilder quotes = new();
        StringBuilder events = new();
        for (var i = 0; i < entries; i++)
        {
            quotes
                .Append(
                    CultureInfo.InvariantCulture,
                    $"- id: quote-{i}\n  text: \"{Sentence(words, chance, 8, 60)}\"\n  via: essay-{chance.Next(20)}\n"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $"  topics: [{Topic(chance.Next(60))}, {Topic(60 + chance.Next(60))}]\n"
                )
                .Append(chance.Next(2) == 0 ? $"  context: {Sentence(words, chance, 5, 15)}\n" : "")
                .Append(
                    chance.Next(3) == 0
                        ? string.Create(CultureInfo.InvariantCulture, $"  written: {1900 + chance.Next(48)}\n")
                        : ""
                )
                .Append('\n');
            var day = new DateOnly(1880, 1, 1).AddDays(chance.Next(70 * 365));
            events
                .Append(
                    CultureInfo.InvariantCulture,
                    $"- id: event-{i}\n  date: {day:yyyy-MM-dd}\n  text: {Sentence(words, chance, 8, 25)}\n  kind: context\n"
                )
                .Append(CultureInfo.InvariantCulture, $"  sources: [reference-{chance.Next(500)}]\n  status: sure\n\n");
        }

        StringBuilder sources = new();
        for (var i = 0; i < 20; i++)
        {
            sources.Append(
                CultureInfo.InvariantCulture,
                $"- id: essay-{i}\n  kind: essay\n  title: Essay {i}\n  author: Author {i}\n\n"
            );
        }

        for (var i = 0; i < 500; i++)
        {
            sources.Append(
                CultureInfo.InvariantCulture,
                $"- id: reference-{i}\n  kind: reference\n  title: Reference {i}\n\n"
            );
        }

        return (quotes.ToString(), events.ToString(), sources.ToString());
    }

    /// <summary>Searches for one to four consecutive words of a quotation; in half of them the last word is incomplete.
    /// One search in ten has no match.</summary>
    public static IReadOnlyList<string> Searches(QuoteCatalogue catalogue, Random chance) =>
        [
            .. Enumerable
                .Range(0, 5000)
                .Select(i =>
                    i % 10 == 0 ? "zzzq nowhere" : Passage(catalogue, chance, chance.Next(1, 5), isWhole: i % 2 == 0)
                ),
        ];

    /// <summary>The text of the input field after each letter of a search, from the first letter on.</summary>
    public static IReadOnlyList<string> Typed(QuoteCatalogue catalogue, Random chance) =>
        [
            .. Enumerable
                .Range(0, 250)
                .Select(_ => Passage(catalogue, chance, 4, isWhole: true))
                .SelectMany(static passage =>
                    Enumerable.Range(0, 20).Select(length => passage[..Math.Min(length, passage.Length)])
                ),
        ];

    public static IReadOnlyList<string> TypedTopics(QuoteCatalogue catalogue, Random chance) =>
        [
            .. Enumerable
                .Range(0, 5000)
                .Select(_ => catalogue.Topics[chance.Next(catalogue.Topics.Count)].Name)
                .Select(name => name[..chance.Next(name.Length + 1)]),
        ];

    private static string Passage(QuoteCatalogue catalogue, Random chance, int length, bool isWhole)
    {
        var words = catalogue.Quotes[chance.Next(catalogue.Quotes.Count)].Text.Split(' ');
        var passage = string.Join(' ', words.Skip(chance.Next(words.Length - 4)).Take(length));
        return isWhole ? passage : passage[..Math.Max(1, passage.Length - 2)];
    }

    /// <summary>120 names whose spellings differ clearly. With few entries a topic may be used only once, and similar
    /// names would then be an error.</summary>
    private static string Topic(int number)
    {
        string[] first =
        [
            "exile",
            "hope",
            "memory",
            "power",
            "silence",
            "winter",
            "dungeon",
            "youth",
            "doubt",
            "bread",
        ];
        string[] second =
        [
            "abroad",
            "books",
            "cinema",
            "defeat",
            "factory",
            "government",
            "harvest",
            "journey",
            "loyalty",
            "music",
            "night",
            "village",
        ];
        return $"{first[number % first.Length]}-{second[number / first.Length]}";
    }

    private static string[] Words(Random chance) =>
        [
            .. Enumerable
                .Range(0, Vocabulary)
                .Select(i => new string([
                    .. Enumerable
                        .Range(0, 2 + Math.Min(10, (int)Math.Log2(i + 1)) - chance.Next(2))
                        .Select(_ => "etaoinshrdlucmfwypvbgkjqxz"[(int)(26 * Math.Pow(chance.NextDouble(), 2))]),
                ])),
        ];

    private static string Sentence(string[] words, Random chance, int least, int most)
    {
        var chosen = Enumerable
            .Range(0, chance.Next(least, most + 1))
            .Select(_ => words[(int)Math.Pow(Vocabulary, chance.NextDouble()) - 1])
            .ToArray();
        chosen[0] = "The " + chosen[0];
        return string.Join(' ', chosen) + ".";
    }
}
