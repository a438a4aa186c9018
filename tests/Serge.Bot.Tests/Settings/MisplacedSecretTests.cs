namespace Serge.Bot.Tests.Settings;

/// <summary>A secret in the wrong setting: the error names the setting and does not show the secret.</summary>
public sealed class MisplacedSecretTests : IDisposable
{
    private const string DiscordToken = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GsEcRt.s3cretS3cretS3cretS3cretS3cretS3cretS3";
    private const string MastodonToken = "s3cretS3cret-S3cret_S3cretS3cretS3cretS3cre";
    private const string ConnectionString = "Host=db;Username=a;Password=s3cret";
    private const string DiscordWebhook = "https://discord.com/api/webhooks/1/s3cret";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-misplaced-");

    public void Dispose() => _home.Delete(recursive: true);

    public static TheoryData<string> FileKeys =>
        [
            "Alerts:WebhookFile",
            "Alerts:WebhookSecretFile",
            "Discord:TokenFile",
            "Ledger:PostgreSQLFile",
            "Mastodon:AccessTokenFile",
        ];

    [Theory]
    [MemberData(nameof(FileKeys))]
    public void Read_ASecretInPlaceOfTheNameOfAFile_StatesWhatToWriteAndDoesNotShowIt(string key)
    {
        string[] secrets =
        [
            DiscordToken,
            "MTIz.s3cret.TOKEN",
            MastodonToken,
            ConnectionString,
            "postgresql://ada:s3cret@db/serge",
            DiscordWebhook,
            "discord.com/api/webhooks/1/s3cret",
            "whsec_s3cret/S3cretS3cretS3cret+S3cretS3cret==",
            "/s3cret",
            "s3cret",
            $"s3cret{new string('x', 300)}",
        ];
        foreach (var secret in secrets)
        {
            var problem = Assert.Single(GetProblems(key, secret));

            Assert.Equal(
                $"{key} does not name a file that can be read. The value is not shown, because it may be a secret. "
                    + "Write the path of a file that contains only the secret, or write the secret to "
                    + $"{key[..^"File".Length]}.",
                problem
            );
        }
    }

    [Theory]
    [MemberData(nameof(FileKeys))]
    public void Read_APathWithoutAFile_ShowsThePath(string key)
    {
        _home.CreateSubdirectory("secrets");
        var absolute = Path.Combine(_home.FullName, "missing", "token");
        foreach (var path in (string[])["secrets/missing", "./missing", "../missing/token", absolute])
        {
            Assert.Equal([$"{key} = \"{path}\" cannot be read: it does not exist."], GetProblems(key, path));
        }
    }

    [Theory]
    [MemberData(nameof(FileKeys))]
    public void Read_AFolderInPlaceOfAFile_ShowsItsName(string key)
    {
        _home.CreateSubdirectory("secrets");

        var problem = Assert.Single(GetProblems(key, "secrets"));

        Assert.StartsWith($"{key} = \"secrets\" cannot be read: ", problem, StringComparison.Ordinal);
        Assert.EndsWith("is a folder, not a file.", problem, StringComparison.Ordinal);
    }

    /// <summary>Each row: a setting, a secret in it, and what is shown instead.</summary>
    [Theory]
    [InlineData("Alerts:Discord", DiscordWebhook, "https://discord.com/•••")]
    [InlineData("Alerts:Discord", "https://ntfy.sh/s3cret", "https://ntfy.sh/•••")]
    [InlineData("Alerts:Discord", "discord.com/api/webhooks/1/s3cret", "•••")]
    [InlineData("Alerts:Discord", MastodonToken, "•••")]
    [InlineData("Alerts:Mastodon", "https://ntfy.sh?auth=s3cret", "https://ntfy.sh?•••")]
    [InlineData("Discord:ApiAddress", DiscordToken, "•••")]
    [InlineData("Discord:Listen", DiscordWebhook, "https://discord.com/api/webhooks/•••")]
    [InlineData("Discord:PostsPerDay", DiscordToken, "•••")]
    [InlineData("Ledger:Path", DiscordWebhook, "https://discord.com/•••")]
    [InlineData("Mastodon:Address", MastodonToken, "•••")]
    [InlineData("Mastodon:Address", ConnectionString, "•••")]
    [InlineData("Mastodon:Address", "https://ada:s3cret@m.example", "https://•••@m.example")]
    [InlineData("Mastodon:Address", "https://m.example/?access_token=s3cret", "https://m.example/?•••")]
    [InlineData("Mastodon:Tags", DiscordWebhook, "https://discord.com/•••")]
    [InlineData("Mastodon:Visibility", "whsec_s3cretS3cretS3cretS3cret", "•••")]
    [InlineData("Site:Creator", MastodonToken, "•••")]
    [InlineData("TimeZone", DiscordToken, "•••")]
    public void Read_ASecretInAnotherSetting_IsNotShown(string key, string secret, string shown)
    {
        var problem = Assert.Single(GetProblems(key, secret));

        Assert.StartsWith($"{key} = \"{shown}\" is ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Tags")]
    [InlineData("RequiredTags")]
    public void Read_ASecretInPlaceOfATag_IsNotShown(string key)
    {
        var problem = Assert.Single(GetProblems($"Mastodon:{key}:0", DiscordWebhook));

        Assert.StartsWith(
            $"Mastodon:{key} has \"https://discord.com/•••\". Write a tag ",
            problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Describe_AWebhookInPlaceOfTheMastodonServer_DoesNotShowItsSecret()
    {
        AccountFailures failures = new(Some.Mastodon() with { Address = new Uri(DiscordWebhook) });

        var diagnostic = failures.Describe(new Result<MastodonInstance>.Refused(Refusal.Gone, "HTTP 404"));

        Assert.StartsWith(
            "Mastodon:Address = https://discord.com/api/webhooks/••• does not answer like a Mastodon server.",
            diagnostic.Message,
            StringComparison.Ordinal
        );
    }

    private IReadOnlyList<string> GetProblems(string key, string value)
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal) { [key] = value };
        return Assert.Throws<SettingsException>(() => SettingsReader.Read(_home.FullName, settings)).Problems;
    }
}
