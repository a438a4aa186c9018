using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.QuoteFiles;

/// <summary>The commands on the pages name quotations and events of the shipped files.</summary>
public sealed partial class IdsOnPagesTests
{
    /// <summary>The page about the files of another author.</summary>
    private const string OtherAuthors = "other-authors.md";

    private readonly QuoteCatalogue _catalogue = LiveCatalogue.Open(Path.Combine(Repository.Root, "quotes")).Current;

    [Fact]
    public void EveryIdInACommand_IsInTheShippedFiles()
    {
        var pages = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(page => Path.GetFileName(page) != OtherAuthors)
            .Append(Path.Combine(Repository.Root, "README.md"));

        var texts = pages.Select(page => File.ReadAllText(page));
        string[] ids = [.. texts.SelectMany(FindIds).Distinct()];

        Assert.True(ids.Length >= 2, $"The pages name only {string.Join(", ", ids)}.");
        Assert.All(ids, id => Assert.True(IsShipped(id), $"A page names {id}, which is not in the quote files."));
    }

    private bool IsShipped(string id) => _catalogue.FindQuote(id) is not null || _catalogue.FindEvent(id) is not null;

    private static IEnumerable<string> FindIds(string text) =>
        IdInCommand().Matches(text).Select(match => match.Groups["id"].Value);

    /// <summary><c>serge retract --undo some-quotation</c>; with <c>dotnet run</c> two hyphens precede the
    /// command.</summary>
    [GeneratedRegex(
        @"(?<!\w)(serge|--) (preview|card|correct|retract) (--undo )?(?<id>[a-z0-9]+(-[a-z0-9]+)+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex IdInCommand();
}
