using System.Text.RegularExpressions;

namespace Serge.Bot.Architecture.Tests;

/// <summary>A failure while the bot stops is reported like any other.</summary>
public sealed partial class StopTests
{
    /// <summary>Such a filter does not catch any exception after a stop was requested, so the service fails and the
    /// exit code is 1.</summary>
    [Fact]
    public void ExceptionFilters_AskWhetherTheExceptionIsTheCancellation()
    {
        var source = Path.Combine(SourceArchitecture.FindRepository(), "src");
        var found = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Filter().Matches(File.ReadAllText(file)).Select(match => $"{file}: {match.Value}"));

        Assert.Empty(found);
    }

    /// <summary>An exception filter that only checks whether a stop is requested.</summary>
    [GeneratedRegex(
        @"catch \(Exception[^)]*\)\s+when \([^\n]*!\w+\.IsCancellationRequested[^\n]*",
        RegexOptions.None,
        5000
    )]
    private static partial Regex Filter();
}
