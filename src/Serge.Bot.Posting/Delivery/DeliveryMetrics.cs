using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Metrics and spans of delivery. <c>docs/health.md</c> lists them.</summary>
public static class DeliveryMetrics
{
    /// <summary>Name of the meter and of the activity source; the program uses the same for its own.</summary>
    public const string Name = "Serge.Bot";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Posts = Meter.CreateCounter<long>(
        "serge.posts",
        "{post}",
        "State changes of posts, by platform and new state."
    );

    private static readonly Histogram<double> Delays = Meter.CreateHistogram<double>(
        "serge.post.delay",
        "s",
        "Time from the due time of a post until it was sent."
    );

    /// <summary>Source of the spans <c>send</c> and <c>lookup</c>.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    /// <param name="after">The post in its new state.</param>
    /// <param name="scheduleNow">The current time.</param>
    public static void RecordState(Post after, DateTimeOffset scheduleNow)
    {
        var platform = GetPlatform(after.Destination);
        var state = GetName(after.State);
        Posts.Add(1, platform, new("serge.post.state", state));
        if (after.State == PostState.Sent)
        {
            Delays.Record((scheduleNow - after.Occurrence).TotalSeconds, platform);
        }
    }

    /// <summary>Starts a span for a step of a post.</summary>
    public static Activity? StartSpan(string name, Post post) =>
        Spans.StartActivity(
            name,
            ActivityKind.Client,
            parentContext: default,
            [GetPlatform(post.Destination), new("serge.post.key", post.Key)]
        );

    /// <summary>Ends a span with the new state of the post.</summary>
    public static void SetState(Activity? span, PostState state) => span?.SetTag("serge.post.state", GetName(state));

    private static KeyValuePair<string, object?> GetPlatform(Destination destination) =>
        new("serge.platform", destination.Platform);

    private static string GetName(PostState state) => state.ToString().ToLowerInvariant();
}
