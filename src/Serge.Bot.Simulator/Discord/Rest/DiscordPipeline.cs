using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>What every REST request goes through: who asks, how often, in what form; then the route itself.</summary>
internal static class DiscordPipeline
{
    private const int MostBytes = 25 * 1024 * 1024;

    public static Task HandleAsync(HttpContext context, DiscordWorld world, DiscordRoute route) =>
        FaultyExchange.HandleAsync(
            context,
            world.Clock,
            world.Faults,
            new DiscordFaultAnswers(world),
            world.Publish,
            bytes =>
            {
                var body = ReadBody(context, bytes, out var unreadable);
                lock (world.Gate)
                {
                    return Serve(context, world, route, body, unreadable);
                }
            }
        );

    /// <summary>For paths that lead nowhere.</summary>
    public static Task RefuseAsync(HttpContext context, DiscordWorld world, Answer refusal) =>
        FaultyExchange.HandleAsync(
            context,
            world.Clock,
            world.Faults,
            new DiscordFaultAnswers(world),
            world.Publish,
            _ => Plain(refusal)
        );

    private static Exchange Serve(
        HttpContext context,
        DiscordWorld world,
        DiscordRoute route,
        JsonElement body,
        Answer? unreadable
    )
    {
        if (world.Limits.InvalidRequests >= world.Options.InvalidRequestLimit)
        {
            return new Exchange(429, Encoding.UTF8.GetBytes("error code: 1015"), "text/plain");
        }

        if (!IsBotAgent(context.Request.Headers.UserAgent))
        {
            return Counted(world, DiscordError.Cloudflare);
        }

        var application = Authenticate(context, world);
        if (application is null && !route.Open)
        {
            return Counted(world, DiscordError.Unauthorized);
        }

        var caller = application?.Id ?? default;
        if (!route.OutsideGlobalLimit && world.Limits.TakeGlobal(caller) is { } global)
        {
            return Refused(world, global, new Dictionary<string, string>(StringComparer.Ordinal));
        }

        Dictionary<string, string> headers = new(StringComparer.Ordinal);
        var resource = string.Join('/', route.Resource.Select(name => context.Request.RouteValues[name]));
        var limit = route.Limit?.Invoke(world.Options) ?? world.Options.DefaultLimit;
        if (world.Limits.Take(caller, $"{route.Method} {route.Pattern}", resource, limit, headers) is { } limited)
        {
            return Refused(world, limited, headers);
        }

        var answer = unreadable ?? route.Handle(new RestRequest(context, world, application, body));
        return answer.Status is 401 or 403 ? Counted(world, answer, headers) : Plain(answer, headers);
    }

    private static Application? Authenticate(HttpContext context, DiscordWorld world)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bot ", StringComparison.Ordinal) ? world.FindByToken(header[4..]) : null;
    }

    /// <summary>Source: Discord docs, Reference/User Agent: <c>DiscordBot ($url, $versionNumber)</c>.</summary>
    private static bool IsBotAgent(string? agent)
    {
        const string start = "DiscordBot (";
        if (agent is null || !agent.StartsWith(start, StringComparison.Ordinal))
        {
            return false;
        }

        var end = agent.IndexOf(')', start.Length);
        return end > 0 && agent[start.Length..end].Split(", ") is [{ Length: > 0 }, { Length: > 0 }];
    }

    private static JsonElement ReadBody(HttpContext context, byte[] bytes, out Answer? unreadable)
    {
        unreadable = null;
        if (bytes.Length == 0)
        {
            return default;
        }

        var type = context.Request.ContentType ?? "";
        if (bytes.Length > MostBytes)
        {
            unreadable = DiscordError.Of(413, 40005, "Request entity too large");
        }
        else if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            unreadable = DiscordError.InvalidForm(
                "_misc",
                "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of {'application/json'}."
            );
        }
        else
        {
            try
            {
                return JsonElement.Parse(bytes);
            }
            catch (JsonException)
            {
                unreadable = DiscordError.InvalidJson;
            }
        }

        return default;
    }

    private static Exchange Refused(DiscordWorld world, Limited limited, Dictionary<string, string> headers)
    {
        foreach (var (name, value) in limited.Headers)
        {
            headers[name] = value;
        }

        return limited.Scope == LimitScope.Shared
            ? Plain(limited.Answer, headers)
            : Counted(world, limited.Answer, headers);
    }

    private static Exchange Counted(
        DiscordWorld world,
        Answer answer,
        IReadOnlyDictionary<string, string>? headers = null
    )
    {
        world.Limits.CountInvalid();
        return Plain(answer, headers);
    }

    private static Exchange Plain(Answer answer, IReadOnlyDictionary<string, string>? headers = null) =>
        new(answer.Status, answer.Body is null ? [] : Json.ToUtf8(answer.Body), "application/json", headers);
}

/// <summary>What Discord sends with a status that a fault asks for.</summary>
internal sealed class DiscordFaultAnswers(DiscordWorld world) : IFaultAnswers
{
    public Exchange Of(int status)
    {
        Count(status is 401 or 403 or 429);
        return Form(status);
    }

    public Exchange RateLimited(RequestEffect.RateLimit effect, DateTimeOffset now)
    {
        Count(effect.Scope != LimitScope.Shared);
        var limited = RateLimits.Refuse(effect.RetryAfter, effect.Scope);
        return new Exchange(429, Json.ToUtf8(limited.Answer.Body), "application/json", limited.Headers);
    }

    private static Exchange Form(int status) =>
        status switch
        {
            401 => new Exchange(401, Json.ToUtf8(DiscordError.Unauthorized.Body), "application/json"),
            >= 502 => new Exchange(
                status,
                Encoding.UTF8.GetBytes($"<html><body>{status} cloudflare</body></html>"),
                "text/html"
            ),
            _ => new Exchange(
                status,
                Json.ToUtf8(DiscordError.Of(status, 0, $"{status}: The simulator was told so").Body),
                "application/json"
            ),
        };

    private void Count(bool invalid)
    {
        if (invalid)
        {
            lock (world.Gate)
            {
                world.Limits.CountInvalid();
            }
        }
    }
}
