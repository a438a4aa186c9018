using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>What a request is answered with.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; <see langword="null"/> for none.</param>
internal sealed record Answer(int Status, JsonNode? Body)
{
    public static Answer NoContent { get; } = new(204, null);

    public static Answer Ok(JsonNode body) => new(200, body);
}

/// <summary>Discord's errors, in its own words where they are known.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, JSON Error Codes.</remarks>
internal static class DiscordError
{
    public static Answer Unauthorized => Of(401, 0, "401: Unauthorized");

    public static Answer NotFound => Of(404, 0, "404: Not Found");

    public static Answer MethodNotAllowed => Of(405, 0, "405: Method Not Allowed");

    public static Answer UnknownApplication => Of(404, 10002, "Unknown Application");

    public static Answer UnknownChannel => Of(404, 10003, "Unknown Channel");

    public static Answer UnknownGuild => Of(404, 10004, "Unknown Guild");

    public static Answer UnknownMember => Of(404, 10007, "Unknown Member");

    public static Answer UnknownMessage => Of(404, 10008, "Unknown Message");

    public static Answer UnknownWebhook => Of(404, 10015, "Unknown Webhook");

    public static Answer UnknownInteraction => Of(404, 10062, "Unknown interaction");

    public static Answer UnknownCommand => Of(404, 10063, "Unknown application command");

    public static Answer NotYourApplication =>
        Of(403, 20012, "You are not authorized to perform this action on this application");

    public static Answer TooManyCommands => Of(400, 30032, "Maximum number of application commands reached (100).");

    public static Answer TooManyCreates =>
        Of(400, 30034, "Max number of daily application command creates has been reached (200)");

    public static Answer CannotPostInForum =>
        Of(400, 40058, "Cannot message this thread until after the post author has sent an initial message.");

    public static Answer AlreadyAcknowledged => Of(400, 40060, "Interaction has already been acknowledged.");

    public static Answer Cloudflare => Of(403, 40333, "internal network error");

    public static Answer MissingAccess => Of(403, 50001, "Missing Access");

    public static Answer NotYourMessage => Of(403, 50005, "Cannot edit a message authored by another user");

    public static Answer EmptyMessage => Of(400, 50006, "Cannot send an empty message");

    public static Answer NotText => Of(400, 50008, "Cannot send messages in a non-text channel");

    public static Answer MissingPermissions => Of(403, 50013, "Missing Permissions");

    public static Answer InvalidWebhookToken => Of(401, 50027, "Invalid Webhook Token");

    public static Answer InvalidApiVersion => Of(400, 50041, "Invalid API version provided");

    public static Answer InvalidJson => Of(400, 50109, "The request body contains invalid JSON.");

    public static Answer Of(int status, int code, string message) =>
        new(status, new JsonObject { ["message"] = message, ["code"] = code });

    public static Answer InvalidForm(FormErrors errors) =>
        new(
            400,
            new JsonObject
            {
                ["message"] = "Invalid Form Body",
                ["code"] = 50035,
                ["errors"] = errors.ToJson(),
            }
        );

    public static Answer InvalidForm(string path, string code, string message)
    {
        FormErrors errors = new();
        errors.Add(path, code, message);
        return InvalidForm(errors);
    }
}
