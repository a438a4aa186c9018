namespace Serge.Bot.Mastodon;

/// <summary>A call with all its attempts.</summary>
/// <param name="method">The method.</param>
/// <param name="isIdempotent">See <see cref="IsIdempotent"/>.</param>
/// <param name="deadline">See <see cref="Deadline"/>.</param>
internal sealed class MastodonCall(HttpMethod method, bool isIdempotent, DateTimeOffset deadline)
{
    private static readonly HttpRequestOptionsKey<MastodonCall> Key = new("Serge.Bot.Mastodon.Call");

    public HttpMethod Method { get; } = method;

    /// <summary>The end of the call's timeout. No wait starts that would last longer.</summary>
    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>Whether an attempt may have been sent, and no response refused it.</summary>
    public bool MayHaveExecuted { get; set; }

    /// <summary>The end of the rate limit that refused the latest attempt, if one did.</summary>
    public DateTimeOffset? ResetTime { get; set; }

    /// <summary>Whether a second execution does no harm: every call but a new post.</summary>
    public bool IsIdempotent { get; } = isIdempotent;

    public static MastodonCall FromRequest(HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(Key, out var call))
        {
            return call;
        }

        throw new InvalidOperationException("The request has no call.");
    }

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(Key, this);
}
