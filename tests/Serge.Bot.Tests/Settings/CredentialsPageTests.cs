using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Settings;

/// <summary>The pages name files in <c>credentials</c> with which the bot starts.</summary>
public sealed partial class CredentialsPageTests : IDisposable
{
    private static readonly string[] Extensions = [".md", ".service", ".yml"];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-credentials-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void TheExampleOfAWebhook_IsAHomeWithAWebhook()
    {
        const string Address = "https://ntfy.sh/your-topic";
        var section = Repository.ReadPage("operating.md").Split("\n### Alerts to a webhook\n")[1];
        var example = JsonBox().Match(section).Groups["json"].Value;
        var names = FindNames(section.Split("\n#")[0]);
        Assert.Equal("Alerts__Webhook", Assert.Single(names));
        Write(names, Address);

        var webhook = Read($"{{ {example} }}").Alerts.Webhook!;

        Assert.Equal((Address, WebhookFormat.Ntfy), (webhook.Address.Reveal(), webhook.Format));
    }

    [Fact]
    public void EveryFileInCredentialsThatAPageNames_IsASetting()
    {
        var pages = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file)))
            .Append(Path.Combine(Repository.Root, "appsettings.json"));
        var names = pages.SelectMany(page => FindNames(File.ReadAllText(page))).Distinct().ToArray();
        Assert.True(names.Length >= 4, $"The pages name only {string.Join(", ", names)}.");
        Write(names, "postgresql://serge:secret@db.example/serge");

        var problems = Assert.Throws<SettingsException>(() => Read("{}")).Problems;

        Assert.DoesNotContain(problems, problem => problem.Contains("is not a setting", StringComparison.Ordinal));
    }

    private static string[] FindNames(string text) =>
        [.. FileInCredentials().Matches(text).Select(match => match.Groups["name"].Value).Distinct()];

    private void Write(IEnumerable<string> names, string content)
    {
        var folder = _home.CreateSubdirectory("credentials").FullName;
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(folder, name), $"{content}\n");
        }
    }

    private BotSettings Read(string json)
    {
        File.WriteAllText(Path.Combine(_home.FullName, "appsettings.json"), json);
        Dictionary<string, string?> overrides = new() { [Credentials.Variable] = "" };
        return SettingsReader.Read(_home.FullName, overrides).Settings;
    }

    [GeneratedRegex(@"(?<!\w)credentials/(?<name>\w+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex FileInCredentials();

    [GeneratedRegex(@"```json\n(?<json>[^`]*)```", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex JsonBox();
}
