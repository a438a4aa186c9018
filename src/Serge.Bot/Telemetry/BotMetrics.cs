using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serge.Bot.Telemetry;

/// <summary>Metrics and spans of interactions, connections and quote files. <c>docs/health.md</c> lists them; their
/// names do not change. No value identifies a server, channel or member.</summary>
internal static class BotMetrics
{
    private static readonly Meter Meter = new(DeliveryMetrics.Name);

    private static readonly Histogram<double> Answers = Meter.CreateHistogram<double>(
        "serge.interaction.duration",
        "s",
        "Time from the arrival of an interaction until Discord had the complete answer."
    );

    private static readonly Counter<long> Connections = Meter.CreateCounter<long>(
        "serge.discord.connections",
        "{change}",
        "Changes of the connection to Discord."
    );

    private static readonly Counter<long> Reloads = Meter.CreateCounter<long>(
        "serge.catalogue.reloads",
        "{reload}",
        "Reloads of changed quote files: accepted, or rejected because of errors."
    );

    /// <summary>Source of the spans of interactions.</summary>
    public static ActivitySource Spans => DeliveryMetrics.Spans;

    public static void RecordAnswer(TimeSpan duration, in TagList tags) => Answers.Record(duration.TotalSeconds, tags);

    /// <param name="change"><c>new</c>, <c>resumed</c>, <c>lost</c>, or <c>refused</c> permanently.</param>
    public static void RecordConnection(string change)
    {
        KeyValuePair<string, object?> tag = new("serge.discord.change", change);
        Connections.Add(1, tag);
    }

    public static void RecordReload(bool isAccepted)
    {
        var result = isAccepted ? "accepted" : "rejected";
        KeyValuePair<string, object?> tag = new("serge.catalogue.result", result);
        Reloads.Add(1, tag);
    }
}
