using Serge.Bot.Alerts;
using Serge.Bot.Rendering;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Alerts;

public sealed class AlertTests
{
    /// <summary>Each row: minutes since the earlier alerts, whether one more may go out; one an hour, three a day.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false, 0)]
    [InlineData(false, 59)]
    [InlineData(true, 60)]
    [InlineData(true, 60, 120)]
    [InlineData(true, 60, 60, 120)] // one alert to two places
    [InlineData(false, 60, 120, 180)]
    [InlineData(true, 60, 120, 1440)]
    [InlineData(true, -5)] // from before the calendar was turned back
    public void IsAllowed_OneAnHourAndSoManyADay(bool allowed, params int[] minutesAgo) =>
        Assert.Equal(
            allowed,
            Alert.IsAllowed(
                minutesAgo.Select(minutes => Some.Noon.AddMinutes(-minutes)),
                Some.Noon,
                new AlertSettings { Every = TimeSpan.FromHours(1), PerDay = 3 }
            )
        );

    [Fact]
    public void Text_OfOneFailure_SaysWhatHappenedAndWhatToDo() =>
        Assert.Equal(
            """
            One post needs you.
            abcdefgh  morning, Mastodon, 2027-02-01 12:00 UTC: refused. 422 Validation failed
            See them with “serge deliveries --failed”; “serge retry” and the first letters of an id sends one again.
            """,
            Text([Failure("422 Validation failed")]),
            ignoreLineEndingDifferences: true
        );

    [Fact]
    public void Text_OfMoreThanFit_CountsTheRest()
    {
        var text = Text([.. Enumerable.Range(0, 30).Select(n => Failure("down"))]);

        Assert.StartsWith("30 posts need you.", text, StringComparison.Ordinal);
        Assert.Contains("And 20 more.", text, StringComparison.Ordinal);
        Assert.True(Text([.. Enumerable.Range(0, 30).Select(n => Failure("down"))], longest: 500).Length <= 500);
    }

    [Fact]
    public void Text_OfAServersSchedule_NamesNeitherTheServerNorTheChannel()
    {
        var text = Text([
            Failure("50001 Missing Access") with
            {
                Schedule = "guild:4711:ada’s corner",
                Destination = Some.Destination("discord:4712"),
            },
        ]);

        Assert.Contains("a server’s schedule, Discord", text, StringComparison.Ordinal);
        Assert.DoesNotContain("471", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WithAtSignsInAReason_MentionsNobody() =>
        Assert.DoesNotContain("@", Text([Failure("no such user @bob@example.org")]), StringComparison.Ordinal);

    [Fact]
    public void Text_OnDiscord_TakesWordsAsTheyAre() =>
        Assert.Contains(
            @"\*\*closed\*\*",
            Alert.Text([Failure("**closed**")], [], Markup.Discord, _ => true),
            StringComparison.Ordinal
        );

    [Fact]
    public void Text_OfALongReason_IsShortened() =>
        Assert.InRange(Text([Failure(new string('x', 5000))]).Length, 200, 500);

    private static Post Failure(string reason) =>
        Some.Post("abcdefghijklmnopqrstuvwx", PostState.Refused) with
        {
            Reason = reason,
        };

    private static string Text(IReadOnlyList<Post> failures, int longest = 2000) =>
        Alert.Text(failures, [], Markup.Plain, text => text.Length <= longest);
}
