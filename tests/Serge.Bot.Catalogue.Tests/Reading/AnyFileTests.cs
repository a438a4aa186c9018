using CsCheck;
using Serge.Bot.Catalogue.Reading;

namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>Whatever a file holds, the reader answers with problems and never with an exception.</summary>
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

    [Fact]
    public void Read_AnyMutationOfAGoodFile_IsServedOrHasAnErrorWithAPlace() =>
        Mutated.Sample(AssertAnswered, iter: 1500);

    [Fact]
    public void Read_AnyGarbage_IsServedOrHasAnErrorWithAPlace() => Garbage.Sample(AssertAnswered, iter: 1500);

    [Fact]
    public void Read_AnyUnicode_IsServedOrHasAnErrorWithAPlace() =>
        Gen.String.Sample(static text => AssertAnswered($"- id: a\n  text: |-\n    x{text}"), iter: 1000);

    [Fact]
    public void Read_AnyBytes_IsServedOrHasAnErrorWithAPlace()
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
                        reading.Problems.Any(static problem => problem.Severity == Severity.Error)
                    );
                },
                iter: 300,
                threads: 1
            );
    }

    [Theory]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("{a: ")]
    [InlineData("- id: a\n")]
    [InlineData("\"")]
    [InlineData("? ")]
    public async Task Read_AQuarterMebibyteOfOneSign_EndsSoon(string sign)
    {
        // A few seconds on any machine; a parser whose work grew with the square of the file would need hours.
        var text = string.Concat(Enumerable.Repeat(sign, 256 * 1024 / sign.Length));
        var reading = await Task.Run(() => Files.Read(quotes: text), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Null(reading.Catalogue);
    }

    /// <summary>Files as large as may be, each made to hit what would grow with the square of its size.</summary>
    public static TheoryData<string> Hostile =>
        [
            "- {" + Many(300_000, static i => $"k{i}: x, ") + "}",
            "- id: a\n  text: Words.\n  via: harbour\n  topics: [" + Many(400_000, static i => $"t{i}, ") + "]",
            Many(40_000, static i => $"- id: a{i}\n  text: Words {i}.\n  via: harbuor{i}\n  topics: [sea]\n"),
            Many(
                40_000,
                static i =>
                    $"- id: a{i}\n  text: The open sea has no signposts but {i}.\n  via: harbour\n  topics: [t{i / 2}, u{i}]\n"
            ),
            Many(3_000, static i => $"- id: a{i}\n  text: {RandomLetters(i)}\n  via: harbour\n  topics: [sea]\n"),
            "- id: a\n  text: &a [x, x, x, x, x, x, x, x, x]\n"
                + Many(50_000, static i => $"  k{i}: &b{i} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"),
        ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Read_FiveMebibytesMadeToTakeLong_EndsSoonAndInLittleMemory(string quotes)
    {
        Assert.True(quotes.Length < QuoteFile.MaxBytes);
        var (reading, allocated) = await Task.Run(
                () =>
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    return (Files.Read(quotes: quotes), GC.GetAllocatedBytesForCurrentThread() - before);
                },
                TestContext.Current.CancellationToken
            )
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(
            reading.Catalogue is null,
            reading.Problems.Any(static problem => problem.Severity == Severity.Error)
        );
        Assert.True(allocated < 2L * 1024 * 1024 * 1024, $"{allocated >> 20} MiB passed through memory");
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
            reading.Problems.Any(static problem => problem.Severity == Severity.Error)
        );
        Assert.All(
            reading.Problems,
            static problem =>
            {
                Assert.True(problem.At.Line >= 1 && problem.At.Column >= 1);
                Assert.False(string.IsNullOrWhiteSpace(problem.What) || string.IsNullOrWhiteSpace(problem.Mend));
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
