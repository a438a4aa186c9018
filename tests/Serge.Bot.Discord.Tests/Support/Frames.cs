using System.Text.Json.Nodes;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>The gateway's messages as in the documentation, without the client's own types.</summary>
internal static class Frames
{
    public const string ResumeUrl = "wss://resume.example/";
    public const string Ack = """{"op":11}""";
    public const string Reconnect = """{"op":7,"d":null,"s":null,"t":null}""";
    public const string HeartbeatNow = """{"op":1,"d":null}""";

    public static string Hello(double interval = 45_000) =>
        new JsonObject
        {
            ["op"] = 10,
            ["d"] = new JsonObject { ["heartbeat_interval"] = interval },
        }.ToJsonString();

    public static string InvalidSession(bool resumable) =>
        new JsonObject { ["op"] = 9, ["d"] = resumable }.ToJsonString();

    public static string Dispatch(string name, long sequence, JsonNode? data) =>
        new JsonObject
        {
            ["t"] = name,
            ["s"] = sequence,
            ["op"] = 0,
            ["d"] = data,
        }.ToJsonString();

    public static string Ready(string session = "session-1", string? resumeUrl = ResumeUrl, long sequence = 1) =>
        Dispatch(
            "READY",
            sequence,
            new JsonObject
            {
                ["v"] = 10,
                ["user"] = new JsonObject
                {
                    ["id"] = "40",
                    ["username"] = "serge",
                    ["bot"] = true,
                },
                ["guilds"] = new JsonArray(
                    new JsonObject { ["id"] = "7", ["unavailable"] = true },
                    new JsonObject { ["id"] = "8", ["unavailable"] = true }
                ),
                ["session_id"] = session,
                ["resume_gateway_url"] = resumeUrl,
                ["application"] = new JsonObject { ["id"] = "41", ["flags"] = 0 },
            }
        );

    public static string Resumed(long sequence) => Dispatch("RESUMED", sequence, new JsonObject());

    public static string Interaction(ulong id, long sequence) =>
        Dispatch("INTERACTION_CREATE", sequence, InteractionData(id));

    public static JsonObject InteractionData(ulong id) =>
        new()
        {
            ["id"] = id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["application_id"] = "41",
            ["type"] = 2,
            ["token"] = $"secret-token-{id}",
            ["version"] = 1,
            ["data"] = new JsonObject
            {
                ["id"] = "90",
                ["name"] = "quote",
                ["type"] = 1,
            },
        };
}

/// <summary>Op 2, as a server reads it.</summary>
internal sealed record Identify(string Token, int Intents, string? Os, string Shard);

/// <summary>Op 6, as a server reads it.</summary>
internal sealed record Resume(string Token, string SessionId, long? Seq);

/// <summary>Op 1, as a server reads it.</summary>
internal sealed record Heartbeat(long? Seq);
