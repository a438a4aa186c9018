using System.Reflection;
using System.Text.RegularExpressions;

namespace Serge.Bot.EndToEnd;

/// <summary>The time limit of a regular expression counts real time, so a short one is exceeded when the machine pauses
/// for a moment. Only a faulty pattern may reach the limit.</summary>
public sealed class RegexLimitTests
{
    private const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void EveryPattern_HasALimitOfAMinute()
    {
        string[] names =
        [
            "serge",
            "Serge.Bot.Catalogue",
            "Serge.Bot.Platforms",
            "Serge.Bot.Playground",
            "Serge.Bot.Simulator",
            "Serge.Bot.Site",
        ];
        var types = names.SelectMany(name => Assembly.Load(name).GetTypes());
        var members = types.SelectMany(type => type.GetMembers(Any | BindingFlags.DeclaredOnly));

        var limits = members
            .Select(member => (member, pattern: member.GetCustomAttribute<GeneratedRegexAttribute>()))
            .Where(found => found.pattern is not null)
            .Select(found => (found.member, found.pattern!.MatchTimeoutMilliseconds))
            .ToList();

        Assert.InRange(limits.Count, 30, 200);
        Assert.All(limits, limit => Assert.Equal(60_000, limit.MatchTimeoutMilliseconds));
    }
}
