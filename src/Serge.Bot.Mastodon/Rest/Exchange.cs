using System.Net;

namespace Serge.Bot.Mastodon.Rest;

/// <summary>What came of a call in the end. A closed set.</summary>
internal abstract record Exchange
{
    private Exchange() { }

    /// <summary>The server answered.</summary>
    /// <param name="Status">The only part of an answer that says what happened: texts are localised, absent or a proxy's.</param>
    /// <param name="Words">One line for a person: the status and what the server said with it.</param>
    /// <param name="Body">The answer itself.</param>
    internal sealed record Answered(HttpStatusCode Status, string Words, ReadOnlyMemory<byte> Body) : Exchange
    {
        /// <summary>When the server will listen again, if it asked to wait.</summary>
        public DateTimeOffset? ReopensAt { get; init; }

        /// <summary>How far the server's clock is ahead of ours; zero where it does not show its clock.</summary>
        public TimeSpan ClockLead { get; init; }

        public bool IsSuccess => (int)Status is >= 200 and < 300;

        public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

        /// <summary>How snac answers a token that it does not know (2.75 and 2.96). Mastodon never refuses without a word.</summary>
        public bool IsWordlessRefusal => Status == HttpStatusCode.UnprocessableEntity && Body.IsEmpty;
    }

    /// <summary>Certainly not executed: nothing was sent, or nothing arrived.</summary>
    /// <param name="Reason">One line for a person.</param>
    /// <param name="Until">Not before this moment, where a limit is the reason.</param>
    internal sealed record NotSent(string Reason, DateTimeOffset? Until = null) : Exchange;

    /// <summary>It may have been executed, but there is no answer.</summary>
    /// <param name="Reason">One line for a person.</param>
    internal sealed record Lost(string Reason) : Exchange;
}
