namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>A folder of broken files, each with one error, and one of unusual but valid files. See
/// <c>Samples/README.md</c>.</summary>
public sealed class SampleFilesTests
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "Samples");

    public static TheoryData<string> Broken => NamesIn("broken");

    public static TheoryData<string> Odd => NamesIn("odd");

    [Fact]
    public void Read_EachFileWithOneError_ReportsTheApprovedLocationMessageAndFix()
    {
        string[] lines = [.. Broken.SelectMany(sample => DescribeProblems(sample.Data))];

        Approved.Verify("../Samples/broken.approved.txt", string.Concat(lines.Select(line => $"{line}\n")));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_AFileWithOneError_IsServedOnlyIfItIsAWarning(string sample)
    {
        var (reading, _) = ReadAmongGoodFiles("broken", sample);

        Assert.NotEmpty(reading.Problems);
        Assert.Equal(
            reading.Catalogue is null,
            reading.Problems.Any(problem => problem.Severity == ProblemSeverity.Error)
        );
    }

    [Fact]
    public void TheBrokenFiles_AreFortyOrMore() => Assert.InRange(Broken.Count, 40, 1000);

    [Theory]
    [MemberData(nameof(Odd))]
    public void Read_AnUnusualFile_IsServedAsTheUsualOne(string sample)
    {
        var (reading, _) = ReadAmongGoodFiles("odd", sample);

        Assert.Empty(reading.Problems);
        Assert.Equal(["no-signposts", "lamps-lit"], reading.Catalogue!.Quotes.Select(quote => quote.Id));
        Assert.Equal(
            "A lamp is lit for those who are not yet in sight.",
            reading.Catalogue.FindQuote("lamps-lit")!.Text
        );
        Assert.StartsWith(
            "[T]he open sea has no signposts, and nobody who has crossed it",
            reading.Catalogue.FindQuote("no-signposts")!.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(["lighthouse-lit", "keeper-born"], reading.Catalogue.Events.Select(@event => @event.Id));
        Assert.Equal(["logbook", "harbour", "almanac"], reading.Catalogue.Sources.Select(source => source.Id));
    }

    /// <summary>Samples are named <c>number-mistake.quotes.yaml</c>; the reader ignores the part before the last dot
    /// but one.</summary>
    private static (CatalogueReadResult Reading, string File) ReadAmongGoodFiles(string kind, string sample)
    {
        var file = sample.Split('.')[^2] + ".yaml";
        var folder = Directory.CreateTempSubdirectory("serge-samples-").FullName;
        try
        {
            var good = Path.Combine(Samples, "good");
            Directory.CreateDirectory(Path.Combine(folder, "schema"));
            foreach (var path in CatalogueReader.GetPaths(good))
            {
                File.Copy(path, Path.Combine(folder, Path.GetRelativePath(good, path)));
            }

            File.Copy(Path.Combine(Samples, kind, sample), Path.Combine(folder, file), overwrite: true);
            return (CatalogueReader.Read(folder), file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> DescribeProblems(string sample)
    {
        var (reading, file) = ReadAmongGoodFiles("broken", sample);
        foreach (var problem in reading.Problems)
        {
            var location = problem.Location;
            var name = Path.GetFileName(location.File) == file ? sample : location.File;
            yield return (problem with { Location = location with { File = name } }).ToString();
        }
    }

    private static TheoryData<string> NamesIn(string kind) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Samples, kind))
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];
}
