namespace Serge.Bot.Tests.Publishing;

/// <summary>What <c>serge doctor</c> recommends for the Mastodon profile.</summary>
public sealed class ProfileChecksTests
{
    [Theory]
    [InlineData("public", null)]
    [InlineData(null, null)] // a server without quotes
    [InlineData("something-new", null)]
    [InlineData("nobody", "Posts may be quoted by nobody. Recommended: anyone")]
    [InlineData("followers", "Posts may be quoted by followers only. Recommended: anyone")]
    public void QuotePolicy_ThatLimitsReaders_IsRemarked(string? policy, string? expected) =>
        AssertDiagnostic(expected, ProfileChecks.Run(Account(policy), ["VictorSerge"], ["VictorSerge"]));

    [Theory]
    [InlineData("victorserge", null)]
    [InlineData("Books", "The profile features none of the hashtags of the posts. Recommended: #VictorSerge")]
    [InlineData(null, null)] // unknown
    public void FeaturedTags_WithoutThoseOfThePosts_AreRemarked(string? featured, string? expected) =>
        AssertDiagnostic(
            expected,
            ProfileChecks.Run(Account("public"), featured is null ? null : [featured], ["VictorSerge"])
        );

    private static MastodonAccount Account(string? policy) =>
        new("1", "serge", null, Bot: true, "") { QuotePolicy = policy };

    private static void AssertDiagnostic(string? expected, IEnumerable<Diagnostic> found)
    {
        var messages = found.Select(diagnostic => diagnostic.Message).ToArray();
        Assert.Equal(expected is null ? 0 : 1, messages.Length);
        Assert.StartsWith(expected ?? "", messages.FirstOrDefault() ?? "", StringComparison.Ordinal);
    }
}
