using System.Net;
using System.Text.Json;

namespace Serge.Bot.Platforms;

/// <summary>A response of a server with the Mastodon API, or of something between the bot and the server.</summary>
/// <param name="Status">The HTTP status, which alone decides; texts are localised, absent or written by a
/// proxy.</param>
/// <param name="Description">One line for a person: the status and the server's message.</param>
/// <param name="Body">The body of the response.</param>
public sealed record MastodonResponse(HttpStatusCode Status, string Description, ReadOnlyMemory<byte> Body)
{
    /// <summary>The end of the rate limit, if one is exhausted.</summary>
    public DateTimeOffset? ResetTime { get; init; }

    /// <summary>The server's clock minus the client's clock; zero if the server sends no date.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Whether the status is 200 to 299.</summary>
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

    /// <summary>The outcome of a write.</summary>
    public SendOutcome ToOutcome()
    {
        if (!IsSuccess)
        {
            return MastodonErrors.ToOutcome(Status, Description, Body.Span, ResetTime);
        }

        if (MastodonReaders.ReadSent(JsonReader.Parse(Body.Span)) is { } sent)
        {
            return sent;
        }

        return new SendOutcome.Unknown(DescribeInvalid());
    }

    /// <summary>The result of a read.</summary>
    /// <param name="read">Reads the body; <see langword="null"/> if it is not valid.</param>
    public Result<T> ToResult<T>(Func<JsonElement?, T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!IsSuccess)
        {
            return MastodonErrors.ToResult<T>(Status, Description, Body.Span);
        }

        if (JsonReader.Parse(Body.Span) is not { } json)
        {
            return new Result<T>.Unavailable(DescribeInvalid());
        }

        if (read(json) is { } value)
        {
            return value;
        }

        return new Result<T>.Refused(Refusal.Gone, DescribeInvalid());
    }

    private string DescribeInvalid() => MastodonErrors.DescribeInvalidResponse(Description, Body.Span);
}
