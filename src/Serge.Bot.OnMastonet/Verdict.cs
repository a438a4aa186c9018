using System.Net;

namespace Serge.Bot.OnMastonet;

/// <summary>What the end of a call means to the caller: pure functions, one table for writes and one for reads.</summary>
/// <remarks>The same tables as our own client's: <c>docs/platforms.md</c>, Response handling.</remarks>
internal static class Verdict
{
    public const string BadToken = "The server does not accept the access token";

    /// <summary>After a write.</summary>
    /// <param name="call">How it went.</param>
    /// <param name="status">What Mastonet made of a good answer.</param>
    public static SendOutcome OfWrite(Call call, Mastonet.Entities.Status? status) =>
        call.Status switch
        {
            null => call.MayHaveExecuted
                ? new SendOutcome.Unknown(call.Words)
                : new SendOutcome.Unavailable(call.Words),
            _ when call.IsSuccess => status is { Id.Length: > 0 } ? new SendOutcome.Sent(status.Id, Page(status.Url))
            // GoToSocial's answer to a repeated key: the post is there, under an id that it does not tell.
            : call.Body.Contains("already handled", StringComparison.Ordinal)
                ? new SendOutcome.Sent(Id: null, Url: null)
            : new SendOutcome.Unknown(NotMastodon(call)),
            HttpStatusCode.Unauthorized => new SendOutcome.Unavailable($"{BadToken} ({call.Words})."),
            HttpStatusCode.Forbidden => new SendOutcome.Refused(Refusal.Forbidden, call.Words),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new SendOutcome.Refused(Refusal.Gone, call.Words),
            HttpStatusCode.TooManyRequests when call.ReopensAt is { } until => new SendOutcome.RetryAfter(
                until,
                call.Words
            ),
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError =>
                new SendOutcome.Unknown(call.Words),
            < HttpStatusCode.BadRequest => new SendOutcome.Unavailable(
                $"{call.Words}. The server's address is another one."
            ),
            _ => new SendOutcome.Refused(Refusal.Payload, call.Words),
        };

    /// <summary>After a read.</summary>
    /// <param name="call">How it went.</param>
    /// <param name="value">What was read of a good answer; <see langword="null"/> if nothing.</param>
    public static Answer<T> OfRead<T>(Call call, T? value)
        where T : class =>
        call.Status switch
        {
            null => new Answer<T>.Unavailable(call.Words),
            _ when call.IsSuccess => value is not null
                ? new Answer<T>.Got(value)
                : new Answer<T>.Refused(Refusal.Gone, NotMastodon(call)),
            HttpStatusCode.Unauthorized => new Answer<T>.Unauthorized($"{BadToken} ({call.Words})."),
            _ when call.IsWordlessRefusal => new Answer<T>.Unauthorized($"{BadToken} ({call.Words})."),
            HttpStatusCode.Forbidden => new Answer<T>.Refused(Refusal.Forbidden, call.Words),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new Answer<T>.Unavailable(call.Words),
            < HttpStatusCode.BadRequest => new Answer<T>.Refused(
                Refusal.Gone,
                $"{call.Words}. The server's address is another one."
            ),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new Answer<T>.Refused(Refusal.Gone, call.Words),
            _ => new Answer<T>.Refused(Refusal.Payload, call.Words),
        };

    /// <summary>An address that a person can open.</summary>
    public static Uri? Page(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" ? page : null;

    private static string NotMastodon(Call call) =>
        $"{call.Words}, but {(call.Body.TrimStart().StartsWith('<') ? "a web page and " : "")}not what a Mastodon server answers. "
        + "Is this the address of a server with the Mastodon API?";
}
