namespace Serge.Bot.Mastodon.Rest;

/// <summary>One call with all its attempts, and what is known of its fate when an attempt ends without an answer.</summary>
internal sealed class Call(HttpMethod method, DateTimeOffset deadline)
{
    private static readonly HttpRequestOptionsKey<Call> Key = new("Serge.Bot.Mastodon.Call");

    public HttpMethod Method { get; } = method;

    /// <summary>When the caller's patience ends. No wait is begun that would last longer.</summary>
    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>Bytes of some attempt may have left, and nothing says that it was not executed.</summary>
    public bool MayHaveExecuted { get; set; }

    /// <summary>A second execution does no harm: everything but a new post.</summary>
    public bool IsIdempotent => Method != HttpMethod.Post;

    public static Call Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var call)
            ? call
            : throw new InvalidOperationException("The request belongs to no call.");

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(Key, this);
}
