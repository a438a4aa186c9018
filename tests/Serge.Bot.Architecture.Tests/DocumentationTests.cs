using System.Text.RegularExpressions;

namespace Serge.Bot.Architecture.Tests;

/// <summary>The pages for maintainers name files that exist.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("docs/architecture.md", 25)]
    [InlineData("docs/contributing.md", 20)]
    public void EveryFileThatThePageNames_Exists(string page, int atLeast)
    {
        var root = SourceArchitecture.FindRepository();
        var text = File.ReadAllText(Path.Combine(root, page));
        string[] named = [.. PathInRepository().Matches(text).Select(match => match.Groups["path"].Value).Distinct()];

        Assert.True(named.Length >= atLeast, $"{page} names only {named.Length} paths.");
        Assert.All(
            named,
            path => Assert.True(Path.Exists(Path.Combine(root, path)), $"{page} names {path}, which does not exist.")
        );
    }

    /// <summary>The recipe names exactly the source files that mention its example.</summary>
    [Theory]
    [InlineData("### Add a slash command", "TopicsSlashCommand|TopicsHeading", "src/Serge.Bot")]
    [InlineData(
        "### Add a command of the command line",
        @"\bTopicsCommand\b|IReadOnlyListTopic\b|IReadOnlyList<Topic>\)",
        "src/Serge.Bot/Cli"
    )]
    public void Recipe_NamesTheSourceFilesOfItsExample(string heading, string example, string folder)
    {
        var root = SourceArchitecture.FindRepository();
        var page = File.ReadAllText(Path.Combine(root, "docs/contributing.md"));
        var recipe = page.Split(heading)[1].Split("\n### ")[0];
        var rows = recipe.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var named = rows.Select(row => PathInRepository().Match(row).Groups["path"].Value);

        Assert.Equal(FindFiles(root, folder, example), named.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> FindFiles(string root, string folder, string pattern)
    {
        Regex example = new(pattern, RegexOptions.None, TimeSpan.FromSeconds(5));
        string[] extensions = [".cs", ".resx"];
        return Directory
            .EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Where(file => example.IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"`(?<path>(src|tests|quotes|docs)/[\w./-]+)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex PathInRepository();
}
