using System.Text.RegularExpressions;
using Serge.Bot.Catalogue.Tests.Schemas;

namespace Serge.Bot.Catalogue.Tests;

/// <summary>The examples in <c>quotes/README.md</c> are valid.</summary>
public sealed class ReadmeTests
{
    private static readonly string Folder = Path.Combine(RealFilesTests.FindRoot(), "quotes");

    private readonly string _page = File.ReadAllText(Path.Combine(Folder, "README.md"));

    [Theory]
    [InlineData("quotes.yaml", 0, "violence-is-dictatorial")]
    [InlineData("events.yaml", 1, "cheka-becomes-gpu")]
    public void AnExample_AmongOurFiles_IsWithoutAProblem(string file, int which, string id)
    {
        var example = Regex
            .Matches(_page, "```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)[which]
            .Groups["yaml"]
            .Value;
        var reading = CatalogueReader.ReadWithReplacement(Folder, file, example);
        Assert.DoesNotContain(reading.Problems, problem => Path.GetFileName(problem.Location.File) == file);
        Assert.StartsWith($"- id: {id}\n", example, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("## A quotation", "quotes")]
    [InlineData("## An event", "events")]
    public void ATableOfFields_HasThoseOfTheSchema(string title, string file)
    {
        var section = _page[_page.IndexOf(title, StringComparison.Ordinal)..];
        var table = section[section.IndexOf("| Field |", StringComparison.Ordinal)..].Split("\n\n")[0];
        var fields = Regex
            .Matches(table, "^\\| `(?<key>\\w+)`", RegexOptions.Multiline)
            .Select(match => match.Groups["key"].Value);
        Assert.Equal(
            JsonSchema
                .Read(Path.Combine(Folder, "schema", $"{file}.schema.json"))
                .Entry.GetProperty("properties")
                .EnumerateObject()
                .Select(field => field.Name)
                .Order(StringComparer.Ordinal),
            fields.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void TheDates_AreDates()
    {
        var table = _page[_page.IndexOf("| Written |", StringComparison.Ordinal)..].Split("\n\n")[0];
        var dates = Regex
            .Matches(table, "`(?<date>[0-9X~/-]{4,})`")
            .Select(match => match.Groups["date"].Value)
            .ToList();
        Assert.True(dates.Count >= 7);
        Assert.All(dates, date => Assert.True(EdtfDate.TryParse(date, out _, out var why), why));
    }

    [Fact]
    public void TheProblemThatIsShown_IsWhatCheckSays()
    {
        var shown = _page.Split('\n').Single(line => line.Contains(": error: ", StringComparison.Ordinal));
        var quotes = File.ReadAllText(Path.Combine(Folder, "quotes.yaml"));
        var line = int.Parse(shown.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        var at = string.Join('\n', quotes.Split('\n').Take(line - 1)).Length + 1;
        var reading = CatalogueReader.ReadWithReplacement(
            Folder,
            "quotes.yaml",
            quotes[..at] + quotes[at..].ReplaceFirst("cunningham", "cuningham")
        );
        Assert.Equal(
            shown,
            Assert
                .Single(reading.Problems, problem => problem.Severity == ProblemSeverity.Error)
                .ToString()
                .Replace(Folder, "quotes", StringComparison.Ordinal)
        );
    }
}

file static class Texts
{
    public static string ReplaceFirst(this string text, string old, string by)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + by + text[(at + old.Length)..];
    }
}
