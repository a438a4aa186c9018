using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Creates the bodies of requests that contain a message.</summary>
/// <remarks>Source: Discord docs, Reference, Uploading Files: with a file the JSON is the part <c>payload_json</c> of a
/// form.</remarks>
internal static class MessageRequest
{
    public static RequestBody Create(MessageBody body, Picture? picture) =>
        Create(body, DiscordJson.Default.MessageBody, picture);

    public static RequestBody Create(InteractionCallback callback, Picture? picture) =>
        Create(callback, DiscordJson.Default.InteractionCallback, picture);

    public static RequestBody Create(ThreadBody thread, Picture? picture) =>
        Create(thread, DiscordJson.Default.ThreadBody, picture);

    private static RequestBody Create<T>(T value, JsonTypeInfo<T> type, Picture? picture)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        if (picture is null)
        {
            return RequestBody.FromJson(json);
        }

        return RequestBody.FromForm(
            new FormPart("payload_json", json) { ContentType = "application/json" },
            FormPart.FromPicture("files[0]", picture)
        );
    }
}
