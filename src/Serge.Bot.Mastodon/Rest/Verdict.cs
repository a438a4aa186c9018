using System.Net;
using System.Text.Json;
using Serge.Bot.Mastodon.Model;

namespace Serge.Bot.Mastodon.Rest;

/// <summary>What the end of a call means to the caller: pure functions, one table for writes and one for reads.</summary>
/// <remarks>Sources: Mastodon docs, methods/statuses; recorded answers of GoToSocial 0.20, snac 2.75 and Hollo 0.10.</remarks>
internal static class Verdict
{
    public const string BadToken = "The server does not accept the access token";

    public static SendOutcome OfWrite(Exchange exchange) =>
        exchange switch
        {
            Exchange.NotSent { Until: { } until } limited => new SendOutcome.RetryAfter(until, limited.Reason),
            Exchange.NotSent unsent => new SendOutcome.Unavailable(unsent.Reason),
            Exchange.Lost lost => new SendOutcome.Unknown(lost.Reason),
            Exchange.Answered { IsSuccess: true } answer => OfStatus(answer),
            Exchange.Answered answer => OfRefusal(answer),
            _ => throw new InvalidOperationException("Exchange is a closed set."),
        };

    public static Result<T> OfRead<T>(Exchange exchange, Func<JsonElement, T?> map)
        where T : class =>
        exchange switch
        {
            Exchange.NotSent { Until: { } until } limited => new Result<T>.Unavailable(
                $"{limited.Reason} It reopens at {until:u}."
            ),
            Exchange.NotSent unsent => new Result<T>.Unavailable(unsent.Reason),
            Exchange.Lost lost => new Result<T>.Unavailable(lost.Reason),
            Exchange.Answered { IsSuccess: true } answer => JsonReader.Parse(answer.Body.Span) is { } json
            && map(json) is { } value
                ? new Result<T>.Success(value)
                : new Result<T>.Refused(Refusal.Gone, NotMastodon(answer)),
            Exchange.Answered answer => OfRefusedRead<T>(answer),
            _ => throw new InvalidOperationException("Exchange is a closed set."),
        };

    private static SendOutcome OfStatus(Exchange.Answered answer)
    {
        var json = JsonReader.Parse(answer.Body.Span);
        if (json.Member("id").Id() is { } id)
        {
            return new SendOutcome.Sent(id, Page(json.Member("url").Text()));
        }

        // GoToSocial's answer to a repeated key: the post is there, under an id that it does not tell.
        var repeated = json.Member("status").Text()?.Contains("already handled", StringComparison.Ordinal);
        return repeated is true
            ? new SendOutcome.Sent(Id: null, Url: null)
            : new SendOutcome.Unknown(NotMastodon(answer));
    }

    private static SendOutcome OfRefusal(Exchange.Answered answer) =>
        answer.Status switch
        {
            // A new token mends it, so the post is not lost.
            HttpStatusCode.Unauthorized => new SendOutcome.Unavailable($"{BadToken} ({answer.Words})."),
            HttpStatusCode.Forbidden => new SendOutcome.Refused(Refusal.Forbidden, answer.Words),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new SendOutcome.Refused(Refusal.Gone, answer.Words),
            HttpStatusCode.TooManyRequests when answer.ReopensAt is { } until => new SendOutcome.RetryAfter(
                until,
                answer.Words
            ),

            // 409 is GoToSocial's while a first request with the same key is still at work.
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError =>
                new SendOutcome.Unknown(answer.Words),
            < HttpStatusCode.BadRequest => new SendOutcome.Unavailable(
                $"{answer.Words}. The server's address is another one."
            ),
            _ => new SendOutcome.Refused(Refusal.Payload, answer.Words),
        };

    private static Result<T> OfRefusedRead<T>(Exchange.Answered answer) =>
        answer.Status switch
        {
            HttpStatusCode.Unauthorized => new Result<T>.Unauthorized($"{BadToken} ({answer.Words})."),
            HttpStatusCode.UnprocessableEntity when answer.IsWordlessRefusal => new Result<T>.Unauthorized(
                $"{BadToken} ({answer.Words})."
            ),
            HttpStatusCode.Forbidden => new Result<T>.Refused(Refusal.Forbidden, answer.Words),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new Result<T>.Unavailable(answer.Words),
            < HttpStatusCode.BadRequest => new Result<T>.Refused(
                Refusal.Gone,
                $"{answer.Words}. The server's address is another one."
            ),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new Result<T>.Refused(Refusal.Gone, answer.Words),
            _ => new Result<T>.Refused(Refusal.Payload, answer.Words),
        };

    private static string NotMastodon(Exchange.Answered answer)
    {
        var webPage = answer.Body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
        return $"{answer.Words}, but {(webPage ? "a web page and " : "")}not what a Mastodon server answers. "
            + "Is this the address of a server with the Mastodon API?";
    }

    /// <summary>An address that a person can open.</summary>
    public static Uri? Page(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" ? page : null;
}
