namespace Serge.Bot.Discord.Rest;

/// <summary>The result of a call. A closed set.</summary>
internal abstract record RestResult
{
    private RestResult() { }

    /// <summary>Discord executed the call.</summary>
    /// <param name="Body">JSON or empty.</param>
    /// <param name="ClockOffset">See <see cref="ServerClock.GetOffset"/>.</param>
    public sealed record Success(byte[] Body, TimeSpan? ClockOffset) : RestResult;

    /// <summary>Discord refused the call, or failed.</summary>
    /// <param name="Status">The HTTP status, 300 to 599.</param>
    /// <param name="Code">Discord's code, 0 if the error has none; <see langword="null"/> if the response is not in
    /// Discord's form and so comes from a proxy.</param>
    /// <param name="Message">Discord's message as one line.</param>
    /// <param name="AfterUncertainAttempt">An earlier attempt of the call may have been executed.</param>
    public sealed record Error(int Status, int? Code, string Message, bool AfterUncertainAttempt = false) : RestResult;

    /// <summary>Certainly not executed: a rate limit asks for a wait.</summary>
    public sealed record RateLimited(DateTimeOffset Until, string Reason) : RestResult;

    /// <summary>Certainly not executed: it was not sent.</summary>
    public sealed record NotSent(string Reason) : RestResult;

    /// <summary>It was sent, and the response was lost.</summary>
    public sealed record Lost(string Reason) : RestResult;
}
