using System.Globalization;

namespace Serge.Bot.EndToEnd;

/// <summary><c>serge doctor</c>: each line is ok or states what to do.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_WhenAllIsWell_ReportsItAndPrintsTheInviteLinks()
    {
        await using var stage = await Stage.OpenAsync();
        await using (await stage.StartWorkerAsync(TimeProvider.System))
        {
            // The worker has registered its commands.
        }

        var (exitCode, output) = await DoctorAsync(stage);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("ERROR", output, StringComparison.Ordinal);
        Assert.Contains("the token belongs to Serge", output, StringComparison.Ordinal);
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"https://discord.com/oauth2/authorize?client_id={stage.Application.Id}&permissions=84992&scope=bot+applications.commands"
            ),
            output,
            StringComparison.Ordinal
        );
        Assert.Matches(@"slash commands\s+\d+, registered\n", output);
        Assert.DoesNotContain(Stage.DiscordToken, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BeforeTheFirstRun_ChangesNothingAndStatesWhatRegistersTheCommands()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await DoctorAsync(stage);

        Assert.Equal(0, exitCode);
        Assert.Contains("serge run registers them", output, StringComparison.Ordinal);
        Assert.Empty(stage.Discord.GetCommands(stage.Application));
    }

    [Fact]
    public async Task Doctor_WithAWrongToken_StatesWhereToGetAnother()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await DoctorAsync(stage, ("Discord:Token", "MTA.wrong.x"));

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  Discord", output, StringComparison.Ordinal);
        Assert.Contains("Developer Portal", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithWrongSettings_NamesEachOfThem()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await DoctorAsync(
            stage,
            ("TimeZone", "Europe/Bruxelles"),
            ("About:Privacy", "see below")
        );

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  settings        TimeZone = \"Europe/Bruxelles\"", output, StringComparison.Ordinal);
        Assert.Contains("ERROR  settings        About:Privacy = \"see below\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithBrokenQuoteFiles_StatesWhereAndHowToFixThem()
    {
        await using var stage = await Stage.OpenAsync();
        await File.AppendAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            "- id: no text\n",
            stage.CancellationToken
        );

        var (exitCode, output) = await DoctorAsync(stage);

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  quote files", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithNeitherPlatform_StatesWhatToSet()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await stage.RunCommandAsync("doctor");

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  platforms       No platform has credentials.", output, StringComparison.Ordinal);
        Assert.Contains("off    Discord         Set Discord:Token", output, StringComparison.Ordinal);
        Assert.Contains("off    Mastodon        Set Mastodon:Address", output, StringComparison.Ordinal);
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

        var (exitCode, output) = await DoctorAsync(
            stage,
            [.. stage.Schedule("morning", "0 9 * * *", "quote"), ("Alerts:Discord", closed.Id.ToString())]
        );

        Assert.Equal(1, exitCode);
        // If the machine is suspended during the request, the difference of the clocks is unknown.
        Assert.Matches(@"(ok|note)   +clock           .*127\.0\.0\.1", output);
        Assert.Matches(@"ok     zone data       \S", output);
        Assert.Contains(
            $"ok     channel         #quotations {stage.Channel.Id} (morning) grants all needed permissions",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"ERROR  channel         #closed {closed.Id} (alerts) lacks Send Messages.",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_WithAChannelThatIsNotThere_ReportsIt()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await DoctorAsync(
            stage,
            stage.Schedule("morning", "0 9 * * *", "quote", "discord:1234567890123456789")
        );

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "ERROR  channel         1234567890123456789 (morning) is not visible to the bot.",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_AsJson_IsOneList()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await stage.RunCommandAsync("doctor --json");

        Assert.Equal(1, exitCode);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        var states = json
            .RootElement.EnumerateArray()
            .ToDictionary(line => line.GetProperty("what").GetString()!, line => line.GetProperty("state").GetString());
        Assert.Equal(("ok", "off", "off"), (states["settings"], states["Mastodon"], states["Discord"]));
    }

    internal static Task<(int ExitCode, string Output)> DoctorAsync(
        Stage stage,
        params (string Key, string? Value)[] more
    ) => stage.RunCommandAsync("doctor", stage.Settings(more));
}
