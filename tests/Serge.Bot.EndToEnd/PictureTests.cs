namespace Serge.Bot.EndToEnd;

/// <summary>Posts with pictures: each is published exactly once on both platforms, with its picture, despite lost
/// responses and crashes of the worker.</summary>
public sealed class PictureTests
{
    private const string ChannelMessages = "/discord/api/v10/channels/*/messages";
    private const string NewMedia = "/mastodon/api/v2/media";
    private const string NewStatus = "/mastodon/api/v1/statuses";

    public static TheoryData<string, string, RequestEffect> Faults =>
        RequestFaults.For(("message", ChannelMessages), ("upload", NewMedia), ("status", NewStatus));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task APostWithAFault_IsThereOnceWithItsPicture(string failure, string path, RequestEffect effect)
    {
        _ = failure;
        InstalledFonts.Require();
        await using var stage = await Stage.OpenAsync();
        var schedule = await PicturedScheduleAsync(stage);
        var fault = stage.AddFault(path, effect);
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.WaitUntilSettledAsync(2);

        Assert.Equal(1, fault.FiredCount);
        AssertOnceWithPictures(stage);
        Assert.All(await stage.PostsAsync(), post => Assert.Equal((PostState.Sent, null), (post.State, post.Reason)));
    }

    /// <summary>The worker is killed after the platform has executed the request, and before it responds.</summary>
    [Theory]
    [InlineData(ChannelMessages)]
    [InlineData(NewMedia)]
    [InlineData(NewStatus)]
    public async Task AWorkerKilledInTheMiddle_PostsOnceWithThePicture(string path)
    {
        InstalledFonts.Require();
        await using var stage = await Stage.OpenAsync();
        var schedule = await PicturedScheduleAsync(stage);
        using var watch = stage.World.Watch();
        var fault = stage.AddFault(path, new RequestEffect.Delay(TimeSpan.FromMinutes(10), AfterHandling: true));
        var environment = Stage.AsEnvironment(stage.Settings(schedule)).ToArray();

        await using (var victim = WorkerProcess.Start(stage.Home, environment, "run"))
        {
            await fault.Fired.WaitAsync(stage.CancellationToken);
            await victim.KillAsync(stage.CancellationToken);
        }

        await stage.EndLeasesAsync();
        await using var successor = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.WaitUntilSettledAsync(2);

        AssertOnceWithPictures(stage);
    }

    [Fact]
    public async Task APictureThatTheServerProcesses_IsPostedWhenItIsReady()
    {
        InstalledFonts.Require();
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.Options.MediaProcessing = TimeSpan.FromSeconds(1);
        var schedule = await PicturedScheduleAsync(stage);
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.WaitUntilSettledAsync(2);

        AssertOnceWithPictures(stage);
    }

    /// <summary>Without the permission or the scope the complete text is posted, and the ledger states the
    /// reason.</summary>
    [Fact]
    public async Task APictureThatIsRefused_LeavesTheTextAndAReasonInTheLedger()
    {
        InstalledFonts.Require();
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.AddToken(Stage.MastodonToken, stage.Account, "profile", "read:statuses", "write:statuses");
        var permissions = Permissions.Default & ~Permissions.AttachFiles;
        stage.Discord.SetPermissions(stage.Channel, stage.Application, permissions);
        var schedule = await PicturedScheduleAsync(stage);
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.WaitUntilSettledAsync(2);

        Assert.Empty(Assert.Single(stage.Discord.GetMessages(stage.Channel)).Attachments);
        Assert.Empty(Assert.Single(stage.Mastodon.Statuses).Media);
        Assert.All(
            await stage.PostsAsync(),
            post => Assert.StartsWith("Without its picture: ", post.Reason, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task ACorrection_ReplacesThePicturesToo()
    {
        InstalledFonts.Require();
        await using var stage = await Stage.OpenAsync();
        var schedule = await PicturedScheduleAsync(stage);
        await using (var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule))
        {
            await stage.WaitUntilSettledAsync(2);
        }

        foreach (var item in (await stage.PostsAsync()).SelectMany(post => post.Items).Distinct())
        {
            await AddWordAsync(stage, item);
            var (exitCode, output) = await stage.RunCommandAsync($"correct {item} --yes", stage.Settings(schedule));
            Assert.True(exitCode == 0, output);
        }

        AssertOnceWithPictures(stage);
        var message = Assert.Single(stage.Discord.GetMessages(stage.Channel));
        Assert.Contains("corrected", Assert.Single(message.Attachments).Description, StringComparison.Ordinal);
        var status = Assert.Single(stage.Mastodon.Statuses);
        Assert.Contains("corrected", Assert.Single(status.Media).Description, StringComparison.Ordinal);
    }

    /// <summary>Adds a word to a quotation of the files.</summary>
    private static async Task AddWordAsync(Stage stage, string item)
    {
        var file = Path.Combine(stage.Home, "quotes", "quotes.yaml");
        var lines = await File.ReadAllLinesAsync(file, stage.CancellationToken);
        var entry = Array.FindIndex(lines, line => line == $"- id: {item}");
        var text = Array.FindIndex(
            lines,
            entry,
            line => line.TrimStart().StartsWith("text:", StringComparison.Ordinal)
        );
        lines[text] = $"  text: These are the corrected words of {item}.";
        var after = text + 1;
        while (after < lines.Length && lines[after].StartsWith("    ", StringComparison.Ordinal))
        {
            lines[after] = "";
            after++;
        }

        await File.WriteAllLinesAsync(file, lines, stage.CancellationToken);
    }

    private static async Task<(string Key, string? Value)[]> PicturedScheduleAsync(Stage stage) =>
        [.. await stage.OverdueScheduleAsync("morning", "quote"), ("Schedules:morning:Picture", "true")];

    private static void AssertOnceWithPictures(Stage stage)
    {
        var message = Assert.Single(stage.Discord.GetMessages(stage.Channel));
        var attachment = Assert.Single(message.Attachments);
        Assert.Equal((1200, 675), attachment.Size);
        Assert.Contains("Victor Serge", attachment.Description, StringComparison.Ordinal);
        var status = Assert.Single(stage.Mastodon.Statuses);
        Assert.Contains("Victor Serge", Assert.Single(status.Media).Description, StringComparison.Ordinal);
    }
}
