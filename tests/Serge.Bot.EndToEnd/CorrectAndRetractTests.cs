namespace Serge.Bot.EndToEnd;

/// <summary>Published posts are corrected and retracted on both platforms, and the ledger records it.</summary>
public sealed class CorrectAndRetractTests
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

        var (exitCode, output) = await DeliveriesTests.RunCommandAsync(stage, "correct within-us");

        Assert.Equal(0, exitCode);
        Assert.Contains("- “Totalitarism is within us.”", output, StringComparison.Ordinal);
        Assert.Contains("+ “Totalitarianism is within us.”", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed. Add --yes to change it.", output, StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarism", Assert.Single(stage.ChannelPosts), StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarism", Assert.Single(stage.Statuses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_WithYes_EditsBothCopiesWhereTheyStand()
    {
        await using var stage = await Stage.OpenAsync();
        await PostMisreadAsync(stage);
        var before = Assert.Single(stage.Mastodon.Statuses);

        var (exitCode, output) = await DeliveriesTests.RunCommandAsync(stage, "correct within-us --yes");
        var again = await DeliveriesTests.RunCommandAsync(stage, "correct within-us --yes");

        Assert.Equal(0, exitCode);
        Assert.Contains("Changed 2 posts.", output, StringComparison.Ordinal);
        Assert.StartsWith(
            "“Totalitarianism is within us.”",
            Assert.Single(stage.ChannelPosts),
            StringComparison.Ordinal
        );
        var after = Assert.Single(stage.Mastodon.Statuses);
        Assert.StartsWith("“Totalitarianism is within us.”", after.Text, StringComparison.Ordinal);
        Assert.Equal((before.Id, before.Visibility, before.Language), (after.Id, after.Visibility, after.Language));
        Assert.Equal(
            (0, "Every published post of within-us matches the files."),
            (again.ExitCode, again.Output.Trim())
        );
        Assert.Contains(
            "Corrected on",
            (await DeliveriesTests.RunCommandAsync(stage, "deliveries")).Output,
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

        var (exitCode, output) = await DeliveriesTests.RunCommandAsync(stage, "correct within-us --yes");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "Changed 1 of 2 posts. Repeat the command for those that can still be changed.",
            output,
            StringComparison.Ordinal
        );
        Assert.StartsWith("“Totalitarianism", Assert.Single(stage.ChannelPosts), StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarism", Assert.Single(stage.Statuses), StringComparison.Ordinal);

        (exitCode, output) = await DeliveriesTests.RunCommandAsync(stage, "correct within-us --yes");
        Assert.Equal(0, exitCode);
        Assert.Contains("Changed 1 post.", output, StringComparison.Ordinal);
        Assert.StartsWith("“Totalitarianism", Assert.Single(stage.Statuses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retract_WithYes_DeletesBothCopiesAndIsNotChosenUntilItIsPutBack()
    {
        await using var stage = await Stage.OpenAsync();
        await PostMisreadAsync(stage);
        var schedule = stage.Schedule("daily", "0 12 * * *", "quote");

        var shown = await DeliveriesTests.RunCommandAsync(stage, "retract within-us");
        Assert.Contains("Will be deleted.", shown.Output, StringComparison.Ordinal);
        Assert.Single(stage.Statuses);

        var (exitCode, output) = await DeliveriesTests.RunCommandAsync(stage, "retract within-us --yes");
        Assert.Equal(0, exitCode);
        Assert.Contains("Changed 2 posts.", output, StringComparison.Ordinal);
        Assert.Empty(stage.ChannelPosts);
        Assert.Empty(stage.Statuses);
        Assert.Equal(["morning discord Retracted", "morning mastodon Retracted"], await stage.LedgerAsync());
        Assert.DoesNotContain(
            "Totalitarianism",
            (await DeliveriesTests.RunCommandAsync(stage, "plan --days 3", schedule)).Output,
            StringComparison.Ordinal
        );

        Assert.Equal(0, (await DeliveriesTests.RunCommandAsync(stage, "retract within-us --undo")).ExitCode);
        Assert.Contains(
            "Totalitarianism",
            (await DeliveriesTests.RunCommandAsync(stage, "plan --days 3", schedule)).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Retract_WhileTheBotRuns_IsNoticedByIt()
    {
        await using var stage = await Stage.OpenAsync();
        await File.WriteAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            OneQuote,
            stage.CancellationToken
        );
        var clock = new ManualClock(Stage.At("2027-02-01 10:59"));
        await using var worker = await stage.StartWorkerAsync(clock, stage.Schedule("noon", "0 12 * * *", "quote"));

        Assert.Equal(0, (await DeliveriesTests.RunProcessAsync(stage, "retract within-us --yes")).ExitCode);
        clock.MoveTo(Stage.At("2027-02-01 11:00"));
        await stage.WaitUntilSettledAsync(2);

        Assert.Empty(stage.Statuses);
        Assert.Equal(["noon discord Cancelled", "noon mastodon Cancelled"], await stage.LedgerAsync());
    }

    [Fact]
    public async Task Retract_OneOfTwoEventsOfADay_LeavesTheOtherAndThenDeletesThePost()
    {
        await using var stage = await Stage.OpenAsync();
        await File.WriteAllTextAsync(
            Path.Combine(stage.Home, "quotes", "events.yaml"),
            TwoEvents,
            stage.CancellationToken
        );
        var clock = new ManualClock(Stage.At("2027-02-01 10:59"));
        await using (await stage.StartWorkerAsync(clock, stage.Schedule("day", "0 12 * * *", "on-this-day")))
        {
            clock.MoveTo(Stage.At("2027-02-01 11:00"));
            await stage.WaitUntilSettledAsync(2);
        }

        Assert.Contains("in the morning", Assert.Single(stage.ChannelPosts), StringComparison.Ordinal);
        Assert.Equal(0, (await DeliveriesTests.RunCommandAsync(stage, "retract morning --yes")).ExitCode);
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

        Assert.Equal(0, (await DeliveriesTests.RunCommandAsync(stage, "retract evening --yes")).ExitCode);
        Assert.Empty(stage.ChannelPosts);
        Assert.Empty(stage.Statuses);
    }

    [Theory]
    [InlineData("correct withinus", "Did you mean within-us?")]
    [InlineData("correct within", "Did you mean within-us?")]
    [InlineData("retract nothing-like-it", "No quotation or event has the id nothing-like-it")]
    [InlineData("retract within-us --undo", "within-us is not withdrawn")]
    public async Task InvalidArguments_AreRefusedWithAClearLine(string arguments, string expected)
    {
        await using var stage = await Stage.OpenAsync();
        await File.WriteAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            OneQuote,
            stage.CancellationToken
        );

        var (exitCode, output) = await DeliveriesTests.RunCommandAsync(stage, arguments);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    /// <summary>A quotation with a typing error is posted on both platforms; then the error is corrected in the
    /// file.</summary>
    private static async Task PostMisreadAsync(Stage stage)
    {
        var file = Path.Combine(stage.Home, "quotes", "quotes.yaml");
        await File.WriteAllTextAsync(file, Misread, stage.CancellationToken);
        await DeliveriesTests.PostAllAsync(stage, await stage.OverdueScheduleAsync("morning", "quote"));
        await File.WriteAllTextAsync(file, OneQuote, stage.CancellationToken);
    }
}
