using CsCheck;

namespace Serge.Bot.Catalogue.Tests.Reading;

public sealed class NearDuplicateFinderTests
{
    private static readonly Gen<string> Text = Gen.OneOf("abcde".ToCharArray())
        .Array[0, 60]
        .Select(static letters => new string(letters));

    [Theory]
    [InlineData("theopensea", "theopensee", false)] // ten letters: too short to compare
    [InlineData("ontheopensea", "ontheopensee", true)] // one of twelve
    [InlineData("ontheopensea", "intheopensee", false)] // two of twelve
    [InlineData("ontheopensea", "ontheopenseas", true)]
    [InlineData("ontheopensea", "ontheopense", false)] // the length of the shorter text decides
    [InlineData("наоткрытомморе", "наоткрытомморя", true)]
    [InlineData("thereisnolighthouse", "thereisalighthouse", false)] // two changes in eighteen letters
    [InlineData("thereisnolighthouseatall", "thereisalighthouseatall", false)] // two in twenty-three
    [InlineData("thereisnolighthouseatallhere", "thereisalighthouseatallhere", true)] // two in twenty-seven
    public void FindPairs_TwoTexts_AreNearWhenOneLetterInTwelveDiffers(string a, string b, bool isNear) =>
        Assert.Equal(isNear, NearDuplicateFinder.FindPairs([a, b]).Any());

    [Fact]
    public void FindPairs_LongTextsOfFewLetters_AreComparedWithoutOverflow() =>
        Assert.Empty(
            NearDuplicateFinder.FindPairs([
                new string('a', 200) + new string('b', 1300),
                new string('a', 72) + new string('b', 1428),
            ])
        );

    [Fact]
    public void FindPairs_EqualTexts_NameTheFirst() =>
        Assert.Equal([(0, 2), (0, 3)], NearDuplicateFinder.FindPairs(["one", "two", "one", "one"]));

    [Fact]
    public void FindPairs_MoreThanTheMaximumWork_StopsEarly()
    {
        string[] texts = ["thereisnolighthouseathand", "thereisnolighthouseatband", "one", "one"];
        Assert.Equal([(0, 1), (2, 3)], NearDuplicateFinder.FindPairs(texts));
        // Equal texts are found without a comparison.
        Assert.Equal([(2, 3)], NearDuplicateFinder.FindPairs(texts, maxWork: 0));
        // Comparing two texts of 25 letters costs 1 and 25 for each of the five diagonals that two changes can reach.
        string[] two = [texts[0], texts[1], "theshipsailsfarfromeveryport", "theshipsailsfarfromeveryfort"];
        var found = Enumerable.Range(0, 600).Select(work => NearDuplicateFinder.FindPairs(two, work).Count).ToList();
        Assert.Equal(found.Order(), found);
        Assert.Equal([0, 1, 2], found.Distinct());
        Assert.InRange(found.IndexOf(2), 126, 126 + 40);
    }

    /// <summary>Few of two hundred sentences are compared letter by letter; otherwise ten thousand would take too
    /// long.</summary>
    [Fact]
    public void FindPairs_AmongManyTexts_AreFoundByComparingFew()
    {
        Random random = new(1);
        string[] words = [.. Enumerable.Range(0, 300).Select(_ => RandomText(random, random.Next(2, 9)))];
        List<string> texts =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(_ => string.Concat(Enumerable.Range(0, 12).Select(_ => words[random.Next(words.Length)]))),
        ];
        texts.AddRange(texts.Take(20).Select(static text => text.Remove(text.Length / 2, 1)).ToList());
        Assert.Equal(20, NearDuplicateFinder.FindPairs(texts).Count);
        var (least, most) = (0, 10_000_000);
        while (most - least > 1)
        {
            var middle = (least + most) / 2;
            (least, most) = NearDuplicateFinder.FindPairs(texts, middle).Count < 20 ? (middle, most) : (least, middle);
        }

        // Comparing all pairs takes about 220 · 219 / 2 · 60 letters · 11 diagonals, 16 million.
        Assert.InRange(most, 1, 11_373);
    }

    private static string RandomText(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));

    [Fact]
    public void FindPairs_ATextNearSeveral_NamesTheFirst() =>
        Assert.Equal(
            [(0, 1), (0, 2)],
            NearDuplicateFinder.FindPairs([
                "thereisnolighthouseathand",
                "thereisnolighthouseatband",
                "thereisnolighthouseatland",
            ])
        );

    [Theory]
    [InlineData(2045)]
    [InlineData(2046)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(5000)]
    public void FindPairs_VeryLongTexts_AreComparedToo(int length)
    {
        Random random = new(length);
        var text = RandomText(random, length);
        var near = "z" + text + "é";
        var other = RandomText(random, length);
        Assert.Equal([(1, 2)], NearDuplicateFinder.FindPairs([other, text, near]));
    }

    [Fact]
    public void FindPairs_EmptyTexts_AreNoPair() => Assert.Empty(NearDuplicateFinder.FindPairs(["", "", "a"]));

    /// <summary>The fast search finds the same pairs as comparing all pairs, for texts of which many are
    /// similar.</summary>
    [Fact]
    public void FindPairs_AnyTexts_AreThoseThatComparingAllFinds() =>
        Gen.Select(
                Text.Array[1, 6],
                Gen.Select(Gen.Int[0, 5], Gen.Int[0, 60], Gen.OneOf("abcde".ToCharArray()), Gen.Int[0, 2]).Array[0, 12]
            )
            .Sample(
                (originals, changes) =>
                {
                    List<string> texts = [.. originals];
                    foreach (var (which, position, letter, change) in changes)
                    {
                        var text = texts[which % texts.Count];
                        var at = text.Length == 0 ? 0 : position % text.Length;
                        texts.Add(
                            text.Length == 0 || change == 0 ? text.Insert(at, letter.ToString())
                            : change == 1 ? text.Remove(at, 1)
                            : text.Remove(at, 1).Insert(at, letter.ToString())
                        );
                    }

                    Assert.Equal(FindPairsByBruteForce(texts), NearDuplicateFinder.FindPairs(texts));
                }
            );

    [Fact]
    public void GetDistance_AnyTwoTexts_IsLevenshteinsWithinTheBound() =>
        Gen.Select(Text, Text, Gen.Int[0, 12])
            .Sample(
                static (a, b, max) =>
                {
                    var exact = Levenshtein(a, b);
                    Assert.Equal(exact <= max ? exact : null, Spelling.GetDistance(a, b, max));
                }
            );

    private static List<(int First, int Second)> FindPairsByBruteForce(List<string> texts) =>
        [
            .. from second in Enumerable.Range(0, texts.Count)
            where texts[second].Length > 0
            let equal = texts.IndexOf(texts[second])
            let near = Enumerable
                .Range(0, second)
                .Where(first => AreNear(texts[first], texts[second]))
                .Select(static i => (int?)i)
                .FirstOrDefault()
            let found = equal < second ? equal : near
            where found is not null
            select (found.Value, second),
        ];

    private static bool AreNear(string a, string b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        return Levenshtein(a, b) <= shorter / 12;
    }

    private static int Levenshtein(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] =
                    i == 0 || j == 0
                        ? i + j
                        : Math.Min(
                            Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                            table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                        );
            }
        }

        return table[a.Length, b.Length];
    }
}
