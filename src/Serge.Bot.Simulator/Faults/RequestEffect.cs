namespace Serge.Bot.Simulator.Faults;

/// <summary>The effect of a <see cref="RequestFault"/>. A closed set.</summary>
public abstract record RequestEffect
{
    private RequestEffect() { }

    /// <summary>Responds without handling the request.</summary>
    /// <param name="Status">The HTTP status, such as 401, 500 or 503.</param>
    /// <param name="Body">The body; <see langword="null"/> for the one that the platform sends with that
    /// status.</param>
    public sealed record Respond(int Status, string? Body = null) : RequestEffect;

    /// <summary>Responds with 429 in the platform's own form, without handling the request.</summary>
    /// <param name="RetryAfter">How long the bot must wait.</param>
    /// <param name="Scope">On Discord: the scope of the limit.</param>
    public sealed record RateLimit(TimeSpan RetryAfter, LimitScope Scope = LimitScope.User) : RequestEffect;

    /// <summary>Handles the request, then aborts the connection instead of responding.</summary>
    public sealed record LoseResponse : RequestEffect;

    /// <summary>Aborts the connection without handling the request.</summary>
    public sealed record Drop : RequestEffect;

    /// <summary>Delays the request or its response.</summary>
    /// <param name="Wait">The delay on the world's clock.</param>
    /// <param name="AfterHandling">Whether to delay the response instead of the request. Default the request.</param>
    public sealed record Delay(TimeSpan Wait, bool AfterHandling = false) : RequestEffect;

    /// <summary>Handles the request, then responds with 200 and a proxy's HTML page instead of JSON.</summary>
    public sealed record HtmlPage : RequestEffect;

    /// <summary>Handles the request, then responds with the right status and no body.</summary>
    public sealed record EmptyBody : RequestEffect;
}

/// <summary>The scope of a rate limit of Discord: the header <c>X-RateLimit-Scope</c>.</summary>
public enum LimitScope
{
    /// <summary>The bot's own limit on one route.</summary>
    User,

    /// <summary>The bot's own limit over all routes.</summary>
    Global,

    /// <summary>The resource's limit, shared with other bots; not counted as an invalid request.</summary>
    Shared,
}
