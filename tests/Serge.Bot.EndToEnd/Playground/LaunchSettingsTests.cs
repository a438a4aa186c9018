using System.Text.Json.Nodes;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>The first <c>dotnet run</c> compiles for a minute or two, and prints a message about it at once.</summary>
public sealed class LaunchSettingsTests
{
    [Fact]
    public async Task DotnetRun_StatesThatItBuilds()
    {
        var path = Path.Combine(Stage.Repository, "src", "Serge.Bot.Playground", "Properties", "launchSettings.json");
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;

        var profile = Assert.Single(settings["profiles"]!.AsObject()).Value!;

        Assert.Equal(("Project", true), (profile["commandName"]!.ToString(), (bool)profile["dotnetRunMessages"]!));
        // The profile sets only the message: a start with and without the profile is the same.
        Assert.Equal(2, profile.AsObject().Count);
    }
}
