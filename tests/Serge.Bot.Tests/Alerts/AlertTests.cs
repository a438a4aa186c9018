namespace Serge.Bot.Tests.Alerts;

public sealed class AlertTests
{
    /// <summary>Each row: minutes since the earlier alerts, and whether another alert may be sent; the limits are one
    /// per hour and three per day.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false, 0)]
    [InlineData(false, 59)]
    [InlineData(true, 60)]
    [InlineData(true, 60, 120)]
    [InlineData(true, 60, 60, 120)] // one alert to two destinations
    [InlineData(false, 60, 120, 180)]
    [InlineData(true, 60, 120, 1440)]
    [InlineData(true, -5)] // from before the clock was set back
    public void IsAllowed_OneAnHourAndSoManyADay(bool allowed, params int[] minutesAgo) =>
        Assert.Equal(
            allowed,
            Alert.IsAllowed(
                minutesAgo.Select(minutes => Some.Noon.AddMinutes(-minutes)),
                Some.Noon,
                new AlertSettings { MinInterval = TimeSpan.FromHours(1), PerDay = 3 }
            )
        );

    [Fact]
    public void Text_OfOneFailure_StatesWhatHappenedAndWhatToDo() =>
        Assert.Equal(
            """
            One post failed.
            abcdefgh  morning, Mastodon, 2027-02-01 12:00 UTC: refused. 422 Validation failed
            “serge deliveries --failed” lists them; with the first letters of a key “serge retry” sends one again, and “serge dismiss” removes it from the list.
            """,
            Text([Failure("422 Validation failed")]),
            ignoreLineEndingDifferences: true
        );

    [Fact]
    public void Text_OfARetractedPost_StatesThatACopyMayBeLeft() =>
        Assert.Contains(
            "UTC: retracted, a second copy may be public. Published twice.",
            Text([Failure("Published twice.") with { State = PostState.Retracted }]),
            StringComparison.Ordinal
        );

    [Fact]
    public void Text_OfMoreThanFit_CountsTheRest()
    {
        var text = Text([.. Enumerable.Range(0, 30).Select(n => Failure("down"))]);

        Assert.StartsWith("30 posts failed.", text, StringComparison.Ordinal);
        Assert.Contains("And 20 more.", text, StringComparison.Ordinal);
        Assert.True(Text([.. Enumerable.Range(0, 30).Select(n => Failure("down"))], longest: 500).Length <= 500);
    }

    [Fact]
    public void Text_OfAServersSchedule_NamesNeitherTheServerNorTheChannel()
    {
        var text = Text([
            Failure("50001 Missing Access") with
            {
                Schedule = new ScheduleId("guild:4711", "ada’s corner"),
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
            Alert.GetText([Failure("**closed**")], [], Markup.Discord, _ => true),
            StringComparison.Ordinal
        );

    [Fact]
    public void Text_OfALongReason_IsShortened() =>
        Assert.InRange(Text([Failure(new string('x', 5000))]).Length, 200, 500);

    /// <summary>Each row: milliseconds from an hour after the previous alert, and whether another one may be
    /// sent.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void IsAllowed_ToTheMillisecond(int milliseconds, bool allowed) =>
        Assert.Equal(
            allowed,
            Alert.IsAllowed(
                [Some.Noon],
                Some.Noon.AddHours(1).AddMilliseconds(milliseconds),
                new AlertSettings { MinInterval = TimeSpan.FromHours(1), PerDay = 3 }
            )
        );

    /// <summary>Each row: how many failures, how many lines fit, and how many lines there are.</summary>
    [Theory]
    [InlineData(9, 100, 9, 0)]
    [InlineData(10, 100, 10, 0)]
    [InlineData(11, 100, 10, 1)]
    [InlineData(11, 10, 10, 1)]
    [InlineData(11, 9, 9, 2)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(2, 0, 0, 0)] // no room for one line: the rest is not counted
    public void Text_ShowsWhatFits_AndCountsTheRest(int failures, int fits, int shown, int rest)
    {
        var lines = Alert
            .GetText(
                [.. Enumerable.Range(0, failures).Select(_ => Failure("down"))],
                [],
                Markup.Plain,
                text => text.Split('\n').Count(line => line.StartsWith("abcdefgh", StringComparison.Ordinal)) <= fits
            )
            .Split('\n');

        Assert.Equal($"{failures} posts failed.", lines[0]);
        Assert.Equal(
            Enumerable.Repeat("abcdefgh  morning, Mastodon, 2027-02-01 12:00 UTC: refused. down", shown),
            lines[1..(1 + shown)]
        );
        Assert.Equal(rest > 0 ? [$"And {rest} more."] : [], lines[(1 + shown)..^1]);
        Assert.StartsWith("“serge deliveries --failed” lists them", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfAProblemAndAFailure_HasTheProblemFirst() =>
        Assert.Equal(
            ["The *token* is refused.", "One post failed."],
            Alert.GetText([Failure("down")], ["The *token* is refused."], Markup.Plain, _ => true).Split('\n')[..2]
        );

    [Fact]
    public void Text_OfAProblemAlone_DoesNotMentionPosts() =>
        Assert.Equal(
            "The token of (at)bob is refused.",
            Alert.GetText([], ["The token of @bob is refused."], Markup.Plain, _ => true)
        );

    [Theory]
    [InlineData(nameof(PostState.Refused), "refused. down")]
    [InlineData(nameof(PostState.Missed), "missed. down")]
    [InlineData(nameof(PostState.Unknown), "unknown whether it was published. down")]
    [InlineData(nameof(PostState.Sent), "sent, perhaps twice. down")]
    public void Text_StatesHowItEnded(string state, string words) =>
        Assert.Contains(
            $"UTC: {words}\n",
            Text([Failure("down") with { State = Enum.Parse<PostState>(state) }]),
            StringComparison.Ordinal
        );

    /// <summary>Within an address it is not a mention, and the operator has to open the address.</summary>
    [Theory]
    [InlineData("Published twice: https://m.example/@serge/7 and http://127.0.0.1:1/a/@b/8.", null)]
    [InlineData("https://m.example/@serge@evil.example", "https://m.example/@serge(at)evil.example")]
    [InlineData("ask @bob or /@bob", "ask (at)bob or /(at)bob")]
    public void Text_WithAnAddress_KeepsIt(string reason, string? shown) =>
        Assert.Contains(shown ?? reason, Text([Failure(reason)]), StringComparison.Ordinal);

    [Fact]
    public void Text_WithoutAReason_EndsWithTheState() =>
        Assert.Contains("UTC: refused.\n", Text([Failure("") with { Reason = null }]), StringComparison.Ordinal);

    /// <summary>Each row: the beginning of a reason, the number of letters after it, and how many of them are
    /// shown.</summary>
    [Theory]
    [InlineData("", 200, 200, "")]
    [InlineData("", 201, 200, "…")]
    [InlineData("a\nb", 0, 0, "")]
    public void Text_OfALongReason_ShowsTwoHundredCharacters(string beginning, int length, int shown, string end) =>
        Assert.Contains(
            $"refused. {beginning.Replace('\n', ' ')}{new string('x', shown)}{end}\n",
            Text([Failure(beginning + new string('x', length))]),
            StringComparison.Ordinal
        );

    [Fact]
    public void Text_ShortenedInTheMiddleOfAPairOfSurrogates_LeavesBothOut() =>
        Assert.Contains(
            $"refused. {new string('x', 199)}…\n",
            Text([Failure($"{new string('x', 199)}\U0001F54A and more")]),
            StringComparison.Ordinal
        );

    private static Post Failure(string reason) =>
        Some.Post("abcdefghijklmnopqrstuvwx", PostState.Refused) with
        {
            Reason = reason,
        };

    private static string Text(IReadOnlyList<Post> failures, int longest = 2000) =>
        Alert.GetText(failures, [], Markup.Plain, text => text.Length <= longest);
}
