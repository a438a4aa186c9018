using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serge.Bot.Tests.Telemetry;

/// <summary>The measurements and spans of this thread; other tests use the same meter at the same time.</summary>
internal sealed class Recorded : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans;

    public Recorded()
    {
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == DeliveryMetrics.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, $"{value}", tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, $"{value}", tags));
        _meters.Start();
        _spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == DeliveryMetrics.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (Environment.CurrentManagedThreadId == _thread)
                {
                    Spans.Add($"{span.DisplayName} {span.Kind} {span.Status}: {Text(span.TagObjects)}");
                }
            },
        };
        ActivitySource.AddActivityListener(_spans);
    }

    /// <summary>One line per measurement: the instrument, the value and the attributes.</summary>
    public List<string> Measurements { get; } = [];

    /// <summary>One line per ended span: name, kind, status and attributes.</summary>
    public List<string> Spans { get; } = [];

    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }

    private void Add(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            Measurements.Add($"{instrument.Name} {value} {instrument.Unit}: {Text([.. tags])}");
        }
    }

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
