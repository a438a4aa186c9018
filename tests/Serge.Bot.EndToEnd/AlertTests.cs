using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>A failed post is reported to an operator once, on either platform.</summary>
public sealed class AlertTests
{
    [Fact]
    public async Task ARefusedPost_IsReportedToTheOperatorsChannelAndAccount_OnceOverARestart()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.AddAccount("ada", "Ada", bot: false);
        var channel = stage.Discord.AddChannel(stage.Channel.Guild!, "bot-alerts");
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        (string, string?)[] settings =
        [
            .. schedule,
            ("Alerts:Discord", channel.Id.Value.ToString(CultureInfo.InvariantCulture)),
            ("Alerts:Mastodon", "ada"),
            ("Alerts:MinInterval", "00:00:01"),
        ];
        stage.World.Faults.Add(
            new RequestFault
            {
                Method = "POST",
                Path = string.Create(
                    CultureInfo.InvariantCulture,
                    $"/discord/api/v10/channels/{stage.Channel.Id}/messages"
                ),
                Effect = new RequestEffect.Respond(403, """{"message": "Missing Permissions", "code": 50013}"""),
            }
        );

        using var watch = stage.World.Watch();
        await using (await stage.StartWorkerAsync(TimeProvider.System, settings))
        {
            await stage.WaitUntilAsync(
                watch,
                () =>
                    stage.Discord.GetMessages(channel).Count > 0
                    && stage.Mastodon.Statuses.Any(status => status.Visibility == "direct")
            );
            await stage.WaitUntilSettledAsync(4);
        }

        // After the interval between alerts, so that an alert that is planned again would be planned now.
        ManualClock later = new(TimeProvider.System.GetUtcNow().AddHours(1));
        await using (var second = await stage.StartWorkerAsync(later, settings))
        {
            await second.Services.GetRequiredService<AlertWorker>().PlanAlertsAsync(stage.CancellationToken);
            await stage.WaitUntilSettledAsync(4);
        }

        var alert = Assert.Single(stage.Discord.GetMessages(channel)).Content;
        Assert.StartsWith("One post failed.", alert, StringComparison.Ordinal);
        Assert.Contains("Missing Permissions", alert, StringComparison.Ordinal);
        Assert.DoesNotContain(Stage.DiscordToken, alert, StringComparison.Ordinal);
        var direct = Assert.Single(stage.Mastodon.Statuses, status => status.Visibility == "direct");
        Assert.StartsWith("@ada One post failed.", direct.Text, StringComparison.Ordinal);
        Assert.Equal(["ada"], direct.Mentions.Select(mentioned => mentioned.Username));
        Assert.Equal(
            [
                "morning discord Refused",
                "morning mastodon Sent",
                "serge:alert discord Sent",
                "serge:alert mastodon Sent",
            ],
            await stage.LedgerAsync()
        );
    }

    [Fact]
    public async Task AResetToken_WhileTheBotRuns_IsReportedToTheOperatorsAccount()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.AddAccount("ada", "Ada", bot: false);
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, ("Alerts:Mastodon", "ada"));
        stage.Discord.ResetToken(stage.Application);

        // The worker has checked the token at its start, and checks it again later. The ledger plans the alert once.
        using var alerts = worker.Create<AlertWorker>();
        await alerts.PlanAlertsAsync(stage.CancellationToken);
        await stage.WaitUntilSettledAsync(1);

        var alert = Assert.Single(await stage.PostsAsync());
        Assert.Equal(["token:discord"], alert.Items);
        var direct = Assert.Single(stage.Mastodon.Statuses);
        Assert.StartsWith("@ada Discord rejects the bot’s token", direct.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMention_ReachesTheOperatorsChannel_OnceOverARestart()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.AddToken(Stage.MastodonToken, stage.Account, "read", "write");
        var ada = stage.Mastodon.AddAccount("ada", "Ada", bot: false);
        var channel = stage.Discord.AddChannel(stage.Channel.Guild!, "bot-alerts");
        (string, string?)[] settings =
        [
            ("Alerts:Discord", channel.Id.Value.ToString(CultureInfo.InvariantCulture)),
            ("Mastodon:ForwardMentions", "true"),
        ];
        stage.Mastodon.Post(ada, "@serge an old mention");
        using var watch = stage.World.Watch();
        await using (var first = await stage.StartWorkerAsync(TimeProvider.System, settings))
        {
            var ledger = first.Services.GetRequiredService<ILedger>();
            await stage.WaitUntilAsync(async () =>
                (await ledger.GetMarksAsync(stage.CancellationToken)).ContainsKey("serge:mentions")
            );
        }

        stage.Mastodon.Post(ada, "@serge the year is wrong");
        await using (await stage.StartWorkerAsync(TimeProvider.System, settings))
        {
            await stage.WaitUntilAsync(watch, () => stage.Discord.GetMessages(channel).Count > 0);
            await stage.WaitUntilSettledAsync(1);
        }

        // After the interval between digests, so that a mention that is forwarded again would be forwarded now.
        ManualClock later = new(TimeProvider.System.GetUtcNow().AddHours(2));
        await using (var second = await stage.StartWorkerAsync(later, settings))
        {
            await second.Services.GetRequiredService<MentionForwarder>().ForwardAsync(stage.CancellationToken);
        }

        Assert.Single(await stage.LedgerAsync());
        var alert = Assert.Single(stage.Discord.GetMessages(channel)).Content;
        Assert.StartsWith(
            "The Mastodon account was mentioned.\nada: (at)serge the year is wrong <http",
            alert,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task AMentionWhileForwardingWasOff_DoesNotReachTheOperator()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.AddToken(Stage.MastodonToken, stage.Account, "read", "write");
        var ada = stage.Mastodon.AddAccount("ada", "Ada", bot: false);
        var channel = stage.Discord.AddChannel(stage.Channel.Guild!, "bot-alerts");
        (string, string?)[] off = [("Alerts:Discord", channel.Id.Value.ToString(CultureInfo.InvariantCulture))];
        (string, string?)[] on = [.. off, ("Mastodon:ForwardMentions", "true")];
        await RunUntilPositionAsync(stage, isStored: true, on);
        await RunUntilPositionAsync(stage, isStored: false, off);
        stage.Mastodon.Post(ada, "@serge while it was off");
        await RunUntilPositionAsync(stage, isStored: true, on);
        stage.Mastodon.Post(ada, "@serge the year is wrong");
        using var watch = stage.World.Watch();
        await using (await stage.StartWorkerAsync(TimeProvider.System, on))
        {
            await stage.WaitUntilAsync(watch, () => stage.Discord.GetMessages(channel).Count > 0);
            await stage.WaitUntilSettledAsync(1);
        }

        var alert = Assert.Single(stage.Discord.GetMessages(channel)).Content;
        Assert.StartsWith(
            "The Mastodon account was mentioned.\nada: (at)serge the year is wrong <http",
            alert,
            StringComparison.Ordinal
        );
    }

    /// <summary>Runs a worker until the ledger holds the id of the last read notification, or no longer holds
    /// one.</summary>
    private static async Task RunUntilPositionAsync(Stage stage, bool isStored, (string, string?)[] settings)
    {
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, settings);
        var ledger = worker.Services.GetRequiredService<ILedger>();
        await stage.WaitUntilAsync(async () =>
        {
            var marks = await ledger.GetMarksAsync(stage.CancellationToken);
            var timing = marks.GetValueOrDefault("serge:mentions")?.Timing;
            return string.IsNullOrEmpty(timing) != isStored;
        });
    }

    [Fact]
    public async Task AnAlertThatIsRefused_LeadsToNoOther()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        stage.World.Faults.Add(
            new RequestFault
            {
                Method = "POST",
                Path = "/discord/api/v10/channels/*/messages",
                Times = 100,
                Effect = new RequestEffect.Respond(403, """{"message": "Missing Permissions", "code": 50013}"""),
            }
        );
        (string, string?)[] settings =
        [
            .. schedule,
            ("Logging:LogLevel:Default", "None"),
            ("Alerts:Discord", stage.Channel.Id.ToString()),
            ("Alerts:MinInterval", "00:00:01"),
        ];
        await using (await stage.StartWorkerAsync(TimeProvider.System, settings))
        {
            await stage.WaitUntilAsync(async () => (await stage.LedgerAsync()).Contains("serge:alert discord Refused"));
        }

        // A second worker, which is not started: the test requests its alerts, each time long after the previous one.
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var second = await WorkerHost.BuildAsync(
            new WorkerOptions
            {
                Home = stage.Home,
                CreatesLedger = true,
                Overrides = stage.Settings(settings),
                Clocks = new Clocks(clock, TimeProvider.System),
            },
            stage.CancellationToken
        );
        for (var hour = 1; hour <= 3; hour++)
        {
            clock.MoveTo(clock.GetUtcNow().AddHours(1));
            await second.Services.GetRequiredService<AlertWorker>().PlanAlertsAsync(stage.CancellationToken);
        }

        Assert.Single(await stage.LedgerAsync(), line => line.StartsWith("serge:alert", StringComparison.Ordinal));
    }
}
