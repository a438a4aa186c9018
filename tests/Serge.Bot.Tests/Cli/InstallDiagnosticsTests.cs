namespace Serge.Bot.Tests.Cli;

/// <summary>The diagnostics of <c>serge doctor</c> about the installation settings of the app, and about options
/// without effect.</summary>
public sealed class InstallDiagnosticsTests
{
    private const DiscordPermissions All =
        DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages | DiscordPermissions.ReadMessageHistory;

    [Theory]
    [InlineData(null, null, null, null)] // missing in Discord's response
    [InlineData(true, true, 84992UL, null)]
    [InlineData(true, true, 8UL, null)] // administrator
    [InlineData(false, true, 84992UL, "to a server Error")]
    [InlineData(true, false, 84992UL, "to a member Note")]
    [InlineData(true, true, 1024UL, "install link Note")]
    [InlineData(true, true, null, "install link Note")]
    public void Run_NamesWhatIsMissing(bool? guild, bool? user, ulong? permissions, string? expected)
    {
        DiscordApplication application = new(42, "Serge")
        {
            AllowsGuildInstall = guild,
            AllowsUserInstall = user,
            InstallPermissions = (DiscordPermissions?)permissions,
        };

        var problems = InstallDiagnostics
            .Run(application, Invite.Needed)
            .Where(finding => finding.Status != DiagnosticStatus.Ok);

        Assert.Equal(
            expected is null ? [] : [expected],
            problems.Select(finding => $"{finding.What} {finding.Status}")
        );
    }

    /// <summary>Discord accepts an install link only if everyone may add the app.</summary>
    [Theory]
    [InlineData(null, 1)] // missing in Discord's response
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Run_WithoutAnInstallLink_RecommendsOneIfEveryoneMayAddTheApp(bool? isPublic, int notes)
    {
        DiscordApplication application = new(42, "Serge") { AllowsGuildInstall = true, IsPublic = isPublic };

        var found = InstallDiagnostics.Run(application, Invite.Needed);

        Assert.Equal(notes, found.Count(finding => finding.What == "install link"));
    }

    [Fact]
    public void Run_WithACustomLink_DoesNotJudgeIt() =>
        Assert.All(
            InstallDiagnostics.Run(
                new DiscordApplication(42, "Serge")
                {
                    AllowsGuildInstall = true,
                    CustomInstallUrl = "https://serge.example",
                },
                Invite.Needed
            ),
            finding => Assert.Equal(DiagnosticStatus.Ok, finding.Status)
        );

    [Theory]
    [InlineData(ChannelKind.Text, "discord:1", "", null)]
    [InlineData(ChannelKind.Forum, "discord:forum:1", "", null)]
    [InlineData(ChannelKind.Forum, "discord:1", "", "is a forum. Name it discord:forum:1.")]
    [InlineData(ChannelKind.Text, "discord:forum:1", "", "is not a forum. Name it discord:1.")]
    [InlineData(ChannelKind.Text, "discord:1", "crosspost", "is not an announcement channel")]
    [InlineData(ChannelKind.Thread, "discord:1", "", null)]
    [InlineData(ChannelKind.Thread, "discord:1", "thread", "has no threads under messages")]
    [InlineData(ChannelKind.Other, "discord:1", "thread", "has no threads under messages")]
    [InlineData(ChannelKind.Text, "discord:1", "thread", "lacks Create Public Threads")]
    [InlineData(ChannelKind.Text, "discord:1", "picture", "lacks Attach Files, so posts have no Picture.")]
    [InlineData(ChannelKind.Text, "discord:1", "7", null)]
    [InlineData(ChannelKind.Text, "discord:1", "8", "mentions role 8, which notifies nobody")]
    [InlineData(ChannelKind.Text, "discord:1", "9", "has no role 9 to mention")]
    public void Find_NamesEachOptionWithoutEffect(ChannelKind kind, string to, string option, string? expected)
    {
        ChannelAccess access = new(new GuildId(100), "books", true, All) { Kind = kind };
        PostOptions options = new()
        {
            Picture = option == "picture",
            Thread = option == "thread",
            Crosspost = option == "crosspost",
            Mention = option.Length == 1 ? option : null,
        };
        DiscordRole[] roles = [new(7, IsMentionable: true), new(8, IsMentionable: false)];

        var problems = OptionDiagnostics.Find(access, Destinations.TryParse(to)!.Value, options, roles).ToArray();

        Assert.Equal(expected is null ? 0 : 1, problems.Length);
        Assert.StartsWith(expected ?? "", problems.FirstOrDefault()?.Message ?? "", StringComparison.Ordinal);
    }
}
