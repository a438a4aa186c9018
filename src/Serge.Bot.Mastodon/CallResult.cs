namespace Serge.Bot.Mastodon;

/// <summary>The result of a call. A closed set.</summary>
internal abstract record CallResult
{
    private CallResult() { }

    /// <summary>The response; <see langword="null"/> without one.</summary>
    public virtual MastodonResponse? Response => null;

    /// <summary>The server responded.</summary>
    internal sealed record Answered(MastodonResponse Answer) : CallResult
    {
        public override MastodonResponse Response => Answer;
    }

    /// <summary>Certainly not executed: a rate limit asks for a wait.</summary>
    /// <param name="Until">The earliest time of the next attempt.</param>
    /// <param name="Reason">One line for a person.</param>
    internal sealed record RateLimited(DateTimeOffset Until, string Reason) : CallResult;

    /// <summary>Certainly not executed: nothing was sent.</summary>
    /// <param name="Reason">One line for a person.</param>
    internal sealed record NotSent(string Reason) : CallResult;

    /// <summary>May have been executed; the response was lost.</summary>
    /// <param name="Reason">One line for a person.</param>
    internal sealed record Lost(string Reason) : CallResult;
}
