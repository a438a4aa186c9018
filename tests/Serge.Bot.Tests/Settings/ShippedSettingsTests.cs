using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Settings;

/// <summary>The <c>appsettings.json</c> that <c>serge init</c> writes: it shows each section, and every example is
/// valid.</summary>
public sealed partial class ShippedSettingsTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-settings-");

    private static string[] Lines => File.ReadAllLines(Path.Combine(Repository.Root, "appsettings.json"));

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void EachSection_IsShownBelowAComment()
    {
        Assert.All(
            SettingsReader.Sections,
            section =>
            {
                var line = Array.FindIndex(Lines, line => Example().Match(line).Groups["section"].Value == section);
                Assert.True(line > 0, $"appsettings.json does not show {section}.");

                // Discord and Mastodon share one comment.
                var above = section == "Mastodon" ? Lines[line - 2] : Lines[line - 1];
                Assert.Matches("^  // [A-Z\"]|^  // [a-z].*[.]$", above);
            }
        );
    }

    [Fact]
    public void TheFile_AsItIs_IsValidAndHasNoPlatform()
    {
        var settings = Read(Lines);

        Assert.Null(settings.Discord);
        Assert.Null(settings.Mastodon);
        Assert.Equal(2, settings.Schedules.Count);
    }

    [Fact]
    public void EveryExample_WithoutItsSlashes_IsValid()
    {
        var settings = Read(Lines.Select(line => Example().Replace(line, "  \"${section}\":")));

        Assert.Equal("Ada", settings.About.Operator);
        Assert.Equal("ada@mastodon.example", settings.Alerts.Mastodon);
        Assert.NotNull(settings.Health.Listen);
        Assert.NotNull(settings.Site.Address);
    }

    private BotSettings Read(IEnumerable<string> lines)
    {
        File.WriteAllLines(Path.Combine(_home.FullName, "appsettings.json"), lines);
        return SettingsReader.Read(_home.FullName).Settings;
    }

    [GeneratedRegex("^  (// )?\"(?<section>[A-Za-z]+)\":", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Example();
}
