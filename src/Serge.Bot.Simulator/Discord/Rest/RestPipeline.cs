using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Handles every REST request: checks the user agent, the token, the rate limits and the body, then calls the
/// route.</summary>
internal sealed partial class RestPipeline(DiscordWorld world)
{
    private const int MaxBodyLength = 25 * 1024 * 1024;
    private readonly FaultInjection _faults = new(
        world.Clock,
        world.Faults,
        new DiscordFaultResponses(world),
        world.Events
    );

    public Task ServeAsync(HttpContext context, RestRoute route) =>
        _faults.ServeAsync(context, body => Handle(context, route, body));

    /// <summary>Serves a path that has no route.</summary>
    public Task ServeErrorAsync(HttpContext context, RestResponse error) =>
        _faults.ServeAsync(context, _ => error.ToSimulated());

    private SimulatedResponse Handle(HttpContext context, RestRoute route, byte[] body)
    {
        lock (world.Lock)
        {
            if (world.RateLimiter.InvalidRequests >= world.Options.InvalidRequestLimit)
            {
                return new SimulatedResponse(429, "error code: 1015"u8.ToArray(), "text/plain");
            }

            Dictionary<string, string> headers = [];
            var response = Respond(context, route, body, headers);
            if (response.Status is 401 or 403 or 429)
            {
                world.RateLimiter.CountInvalid();
            }

            return response.ToSimulated() with
            {
                Headers = headers,
            };
        }
    }

    private RestResponse Respond(HttpContext context, RestRoute route, byte[] bytes, Dictionary<string, string> headers)
    {
        if (!IsBotUserAgent(context.Request.Headers.UserAgent))
        {
            return DiscordError.Cloudflare;
        }

        var application = Authenticate(context);
        if (application is null && !route.IsPublic)
        {
            return DiscordError.Unauthorized;
        }

        var bot = application?.Id ?? default;
        var exceeded = CountRequest(context, route, bot, headers);
        if (exceeded is not null)
        {
            return DiscordError.RateLimited(exceeded, headers);
        }

        var error = TryReadBody(context, bytes, out var body, out var files);
        return error ?? route.Handle(new RestRequest(context, world, application, body, files));
    }

    private Application? Authenticate(HttpContext context)
    {
        const string scheme = "Bot ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.Ordinal))
        {
            return null;
        }

        return world.FindApplication(header[scheme.Length..]);
    }

    private RateLimitExceeded? CountRequest(
        HttpContext context,
        RestRoute route,
        Snowflake bot,
        Dictionary<string, string> headers
    )
    {
        var limiter = world.RateLimiter;
        if (!route.IsOutsideGlobalLimit && limiter.CountGlobal(bot) is { } global)
        {
            return global;
        }

        var name = $"{route.Method} {route.Pattern}";
        var resource = string.Join('/', route.Resource.Select(value => context.Request.RouteValues[value]));
        var limit = route.Limit?.Invoke(world.Options) ?? world.Options.DefaultLimit;
        return limiter.Count(bot, name, resource, limit, headers);
    }

    /// <remarks>Source: Discord docs, Reference/User Agent: <c>DiscordBot ($url, $versionNumber)</c>.</remarks>
    private static bool IsBotUserAgent(string? agent)
    {
        const string start = "DiscordBot (";
        if (agent is null || !agent.StartsWith(start, StringComparison.Ordinal))
        {
            return false;
        }

        var end = agent.IndexOf(')', start.Length);
        if (end < 0)
        {
            return false;
        }

        return agent[start.Length..end].Split(", ") is [{ Length: > 0 }, { Length: > 0 }];
    }

    /// <returns>The error; <see langword="null"/> if the body is valid or empty.</returns>
    private static RestResponse? TryReadBody(
        HttpContext context,
        byte[] bytes,
        out JsonElement body,
        out Dictionary<long, UploadedFile> files
    )
    {
        body = default;
        files = [];
        if (bytes.Length == 0)
        {
            return null;
        }

        if (bytes.Length > MaxBodyLength)
        {
            return DiscordError.RequestTooLarge;
        }

        if (MultipartBody.IsMultipart(context.Request))
        {
            return TryReadForm(context.Request, bytes, files, out var json) ?? TryParse(json, out body);
        }

        var type = context.Request.ContentType ?? "";
        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return DiscordError.InvalidForm(
                "_misc",
                "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of {'application/json'}."
            );
        }

        return TryParse(bytes, out body);
    }

    /// <summary>Reads a form: the field <c>payload_json</c>, and files in the fields <c>files[n]</c>.</summary>
    /// <remarks>Source: Discord docs, Reference, Uploading Files.</remarks>
    private static RestResponse? TryReadForm(
        HttpRequest request,
        byte[] bytes,
        Dictionary<long, UploadedFile> files,
        out byte[] json
    )
    {
        json = [];
        // The body is in memory, so that this completes at once.
        if (MultipartBody.ReadAsync(request, bytes).GetAwaiter().GetResult() is not { } form)
        {
            return DiscordError.InvalidForm("_misc", "MULTIPART_INVALID", "The form cannot be read.");
        }

        foreach (var (name, file) in form.Files)
        {
            var match = FileField().Match(name);
            if (!match.Success)
            {
                return DiscordError.InvalidForm(name, "FILE_FIELD_INVALID", "Files are in the fields files[n].");
            }

            if (file.Content.Length > AttachmentForm.MaxFileLength)
            {
                return DiscordError.RequestTooLarge;
            }

            files[long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)] = file;
        }

        var payload = form.Texts.FirstOrDefault(field => field.Name == "payload_json").Value;
        json = Encoding.UTF8.GetBytes(payload ?? "{}");
        return null;
    }

    private static RestResponse? TryParse(byte[] bytes, out JsonElement body)
    {
        body = default;
        try
        {
            body = JsonElement.Parse(bytes);
            return null;
        }
        catch (JsonException)
        {
            return DiscordError.InvalidJson;
        }
    }

    [GeneratedRegex(@"^files\[(?<number>[0-9]{1,9})\]$", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex FileField();
}
