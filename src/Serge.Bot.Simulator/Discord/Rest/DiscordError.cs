namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Discord's errors, with Discord's texts where they are known.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, JSON Error Codes.</remarks>
internal static class DiscordError
{
    private const string UnauthorizedApplication = "You are not authorized to perform this action on this application";
    private const string NoPostMessage =
        "Cannot message this thread until after the post author has sent an initial message.";

    public static RestResponse Unauthorized => Create(401, 0, "401: Unauthorized");

    public static RestResponse NotFound => Create(404, 0, "404: Not Found");

    public static RestResponse MethodNotAllowed => Create(405, 0, "405: Method Not Allowed");

    public static RestResponse UnknownApplication => Create(404, 10002, "Unknown Application");

    public static RestResponse UnknownChannel => Create(404, 10003, "Unknown Channel");

    public static RestResponse UnknownGuild => Create(404, 10004, "Unknown Guild");

    public static RestResponse UnknownMember => Create(404, 10007, "Unknown Member");

    public static RestResponse UnknownMessage => Create(404, 10008, "Unknown Message");

    public static RestResponse UnknownWebhook => Create(404, 10015, "Unknown Webhook");

    public static RestResponse UnknownInteraction => Create(404, 10062, "Unknown interaction");

    public static RestResponse UnknownCommand => Create(404, 10063, "Unknown application command");

    public static RestResponse NotYourApplication => Create(403, 20012, UnauthorizedApplication);

    public static RestResponse TooManyCommands =>
        Create(400, 30032, "Maximum number of application commands reached (100).");

    public static RestResponse TooManyCreates =>
        Create(400, 30034, "Max number of daily application command creates has been reached (200)");

    public static RestResponse RequestTooLarge => Create(413, 40005, "Request entity too large");

    public static RestResponse AlreadyCrossposted => Create(400, 40033, "This message has already been crossposted");

    public static RestResponse CannotPostInForum => Create(400, 40058, NoPostMessage);

    public static RestResponse AlreadyAcknowledged => Create(400, 40060, "Interaction has already been acknowledged.");

    public static RestResponse Cloudflare => Create(403, 40333, "internal network error");

    public static RestResponse MissingAccess => Create(403, 50001, "Missing Access");

    public static RestResponse NotYourMessage => Create(403, 50005, "Cannot edit a message authored by another user");

    public static RestResponse EmptyMessage => Create(400, 50006, "Cannot send an empty message");

    public static RestResponse NotText => Create(400, 50008, "Cannot send messages in a non-text channel");

    public static RestResponse MissingPermissions => Create(403, 50013, "Missing Permissions");

    public static RestResponse WrongChannelType => Create(400, 50024, "Cannot execute action on this channel type");

    public static RestResponse ThreadExists =>
        Create(400, 160004, "A thread has already been created for this message");

    public static RestResponse InvalidWebhookToken => Create(401, 50027, "Invalid Webhook Token");

    public static RestResponse InvalidApiVersion => Create(400, 50041, "Invalid API version provided");

    public static RestResponse InvalidJson => Create(400, 50109, "The request body contains invalid JSON.");

    public static RestResponse Create(int status, int code, string message)
    {
        JsonObject body = new() { ["message"] = message, ["code"] = code };
        return new RestResponse(status, body);
    }

    public static RestResponse InvalidForm(FormErrors errors)
    {
        JsonObject body = new()
        {
            ["message"] = "Invalid Form Body",
            ["code"] = 50035,
            ["errors"] = errors.ToJson(),
        };
        return new RestResponse(400, body);
    }

    public static RestResponse InvalidForm(string path, string code, string message)
    {
        FormErrors errors = new();
        errors.Add(path, code, message);
        return InvalidForm(errors);
    }

    /// <summary>Returns a 429 in Discord's form.</summary>
    /// <param name="exceeded">The exceeded limit.</param>
    /// <param name="headers">Receives the headers of the response.</param>
    public static RestResponse RateLimited(RateLimitExceeded exceeded, IDictionary<string, string> headers)
    {
        var (retryAfter, scope) = exceeded;
        var seconds = (long)Math.Ceiling(retryAfter.TotalSeconds);
        headers["Retry-After"] = $"{seconds}";
        headers["X-RateLimit-Scope"] = scope switch
        {
            LimitScope.Global => "global",
            LimitScope.Shared => "shared",
            _ => "user",
        };
        if (scope == LimitScope.Global)
        {
            headers["X-RateLimit-Global"] = "true";
        }

        var message = "You are being rate limited.";
        if (scope == LimitScope.Shared)
        {
            message = "The resource is being rate limited.";
        }

        JsonObject body = new()
        {
            ["message"] = message,
            ["retry_after"] = Math.Round(retryAfter.TotalSeconds, 3),
            ["global"] = scope == LimitScope.Global,
        };
        return new RestResponse(429, body);
    }
}
