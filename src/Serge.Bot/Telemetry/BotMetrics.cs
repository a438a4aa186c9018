using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serge.Bot.Telemetry;

/// <summary>What is counted. The names are a promise, told in <c>docs/health.md</c>; nothing here says whose server, channel or name it is.</summary>
internal static class BotMetrics
{
    /// <summary>Of the meter, and of the source of spans.</summary>
    public const string Name = "Serge.Bot";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Posts = Meter.CreateCounter<long>(
        "serge.posts",
        "{step}",
        "Steps that posts took, by the state they led to; planned means that it is tried again."
    );
    private static readonly Histogram<double> Delays = Meter.CreateHistogram<double>(
        "serge.post.delay",
        "s",
        "From the moment a post was due until it was out."
    );
    private static readonly Histogram<double> Answers = Meter.CreateHistogram<double>(
        "serge.interaction.duration",
        "s",
        "From the moment an interaction came in until Discord had the whole answer."
    );
    private static readonly Counter<long> Connections = Meter.CreateCounter<long>(
        "serge.discord.connections",
        "{change}",
        "Changes of the connection to Discord."
    );
    private static readonly Counter<long> Reloads = Meter.CreateCounter<long>(
        "serge.catalogue.reloads",
        "{reload}",
        "Times that changed quote files were read: served, or refused for their errors."
    );

    /// <summary>What spans are made of. Nobody listens unless telemetry is exported, and then it costs nothing.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    /// <summary>A post took a step.</summary>
    /// <param name="after">As it is now.</param>
    /// <param name="calendarNow">Now.</param>
    public static void Moved(Post after, DateTimeOffset calendarNow)
    {
        var platform = Platform(after.Destination);
        Posts.Add(1, platform, new("serge.post.state", Lower(after.State)));
        if (after.State == PostState.Sent)
        {
            Delays.Record((calendarNow - after.Occurrence).TotalSeconds, platform);
        }
    }

    /// <summary>An interaction came to its end.</summary>
    public static void Answered(TimeSpan took, in TagList tags) => Answers.Record(took.TotalSeconds, tags);

    /// <summary>The connection to Discord changed.</summary>
    /// <param name="change"><c>new</c>, <c>resumed</c>, <c>lost</c>, or <c>refused</c> for good.</param>
    public static void ConnectionChanged(string change) =>
        Connections.Add(1, new KeyValuePair<string, object?>("serge.discord.change", change));

    /// <summary>Quote files that had changed were read.</summary>
    public static void Reloaded(bool isServed) =>
        Reloads.Add(1, new KeyValuePair<string, object?>("serge.catalogue.result", isServed ? "served" : "refused"));

    /// <summary>The platform of a destination, which alone would say which channel.</summary>
    public static KeyValuePair<string, object?> Platform(Destination destination) =>
        new("serge.platform", destination.Channel is null ? "mastodon" : "discord");

    /// <summary>A state as the ledger writes it.</summary>
    public static string Lower(PostState state) => state.ToString().ToLowerInvariant();
}
