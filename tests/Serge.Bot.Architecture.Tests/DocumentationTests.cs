using System.Text.RegularExpressions;
using Serge.Bot.Platforms;

namespace Serge.Bot.Architecture.Tests;

/// <summary>The pages for maintainers name files and members that exist.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("docs/architecture.md", 25)]
    [InlineData("docs/contributing.md", 20)]
    [InlineData("docs/platforms.md", 5)]
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

    /// <summary>Each table of members has one row for every method of the interface, and names no other.</summary>
    [Theory]
    [InlineData("## Discord", typeof(IDiscord))]
    [InlineData("## Mastodon", typeof(IMastodon))]
    public void TableOfMembers_NamesTheMethodsOfTheInterface(string heading, Type type)
    {
        var section = ReadPlatforms().Split($"\n{heading}\n")[1].Split("\n## ")[0];
        var named = MemberRow().Matches(section).Select(match => match.Groups["name"].Value);

        Assert.Equal(GetMethods(type).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    /// <summary>Outside the column with the calls of the packages, each method is a method of the clients.</summary>
    [Fact]
    public void EveryMethodThatThePageOfThePlatformsNames_Exists()
    {
        var text = PackageCall().Replace(ReadPlatforms(), "|");
        var named = MethodName().Matches(text).Select(match => match.Groups["name"].Value).Distinct();

        string[] known = [.. GetMethods(typeof(IDiscord)), .. GetMethods(typeof(IMastodon))];
        Assert.Subset(known.ToHashSet(), named.ToHashSet());
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

    private static string ReadPlatforms() =>
        File.ReadAllText(Path.Combine(SourceArchitecture.FindRepository(), "docs/platforms.md"));

    private static IEnumerable<string> GetMethods(Type type) =>
        type.GetMethods().Select(method => method.Name).Where(name => name.EndsWith("Async", StringComparison.Ordinal));

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

    /// <summary>The first cell of a row.</summary>
    [GeneratedRegex(@"^\| `(?<name>\w+Async)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex MemberRow();

    /// <summary>The third of four cells of a row.</summary>
    [GeneratedRegex(@"(?<=^\|[^|\n]*\|[^|\n]*)\|[^|\n]*\|(?=[^|\n]*\|$)", RegexOptions.Multiline, 5000)]
    private static partial Regex PackageCall();

    [GeneratedRegex(@"`(?<name>\w+Async)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex MethodName();
}
