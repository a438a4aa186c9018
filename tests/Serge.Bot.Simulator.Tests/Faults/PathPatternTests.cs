namespace Serge.Bot.Simulator.Tests.Faults;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("/a/b", "/a/b", true)]
    [InlineData("/a/b", "/a/bc", false)]
    [InlineData("/a/b", "/a", false)]
    [InlineData("/a/*/c", "/a/b/c", true)]
    [InlineData("/a/*/c", "/a/b/b/c", false)]
    [InlineData("/a/*", "/a/", true)]
    [InlineData("/a/*", "/a/b/c", false)]
    [InlineData("/a/b*", "/a/bcd", true)]
    [InlineData("/a/**", "/a/b/c", true)]
    [InlineData("/a/**/d", "/a/b/c/d", true)]
    [InlineData("**", "/anything/at/all", true)]
    [InlineData("*", "/a", false)]
    [InlineData("", "", true)]
    public void Matches_ReturnsTheExpectedResult(string pattern, string path, bool fits) =>
        Assert.Equal(fits, PathPattern.Matches(pattern, path));
}
