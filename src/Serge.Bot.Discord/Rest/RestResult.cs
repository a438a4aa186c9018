namespace Serge.Bot.Discord.Rest;

/// <summary>How a call ended. A closed set.</summary>
internal abstract record RestResult
{
    private RestResult() { }

    /// <summary>Discord did it.</summary>
    /// <param name="Body">The answer, JSON or empty.</param>
    /// <param name="ServerTime">When, on Discord's clock, to the second; if it said so.</param>
    public sealed record Done(byte[] Body, DateTimeOffset? ServerTime) : RestResult;

    /// <summary>Discord answered with an error.</summary>
    /// <param name="Status">The HTTP status, 300 to 599.</param>
    /// <param name="Code">Discord's own code, 0 if it gave none; <see langword="null"/> if the answer is not in Discord's form, and so that of
    /// somebody on the way.</param>
    /// <param name="Message">Discord's words, made fit for a log line.</param>
    /// <param name="AfterDoubt">An earlier attempt of the same call may have been executed.</param>
    public sealed record Error(int Status, int? Code, string Message, bool AfterDoubt = false) : RestResult;

    /// <summary>Certainly not executed: limits ask to wait.</summary>
    public sealed record Later(DateTimeOffset Until, string Reason) : RestResult;

    /// <summary>Certainly not executed: it never went out.</summary>
    public sealed record NotSent(string Reason) : RestResult;

    /// <summary>It went out, and the answer was lost.</summary>
    public sealed record Lost(string Reason) : RestResult;
}
