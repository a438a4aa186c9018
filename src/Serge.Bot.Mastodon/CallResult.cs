using System.Net;

namespace Serge.Bot.Mastodon;

/// <summary>The result of a call. A closed set.</summary>
internal abstract record CallResult
{
    private CallResult() { }

    /// <summary>The server responded.</summary>
    /// <param name="Status">The HTTP status, which alone decides; texts are localised, absent or written by a
    /// proxy.</param>
    /// <param name="Description">One line for a person: the status and the server's message.</param>
    /// <param name="Body">The body of the response.</param>
    internal sealed record Response(HttpStatusCode Status, string Description, ReadOnlyMemory<byte> Body) : CallResult
    {
        /// <summary>The end of the rate limit, if one is exhausted.</summary>
        public DateTimeOffset? ResetTime { get; init; }

        /// <summary>The server's clock minus the client's clock; zero if the server sends no date.</summary>
        public TimeSpan ClockOffset { get; init; }

        public bool IsSuccess => (int)Status is >= 200 and < 300;

        /// <summary>Whether the server itself answered, not a proxy or a web site: JSON, or a success without
        /// body.</summary>
        public bool IsFromServer
        {
            get
            {
                if (IsSuccess)
                {
                    return Body.IsEmpty || JsonReader.Parse(Body.Span) is not null;
                }

                return MastodonErrors.IsFromServer(Status, Body.Span);
            }
        }

        /// <summary>Whether the server says that the resource does not exist.</summary>
        public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone && IsFromServer;

        /// <summary>snac's response to an unknown token (2.75 and 2.96). Mastodon's refusals always have a
        /// body.</summary>
        public bool IsRefusalWithoutBody => Status == HttpStatusCode.UnprocessableEntity && Body.IsEmpty;
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
