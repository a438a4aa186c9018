using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Databases;

/// <summary>The privacy page lists everything that the database can store about a server.</summary>
public sealed partial class PrivacyPageTests
{
    private static readonly string[] NothingAboutServers = ["schedules", "withdrawn", "senders"];

    [Fact]
    public void EveryColumnThatMayTellOfAServer_IsOnThePage()
    {
        var page = File.ReadAllText(Path.Combine(LedgerPageTests.Repository(), "docs", "privacy.md"));
        HashSet<string> told = [];
        foreach (var row in page.Split('\n').Where(line => line.StartsWith('|')))
        {
            var table = "";
            foreach (Match name in Column().Matches(row))
            {
                table = name.Groups["table"].Length > 0 ? name.Groups["table"].Value : table;
                told.Add($"{table}.{name.Groups["column"].Value}");
            }
        }

        var held = LedgerPageTests
            .Columns()
            .Where(column => !NothingAboutServers.Contains(column.Table))
            .Select(column => $"{column.Table}.{column.Column}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(held, told.Order(StringComparer.Ordinal));
        Assert.All(NothingAboutServers, table => Assert.Contains($"`{table}`", page, StringComparison.Ordinal));
    }

    /// <summary><c>`posts.key`</c>, or <c>`.key`</c> for the same table as before.</summary>
    [GeneratedRegex(
        "`(?<table>[a-z_]*)\\.(?<column>[a-z_]+)`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Column();
}
