using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Serge.Bot.Tests.Health;

/// <summary><c>docs/health.md</c> describes every field and every metric.</summary>
public sealed class HealthPageTests
{
    private static readonly string Page = Repository.ReadPage("health.md");

    [Fact]
    public void EveryFieldOfTheReport_IsInTheExampleOrTheTable()
    {
        Type[] parts = [typeof(ReadyReport), typeof(PlatformHealth), typeof(CatalogueHealth), typeof(LedgerHealth)];

        Assert.All(
            parts.SelectMany(part => part.GetProperties()),
            field =>
                Assert.Contains(
                    $"\"{JsonNamingPolicy.CamelCase.ConvertName(field.Name)}\":",
                    Page,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void EveryMetric_IsInTheTable()
    {
        List<string> names = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == DeliveryMetrics.Name)
            {
                names.Add(instrument.Name);
            }
        };
        BotMetrics.RecordReload(isAccepted: true);
        listener.Start();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));
    }
}
