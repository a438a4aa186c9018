namespace Serge.Bot.EndToEnd;

/// <summary>The worker compiled ahead of time. Runs if <c>SERGE_NATIVE</c> names the executable; see
/// <c>.ci/run</c>.</summary>
[Trait("Category", "Native")]
public sealed class NativeTests
{
    [Fact(Explicit = true)]
    public async Task TheNativeWorker_ConnectsAnswersAndPosts()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();

        await using var process = WorkerProcess.Start(
            stage.Home,
            Stage.AsEnvironment(stage.Settings(schedule)),
            "run",
            Executable
        );
        await stage.WaitUntilAsync(
            watch,
            () =>
                stage.Discord.GetCommands(stage.Application).Count > 0
                && stage.ChannelPosts.Count > 0
                && stage.Statuses.Count > 0
        );

        var answer = await stage.Discord.InvokeAsync(
            stage.Member,
            stage.Channel,
            "/quote id:end-commands-means",
            stage.CancellationToken
        );
        Assert.Contains(
            "commands its own means",
            Assert.IsType<InteractionResult.Answered>(answer).Message.Content,
            StringComparison.Ordinal
        );

        if (InstalledFonts.HasAny)
        {
            // The posts have no pictures: a picture is drawn only on request.
            var pictured = await stage.Discord.InvokeAsync(
                stage.Member,
                stage.Channel,
                "/quote id:end-commands-means picture:true",
                stage.CancellationToken
            );
            Assert.Single(Assert.IsType<InteractionResult.Answered>(pictured).Message.Attachments);
        }

        var french = stage.Discord.AddUser("Benoît", "fr");
        stage.Discord.AddMember(stage.Channel.Guild!, french);
        var citation = await stage.Discord.InvokeAsync(
            french,
            stage.Channel,
            "/citation id:end-commands-means",
            stage.CancellationToken
        );
        Assert.Contains(
            "cité par Guy Patrick Cunningham",
            Assert.IsType<InteractionResult.Answered>(citation).Message.Content,
            StringComparison.Ordinal
        );

        await process.SignalAsync("TERM", stage.CancellationToken);
        await process.AssertEndsWithAsync(0, stage.CancellationToken);
    }

    /// <summary>Another machine has only the published folder.</summary>
    [Fact(Explicit = true)]
    public async Task ThePublishedFolder_CopiedElsewhere_HasAllItNeeds()
    {
        var published = Path.GetDirectoryName(Executable)!;
        var copy = Directory.CreateTempSubdirectory("serge-published-");
        var home = Directory.CreateTempSubdirectory("serge-home-");
        using CancellationTokenSource timeout = new(Wait.Limit);
        try
        {
            foreach (var file in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy.FullName, Path.GetRelativePath(published, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            (string Arguments, string Words)[] commands =
            [
                ("init", "credentials/"),
                ("check", "no problems"),
                ("quote --id end-commands-means", "commands its own means"),
                ("preview end-commands-means", "commands its own means"),
                ("plan", "morning-quote"),
                ("deliveries", "Nothing"), // the native SQLite library is found
            ];
            foreach (var (arguments, words) in commands)
            {
                await using var process = WorkerProcess.Start(
                    home.FullName,
                    [("SERGE_HOME", "")],
                    arguments,
                    Path.Combine(copy.FullName, Path.GetFileName(Executable))
                );

                await process.AssertEndsWithAsync(0, timeout.Token);
                Assert.Contains(words, process.Output, StringComparison.OrdinalIgnoreCase);
            }
        }
        finally
        {
            copy.Delete(recursive: true);
            home.Delete(recursive: true);
        }
    }

    private static string Executable =>
        Environment.GetEnvironmentVariable("SERGE_NATIVE")
        ?? throw new InvalidOperationException("Set SERGE_NATIVE to the published executable.");
}
