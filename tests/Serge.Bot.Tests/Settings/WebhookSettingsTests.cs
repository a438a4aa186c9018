using System.Text;

namespace Serge.Bot.Tests.Settings;

/// <summary>The settings <c>Alerts:Webhook…</c>.</summary>
public sealed class WebhookSettingsTests : IDisposable
{
    private const string Address = "https://hooks.example/api/t0ken-of-the-address?auth=s3cret";
    private const string Key = "0123456789abcdef-s1gning";

    private readonly TestCatalogue _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("https://hooks.example/a")]
    [InlineData("https://discord.com/api/webhooks/1/token?thread_id=2")]
    [InlineData("http://127.0.0.1:8000/alerts")]
    [InlineData("http://localhost/alerts")]
    [InlineData("http://[::1]:8000/")]
    public void Read_AnAddress_IsKeptAsItIs(string address) =>
        Assert.Equal(address, Read(("Alerts:Webhook", address))!.Address.Reveal());

    [Theory]
    [InlineData("hooks.example/s3cret", "is not an address")]
    [InlineData("ftp://hooks.example/s3cret", "is not an address")]
    [InlineData("http://hooks.example/s3cret", "is an address with http. Write one with https")]
    [InlineData("http://192.168.0.1/s3cret", "is an address with http")]
    [InlineData("https://ada:s3cret@hooks.example/", "contains a user name or a fragment")]
    [InlineData("https://hooks.example/#s3cret", "contains a user name or a fragment")]
    [InlineData("https://hooks.example/s3crét", "contains the character U+00E9")]
    public void Read_AnInvalidAddress_IsReportedWithoutIt(string address, string expected)
    {
        var problem = Assert.Single(GetProblems(("Alerts:Webhook", address)));

        Assert.StartsWith($"Alerts:Webhook {expected}", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnUnknownFormat_ListsThoseAllowed() =>
        Assert.Equal(
            ["Alerts:WebhookFormat = \"slack\" is invalid. Allowed: json, ntfy, discord."],
            GetProblems(("Alerts:Webhook", Address), ("Alerts:WebhookFormat", "slack"))
        );

    [Theory]
    [InlineData("Alerts:WebhookFormat", "ntfy")]
    [InlineData("Alerts:WebhookSecret", Key)]
    public void Read_WithoutTheAddress_IsReported(string key, string value) =>
        Assert.StartsWith(
            "Alerts:Webhook is missing",
            Assert.Single(GetProblems((key, value))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("json", "too-short", "is shorter than 16 bytes")]
    [InlineData("json", "whsec_dG9vIHNob3J0", "is shorter than 16 bytes")]
    [InlineData("json", "whsec_***not-base64***", "begins with whsec_, but the rest is not Base64")]
    [InlineData("ntfy", Key, "signs alerts of the format json only")]
    [InlineData("discord", Key, "signs alerts of the format json only")]
    public void Read_AnUnusableSecret_IsReportedWithoutIt(string format, string secret, string expected)
    {
        var problem = Assert.Single(
            GetProblems(("Alerts:Webhook", Address), ("Alerts:WebhookFormat", format), ("Alerts:WebhookSecret", secret))
        );

        Assert.StartsWith($"Alerts:WebhookSecret {expected}", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SecretsInFiles_AreTheirContents()
    {
        File.WriteAllText(Path.Combine(_home.Home, "address"), $"{Address}\n");
        File.WriteAllText(Path.Combine(_home.Home, "key"), "whsec_MDEyMzQ1Njc4OWFiY2RlZg==\n");

        var settings = Read(("Alerts:WebhookFile", "address"), ("Alerts:WebhookSecretFile", "key"))!;

        Assert.Equal(Address, settings.Address.Reveal());
        Assert.Equal("0123456789abcdef", Encoding.UTF8.GetString(settings.GetSigningKey()!));
    }

    [Fact]
    public void ToString_OfAllSettings_ContainsNeitherAddressNorSecret()
    {
        var settings = ReadAll(("Alerts:Webhook", Address), ("Alerts:WebhookSecret", Key));

        var text = $"{settings} {settings.Alerts} {settings.Alerts.Webhook} {settings.Alerts.Webhook!.Describe()}";

        Assert.DoesNotContain("t0ken", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s1gning", text, StringComparison.Ordinal);
        Assert.EndsWith("a webhook at hooks.example (signed JSON)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AScheduleToTheWebhook_IsRejected() =>
        Assert.Contains(
            "\"webhook\"",
            Assert.Single(
                GetProblems(
                    ("Alerts:Webhook", Address),
                    ("Schedules:m:Cron", "0 9 * * *"),
                    ("Schedules:m:Content", "quote"),
                    ("Schedules:m:To:0", "webhook")
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void HasCredentials_OfTheWebhook_DependsOnItsAddressOnly()
    {
        Assert.True(ReadAll(("Alerts:Webhook", Address)).HasCredentials(Destinations.Webhook));
        Assert.False(ReadAll(("Discord:Token", "t")).HasCredentials(Destinations.Webhook));
    }

    private WebhookSettings? Read(params (string Key, string? Value)[] values) => ReadAll(values).Alerts.Webhook;

    private BotSettings ReadAll(params (string Key, string? Value)[] values) =>
        SettingsReader.Read(_home.Home, values.ToDictionary(pair => pair.Key, pair => pair.Value)).Settings;

    private IReadOnlyList<string> GetProblems(params (string Key, string? Value)[] values) =>
        Assert.Throws<SettingsException>(() => ReadAll(values)).Problems;
}
