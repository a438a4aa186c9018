using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>What every request goes through: how often, who asks, for what; then the route itself.</summary>
internal static class MastodonPipeline
{
    public static Task HandleAsync(
        HttpContext context,
        string root,
        MastodonWorld world,
        FaultScript faults,
        MastodonRoute route
    ) =>
        FaultyExchange.HandleAsync(
            context,
            world.Clock,
            faults,
            MastodonFaultAnswers.Instance,
            world.Publish,
            body =>
            {
                lock (world.Gate)
                {
                    return Serve(context, root, world, route, body);
                }
            }
        );

    public static Task NothingHereAsync(HttpContext context, MastodonWorld world, FaultScript faults) =>
        FaultyExchange.HandleAsync(
            context,
            world.Clock,
            faults,
            MastodonFaultAnswers.Instance,
            world.Publish,
            _ => Written(MastodonAnswer.NoSuchRoute, new Dictionary<string, string>(StringComparer.Ordinal))
        );

    private static Exchange Serve(
        HttpContext context,
        string root,
        MastodonWorld world,
        MastodonRoute route,
        byte[] body
    )
    {
        world.PublishDue();
        var secret = Bearer(context);
        var token = secret is null ? null : world.FindToken(secret);
        var parameters = Parameters.Read(context.Request, body);
        MastodonRequest request = new(context, root, world, token, parameters ?? new Parameters());
        var face = world.Options.Profile;
        var allowance = world.Limits.Request(token is null ? "nobody" : secret!);
        allowance.AddTo(request.Headers);
        var answer =
            allowance.Over ? MastodonAnswer.TooMany
            : face.RequiresUserAgent && context.Request.Headers.UserAgent.Count == 0
                ? MastodonAnswer.Error(418, "I'm a teapot: no user-agent sent with request")
            : Refusal(face, route, secret, token)
                ?? (
                    parameters is null
                        ? MastodonAnswer.Error(400, "Error occurred while parsing request parameters")
                        : route.Handle(request)
                );
        if (answer.Status == 401)
        {
            request.Headers["WWW-Authenticate"] =
                "Bearer realm=\"Doorkeeper\", error=\"invalid_token\", error_description=\"The access token is invalid\"";
        }

        Translate(request.Headers, face.RateLimitReset);
        return Written(
            answer.Status == 422 && answer.Body is not null ? answer with { Status = face.InvalidStatus } : answer,
            request.Headers
        );
    }

    /// <summary>Says the same about rate limits as another server would.</summary>
    private static void Translate(Dictionary<string, string> headers, RateLimitReset reset)
    {
        if (reset == RateLimitReset.None)
        {
            foreach (
                var name in headers
                    .Keys.Where(name => name.StartsWith("X-RateLimit-", StringComparison.Ordinal))
                    .ToArray()
            )
            {
                headers.Remove(name);
            }
        }
        else if (reset == RateLimitReset.UnixSeconds && headers.TryGetValue("X-RateLimit-Reset", out var moment))
        {
            headers["X-RateLimit-Reset"] = DateTimeOffset
                .Parse(moment, CultureInfo.InvariantCulture)
                .ToUnixTimeSeconds()
                .ToString(CultureInfo.InvariantCulture);
        }
    }

    private static MastodonAnswer? Refusal(ServerProfile face, MastodonRoute route, string? secret, AccessToken? token)
    {
        var optional = route.Scopes.Count == 0 && !route.AnyToken;
        if (token is null)
        {
            return optional && secret is null ? null
                : face.InvalidTokenStatus == 401 ? MastodonAnswer.InvalidToken
                : MastodonAnswer.Wordless(face.InvalidTokenStatus);
        }

        var scopes = optional ? route.OptionalScopes : route.Scopes;
        if (face.HasScopes && scopes.Count > 0 && !scopes.Any(token.Scopes.Contains))
        {
            return MastodonAnswer.OutOfScope;
        }

        if (optional || route.AnyToken)
        {
            return null;
        }

        return token.Account is null ? MastodonAnswer.NoUser
            : token.Account.IsSuspended ? MastodonAnswer.Suspended
            : null;
    }

    private static string? Bearer(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }

    private static Exchange Written(MastodonAnswer answer, IReadOnlyDictionary<string, string> headers) =>
        answer.Page is { } page
            ? new(answer.Status, Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8", headers)
            : new(
                answer.Status,
                answer.Body is null ? [] : Json.ToUtf8(answer.Body),
                "application/json; charset=utf-8",
                headers
            );
}

/// <summary>What Mastodon sends with a status that a fault asks for.</summary>
internal sealed class MastodonFaultAnswers : IFaultAnswers
{
    public static MastodonFaultAnswers Instance { get; } = new();

    public Exchange Of(int status) =>
        status switch
        {
            401 => Said(status, "The access token is invalid"),
            404 => Said(status, "Record not found"),
            422 => Said(status, "Validation failed: The simulator was told so"),
            503 => Said(status, "There was a temporary problem serving your request, please try again"),
            502 or 504 => new Exchange(
                status,
                Encoding.UTF8.GetBytes($"<html><body>{status} nginx</body></html>"),
                "text/html"
            ),
            _ => Said(status, "Internal Server Error"),
        };

    public Exchange RateLimited(RequestEffect.RateLimit effect, DateTimeOffset now)
    {
        Dictionary<string, string> headers = new(StringComparer.Ordinal);
        new Allowance(300, 0, now + effect.RetryAfter, Over: true).AddTo(headers);
        return Said(429, "Too many requests") with { Headers = headers };
    }

    private static Exchange Said(int status, string error)
    {
        var answer = MastodonAnswer.Error(status, error);
        return new Exchange(status, Json.ToUtf8(answer.Body), "application/json; charset=utf-8");
    }
}
