using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Serge.Bot.Tests.Telemetry;

/// <summary>Names and units of the metrics, approved by a person, because operators build dashboards on them.</summary>
public sealed class MetricNamesTests
{
    [Fact]
    public void Instruments_AreAsApproved()
    {
        SortedSet<string> lines = new(StringComparer.Ordinal);
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == DeliveryMetrics.Name)
                {
                    var kind = instrument.GetType().Name.Split('`')[0];
                    lines.Add($"{instrument.Name} ({kind}, {instrument.Unit}): {instrument.Description}");
                }
            },
        };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(DeliveryMetrics).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(BotMetrics).TypeHandle);

        Approved.Verify("metrics.approved.txt", string.Concat(lines.Select(line => $"{line}\n")));
    }
}
