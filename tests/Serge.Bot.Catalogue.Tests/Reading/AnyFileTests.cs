using CsCheck;

namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>For any content of a file the reader reports problems and never throws.</summary>
public sealed class AnyFileTests
{
    private const string Signs = "[]{}:,-?&*!|>'\"%@`#\n \tab.~<=\r“”é0";

    private static readonly Gen<string> Garbage = Gen.OneOf(Signs.ToCharArray())
        .Array[0, 60]
        .Select(static signs => new string(signs));

    private static readonly Gen<string> Mutated = Gen.Select(
            Gen.Int[0, Files.Quotes.Length - 1],
            Gen.OneOf(Signs.ToCharArray()),
            Gen.Int[0, 2]
        )
        .Array[1, 4]
        .Select(static changes =>
        {
            var text = Files.Quotes;
            foreach (var (position, sign, change) in changes)
            {
                var at = Math.Min(position, text.Length - 1);
                text = change switch
                {
                    0 => text.Insert(at, sign.ToString()),
                    1 => text.Remove(at, 1),
                    _ => text.Remove(at, 1).Insert(at, sign.ToString()),
                };
            }

            return text;
        });

    private static readonly Gen<string> Unicode = Gen.String.Select(static text => $"- id: a\n  text: |-\n    x{text}");

    [Fact]
    public void Read_AnyMutationOfAGoodFile_IsServedOrHasAnErrorWithALocation() =>
        Mutated.Sample(AssertAnswered, iter: 400);

    [Fact]
    public void Read_AnyGarbage_IsServedOrHasAnErrorWithALocation() => Garbage.Sample(AssertAnswered, iter: 400);

    [Fact]
    public void Read_AnyUnicode_IsServedOrHasAnErrorWithALocation() => Unicode.Sample(AssertAnswered, iter: 200);

    [Fact]
    public void Read_AnyBytes_IsServedOrHasAnErrorWithALocation() => AssertBytesAnswered(100);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Read_TenThousandFilesOfAnyKind_AreServedOrHaveAnErrorWithALocation()
    {
        Mutated.Sample(AssertAnswered, iter: 10_000);
        Garbage.Sample(AssertAnswered, iter: 10_000);
        Unicode.Sample(AssertAnswered, iter: 10_000);
        AssertBytesAnswered(3_000);
    }

    private static void AssertBytesAnswered(int count)
    {
        using Files.Folder folder = new();
        Gen.Byte.Array[0, 100]
            .Sample(
                bytes =>
                {
                    File.WriteAllBytes(folder.PathOf("quotes.yaml"), bytes);
                    var reading = CatalogueReader.Read(folder.Path);
                    Assert.Equal(
                        reading.Catalogue is null,
                        reading.Problems.Any(static problem => problem.Severity == ProblemSeverity.Error)
                    );
                },
                iter: count,
                threads: 1
            );
    }

    /// <summary>Files with repetitions that could take quadratic time.</summary>
    public static TheoryData<string> Repetitions =>
        ["[", "- ", "{a: ", "- id: a\n", "\"", "? ", "keys", "topics", "unknown sources", "near texts", "anchors"];

    /// <summary>A file of twice the size takes about twice the memory: no data is stored for each pair of
    /// entries.</summary>
    [Theory]
    [MemberData(nameof(Repetitions))]
    public void Read_TwiceTheRepetitions_TakesAboutTwiceTheMemory(string repetition)
    {
        _ = AllocatedBy(Repeated(repetition, 250)); // tables that are filled once
        var (once, twice) = (AllocatedBy(Repeated(repetition, 250)), AllocatedBy(Repeated(repetition, 500)));
        Assert.True(2 * twice < 5 * once, $"{once} bytes, then {twice}");
    }

    /// <summary>The same with files of the maximum size. A parser with quadratic time would need hours.</summary>
    [Theory(Explicit = true)]
    [Trait("Category", "Long")]
    [MemberData(nameof(Repetitions))]
    [InlineData("topics used once or twice")]
    [InlineData("random letters")]
    public void Read_FiveMebibytesOfHostileText_UsesLittleMemory(string repetition)
    {
        var one = Repeated(repetition, 1000).Length / 1000;
        var quotes = Repeated(repetition, Math.Min(300_000, TextFileReader.MaxBytes / 2 / one));
        Assert.InRange(quotes.Length, 256 * 1024, TextFileReader.MaxBytes);
        var allocated = AllocatedBy(quotes);
        Assert.True(allocated < 2L * 1024 * 1024 * 1024, $"{allocated >> 20} MiB passed through memory");
    }

    private static string Repeated(string repetition, int count) =>
        repetition switch
        {
            "keys" => "- {" + Many(count, static i => $"k{i}: x, ") + "}",
            "topics" => "- id: a\n  text: Words.\n  via: harbour\n  topics: ["
                + Many(count, static i => $"t{i}, ")
                + "]",
            "unknown sources" => Many(
                count,
                static i => $"- id: a{i}\n  text: Words {i}.\n  via: harbuor{i}\n  topics: [sea]\n"
            ),
            "near texts" => Many(
                count,
                static i =>
                    $"- id: a{i}\n  text: The open sea has no signposts but {i}.\n  via: harbour\n  topics: [sea]\n"
            ),
            "topics used once or twice" => Many(
                count,
                static i => $"- id: a{i}\n  text: Words {i}.\n  via: harbour\n  topics: [t{i / 2}, u{i}]\n"
            ),
            "random letters" => Many(
                count,
                static i => $"- id: a{i}\n  text: {RandomLetters(i)}\n  via: harbour\n  topics: [sea]\n"
            ),
            "anchors" => "- id: a\n  text: &a [x, x, x, x, x, x, x, x, x]\n"
                + Many(count, static i => $"  k{i}: &b{i} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"),
            _ => string.Concat(Enumerable.Repeat(repetition, count)),
        };

    /// <summary>The bytes that one thread allocates during reading; <see cref="CatalogueReader"/> uses several
    /// threads.</summary>
    private static long AllocatedBy(string quotes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        ProblemList problems = new();
        SourceList sources = new(new("sources.yaml", Files.Sources, problems));
        sources.Read();
        QuoteReader reader = new(new("quotes.yaml", quotes, problems), sources, Some.Author, topics: null);
        reader.Read();
        reader.Duplicates.CheckTexts();
        _ = problems.HasErrors ? null : new QuoteCatalogue(Some.Author, reader.Quotes, [], sources.Sources);

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Many(int count, Func<int, string> part) =>
        string.Concat(Enumerable.Range(0, count).Select(part));

    private static string RandomLetters(int seed)
    {
        Random chance = new(seed);
        return string.Concat(Enumerable.Range(0, 1450).Select(_ => (char)('a' + chance.Next(2))));
    }

    private static void AssertAnswered(string quotes)
    {
        var reading = Files.Read(quotes: quotes);
        Assert.Equal(
            reading.Catalogue is null,
            reading.Problems.Any(static problem => problem.Severity == ProblemSeverity.Error)
        );
        Assert.All(
            reading.Problems,
            static problem =>
            {
                Assert.True(problem.Location.Line >= 1 && problem.Location.Column >= 1);
                Assert.False(string.IsNullOrWhiteSpace(problem.Message) || string.IsNullOrWhiteSpace(problem.Fix));
            }
        );
        if (reading.Catalogue is { } catalogue)
        {
            Assert.All(
                catalogue.Quotes,
                static quote =>
                    Assert.True(TextRule.IsKebabCase(quote.Id) && quote.Text.Length > 0 && quote.Topics.Count > 0)
            );
        }
    }
}
