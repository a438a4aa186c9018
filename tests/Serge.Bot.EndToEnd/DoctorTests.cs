using System.Globalization;

namespace Serge.Bot.EndToEnd;

/// <summary><c>serge doctor</c>: each line is good, or says what to do.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_WhenAllIsWell_SaysSoAndPrintsTheInviteLinks()
    {
        await using var stage = await Stage.OpenAsync();
        await using (await stage.StartWorkerAsync(TimeProvider.System))
        {
            // It has registered its commands.
        }

        var (exitCode, said) = await DoctorAsync(stage);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("ERROR", said, StringComparison.Ordinal);
        Assert.Contains("the token belongs to Serge", said, StringComparison.Ordinal);
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"https://discord.com/oauth2/authorize?client_id={stage.Application.Id}&permissions=84992&scope=bot+applications.commands"
            ),
            said,
            StringComparison.Ordinal
        );
        Assert.Matches(@"slash commands\s+\d+, registered\n", said);
        Assert.DoesNotContain(Stage.DiscordToken, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BeforeTheFirstRun_ChangesNothingAndSaysWhatRegistersTheCommands()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await DoctorAsync(stage);

        Assert.Equal(0, exitCode);
        Assert.Contains("serge run registers them", said, StringComparison.Ordinal);
        Assert.Empty(stage.Discord.GetCommands(stage.Application));
    }

    [Fact]
    public async Task Doctor_WithAWrongToken_SaysWhereToGetAnother()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await DoctorAsync(stage, ("Discord:Token", "MTA.wrong.x"));

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  Discord", said, StringComparison.Ordinal);
        Assert.Contains("Developer Portal", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithWrongSettings_NamesEachOfThem()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await DoctorAsync(
            stage,
            ("TimeZone", "Europe/Bruxelles"),
            ("About:Privacy", "see below")
        );

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  settings        TimeZone = \"Europe/Bruxelles\"", said, StringComparison.Ordinal);
        Assert.Contains("ERROR  settings        About:Privacy = \"see below\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithBrokenQuoteFiles_SaysWhereAndHowToMendThem()
    {
        await using var stage = await Stage.OpenAsync();
        await File.AppendAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            "- id: no text\n",
            stage.Patience
        );

        var (exitCode, said) = await DoctorAsync(stage);

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  quote files", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithNeitherPlatform_SaysWhatToSet()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await stage.RunCommandAsync("doctor");

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  platforms       No platform has credentials.", said, StringComparison.Ordinal);
        Assert.Contains("off    Discord         Set Discord:Token", said, StringComparison.Ordinal);
        Assert.Contains("off    Mastodon        Set Mastodon:Address", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_LooksAtTheMachineAndAtEveryChannelThatIsPostedTo()
    {
        await using var stage = await Stage.OpenAsync();
        var closed = stage.Discord.AddChannel(stage.Channel.Guild!, "closed");
        stage.Discord.SetPermissions(
            closed,
            stage.Application,
            Simulator.Discord.Model.Permissions.All & ~Simulator.Discord.Model.Permissions.SendMessages
        );

        var (exitCode, said) = await DoctorAsync(
            stage,
            [.. stage.Schedule("morning", "0 9 * * *", "quote"), ("Alerts:Discord", closed.Id.ToString())]
        );

        Assert.Equal(1, exitCode);
        // A machine that is suspended in the middle of the request makes the difference unknown.
        Assert.Matches(@"(ok|note)   +clock           .*127\.0\.0\.1", said);
        Assert.Matches(@"ok     zone data       \S", said);
        Assert.Contains(
            $"ok     channel         #quotations {stage.Channel.Id} (morning) grants all needed permissions",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"ERROR  channel         #closed {closed.Id} (alerts) lacks Send Messages.",
            said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_WithAChannelThatIsNotThere_SaysSo()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await DoctorAsync(
            stage,
            stage.Schedule("morning", "0 9 * * *", "quote", "discord:1234567890123456789")
        );

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "ERROR  channel         1234567890123456789 (morning) is not visible to the bot.",
            said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_AsJson_IsOneList()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await stage.RunCommandAsync("doctor --json");

        Assert.Equal(1, exitCode);
        using var json = System.Text.Json.JsonDocument.Parse(said);
        var states = json
            .RootElement.EnumerateArray()
            .ToDictionary(line => line.GetProperty("what").GetString()!, line => line.GetProperty("state").GetString());
        Assert.Equal(("ok", "off", "off"), (states["settings"], states["Mastodon"], states["Discord"]));
    }

    internal static Task<(int ExitCode, string Said)> DoctorAsync(
        Stage stage,
        params (string Key, string? Value)[] more
    ) => stage.RunCommandAsync("doctor", stage.Settings(more));
}
