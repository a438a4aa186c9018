using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>A failed post is reported to a webhook once, with a signature.</summary>
public sealed class WebhookAlertTests
{
    private const string Key = "0123456789abcdef-s1gning";

    [Fact]
    public async Task ARefusedPost_ReachesTheWebhookOnce_AfterA503AndOverARestart()
    {
        await using var stage = await Stage.OpenAsync();
        await using var receiver = await WebhookReceiver.StartAsync(failures: 1, stage.CancellationToken);
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
        (string, string?)[] settings =
        [
            .. await stage.OverdueScheduleAsync("morning", "quote"),
            ("Alerts:Webhook", $"{receiver.Address}/t0ken-of-the-address"),
            ("Alerts:WebhookSecret", Key),
            ("Alerts:MinInterval", "00:00:01"),
            ("Logging:LogLevel:Default", "Trace"),
            ("Health:Listen", "http://127.0.0.1:0"),
        ];
        using LogText log = new();
        var health = "";
        // The second run begins after the interval between alerts, so that an alert that is planned again would be
        // planned now.
        ManualClock later = new(TimeProvider.System.GetUtcNow().AddHours(1));
        foreach (var clock in (TimeProvider[])[TimeProvider.System, later])
        {
            await using var worker = await stage.StartWorkerAsync(clock, log, settings);
            await stage.WaitUntilSettledAsync(3);
            await worker.Services.GetRequiredService<AlertWorker>().PlanAlertsAsync(stage.CancellationToken);
            var ready = await worker.Services.GetRequiredService<HealthReader>().ReadyAsync(stage.CancellationToken);
            health += Encoding.UTF8.GetString(HealthJson.Of(ready));
        }

        Assert.Equal(
            ["morning discord Refused", "morning mastodon Sent", "serge:alert webhook Sent"],
            await stage.LedgerAsync()
        );
        Assert.Equal([503, 204], receiver.Received.Select(received => received.Status));
        var alert = receiver.Received[1];
        Assert.Equal(receiver.Received[0].Id, alert.Id);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{alert.Id}.{alert.Timestamp}."), .. alert.Body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), signed);
        Assert.Equal($"v1,{Convert.ToBase64String(signature)}", alert.Signature);
        var body = Encoding.UTF8.GetString(alert.Body);
        Assert.Contains("One post failed.", body, StringComparison.Ordinal);
        Assert.Contains("Missing Permissions", body, StringComparison.Ordinal);

        var (_, status) = await stage.RunCommandAsync("status", stage.Settings(settings));
        var (_, deliveries) = await stage.RunCommandAsync("deliveries", stage.Settings(settings));
        Assert.Contains("webhook", deliveries, StringComparison.Ordinal);
        var output = $"{log} {health} {status} {deliveries} {body}";
        Assert.DoesNotContain("t0ken-of-the-address", output, StringComparison.Ordinal);
        Assert.DoesNotContain("s1gning", output, StringComparison.Ordinal);
    }
}
