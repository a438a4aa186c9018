namespace Serge.Bot.EndToEnd;

/// <summary>What was posted is corrected and taken back, on both platforms, and written down.</summary>
public sealed class TakingBackTests
{
    private const string OneQuote =
        "- id: within-us\n  text: \"Totalitarianism is within us.\"\n  via: cunningham\n  topics: [power]\n";
    private const string Misread =
        "- id: within-us\n  text: \"Totalitarism is within us.\"\n  via: cunningham\n  topics: [power]\n";

    private const string TwoEvents = """
        - id: morning
          date: 1933-02-01
          text: Something happened in the morning.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure
        - id: evening
          date: 1934-02-01
          text: Something else happened in the evening.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure

        """;

    [Fact]
    public async Task Correct_WithoutYes_ShowsOldAndNewAndDoesNothing()
    {
        await using var stage = await Stage.OpenAsync();
        await PostMisreadAsync(stage);

        var (exitCode, said) = await DeliveriesTests.SergeAsync(stage, "correct within-us");

        Assert.Equal(0, exitCode);
        Assert.Contains("- “Totalitarism is within us.”", said, StringComparison.Ordinal);
        Assert.Contains("+ “Totalitarianism is within us.”", said, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed. Add --yes to change it.", said, StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarism", Assert.Single(stage.ChannelPosts), StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarism", Assert.Single(stage.Statuses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_WithYes_EditsBothCopiesWhereTheyStand()
    {
        await using var stage = await Stage.OpenAsync();
        await PostMisreadAsync(stage);
        var before = Assert.Single(stage.Mastodon.Statuses);

        var (exitCode, said) = await DeliveriesTests.SergeAsync(stage, "correct within-us --yes");
        var again = await DeliveriesTests.SergeAsync(stage, "correct within-us --yes");

        Assert.Equal(0, exitCode);
        Assert.Contains("Changed 2 posts.", said, StringComparison.Ordinal);
        Assert.StartsWith(
            "“Totalitarianism is within us.”",
            Assert.Single(stage.ChannelPosts),
            StringComparison.Ordinal
        );
        var after = Assert.Single(stage.Mastodon.Statuses);
        Assert.StartsWith("“Totalitarianism is within us.”", after.Text, StringComparison.Ordinal);
        Assert.Equal((before.Id, before.Visibility, before.Language), (after.Id, after.Visibility, after.Language));
        Assert.Equal((0, "Every published post of within-us matches the files."), (again.ExitCode, again.Said.Trim()));
        Assert.Contains(
            "Corrected on",
            (await DeliveriesTests.SergeAsync(stage, "deliveries")).Said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Correct_WhenOnePlatformFails_DoesTheOtherAndTakesUpTheRestLater()
    {
        await using var stage = await Stage.OpenAsync();
        await PostMisreadAsync(stage);
        stage.World.Faults.Add(
            new RequestFault
            {
                Method = "PUT",
                Path = "/mastodon/api/v1/statuses/*",
                Effect = new RequestEffect.Respond(403),
            }
        );

        var (exitCode, said) = await DeliveriesTests.SergeAsync(stage, "correct within-us --yes");
        Assert.Equal(1, exitCode);
        Assert.Contains("Changed 1 of 2 posts. Repeat the command for the rest.", said, StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarianism", Assert.Single(stage.ChannelPosts), StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarism", Assert.Single(stage.Statuses), StringComparison.Ordinal);

        (exitCode, said) = await DeliveriesTests.SergeAsync(stage, "correct within-us --yes");
        Assert.Equal(0, exitCode);
        Assert.Contains("Changed 1 post.", said, StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarianism", Assert.Single(stage.Statuses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retract_WithYes_DeletesBothCopiesAndIsNotChosenUntilItIsPutBack()
    {
        await using var stage = await Stage.OpenAsync();
        await PostMisreadAsync(stage);
        var schedule = stage.Schedule("daily", "0 12 * * *", "quote");

        var shown = await DeliveriesTests.SergeAsync(stage, "retract within-us");
        Assert.Contains("Will be deleted.", shown.Said, StringComparison.Ordinal);
        Assert.Single(stage.Statuses);

        var (exitCode, said) = await DeliveriesTests.SergeAsync(stage, "retract within-us --yes");
        Assert.Equal(0, exitCode);
        Assert.Contains("Changed 2 posts.", said, StringComparison.Ordinal);
        Assert.Empty(stage.ChannelPosts);
        Assert.Empty(stage.Statuses);
        Assert.Equal(["morning discord Retracted", "morning mastodon Retracted"], await stage.LedgerAsync());
        Assert.DoesNotContain(
            "Totalitarianism",
            (await DeliveriesTests.SergeAsync(stage, "plan --days 3", schedule)).Said,
            StringComparison.Ordinal
        );

        Assert.Equal(0, (await DeliveriesTests.SergeAsync(stage, "retract within-us --undo")).ExitCode);
        Assert.Contains(
            "Totalitarianism",
            (await DeliveriesTests.SergeAsync(stage, "plan --days 3", schedule)).Said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Retract_WhileTheBotIsAtWork_IsHeardOfByIt()
    {
        await using var stage = await Stage.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(stage.Home, "quotes", "quotes.yaml"), OneQuote, stage.Patience);
        var calendar = new StandingCalendar(Stage.At("2027-02-01 10:59"));
        await using var worker = await stage.StartWorkerAsync(calendar, stage.Schedule("noon", "0 12 * * *", "quote"));

        Assert.Equal(0, (await DeliveriesTests.SergeProcessAsync(stage, "retract within-us --yes")).ExitCode);
        calendar.MoveTo(Stage.At("2027-02-01 11:00"));
        await stage.SettledAsync(2);

        Assert.Empty(stage.Statuses);
        Assert.Equal(["noon discord Cancelled", "noon mastodon Cancelled"], await stage.LedgerAsync());
    }

    [Fact]
    public async Task Retract_OneOfTwoEventsOfADay_LeavesTheOtherAndThenDeletesThePost()
    {
        await using var stage = await Stage.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(stage.Home, "quotes", "events.yaml"), TwoEvents, stage.Patience);
        var calendar = new StandingCalendar(Stage.At("2027-02-01 10:59"));
        await using (await stage.StartWorkerAsync(calendar, stage.Schedule("day", "0 12 * * *", "on-this-day")))
        {
            calendar.MoveTo(Stage.At("2027-02-01 11:00"));
            await stage.SettledAsync(2);
        }

        Assert.Contains("in the morning", Assert.Single(stage.ChannelPosts), StringComparison.Ordinal);
        Assert.Equal(0, (await DeliveriesTests.SergeAsync(stage, "retract morning --yes")).ExitCode);
        Assert.StartsWith(
            "On this day, 1 February 1934: Something else",
            Assert.Single(stage.ChannelPosts),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "On this day, 1 February 1934: Something else",
            Assert.Single(stage.Statuses),
            StringComparison.Ordinal
        );

        Assert.Equal(0, (await DeliveriesTests.SergeAsync(stage, "retract evening --yes")).ExitCode);
        Assert.Empty(stage.ChannelPosts);
        Assert.Empty(stage.Statuses);
    }

    [Theory]
    [InlineData("correct withinus", "Did you mean within-us?")]
    [InlineData("correct within", "Did you mean within-us?")]
    [InlineData("retract nothing-like-it", "No quotation or event has the id nothing-like-it")]
    [InlineData("retract within-us --undo", "within-us is not withdrawn")]
    public async Task WhatMakesNoSense_IsRefusedWithAClearLine(string arguments, string says)
    {
        await using var stage = await Stage.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(stage.Home, "quotes", "quotes.yaml"), OneQuote, stage.Patience);

        var (exitCode, said) = await DeliveriesTests.SergeAsync(stage, arguments);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    /// <summary>A quotation goes out on both sides with a slip in it, which is then mended in the file.</summary>
    private static async Task PostMisreadAsync(Stage stage)
    {
        var file = Path.Combine(stage.Home, "quotes", "quotes.yaml");
        await File.WriteAllTextAsync(file, Misread, stage.Patience);
        await DeliveriesTests.PostAllAsync(stage, await stage.OverdueScheduleAsync("morning", "quote"));
        await File.WriteAllTextAsync(file, OneQuote, stage.Patience);
    }
}
