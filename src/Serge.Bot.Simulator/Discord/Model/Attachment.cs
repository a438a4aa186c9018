namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A file of a message.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Attachment Structure.</remarks>
public sealed record Attachment
{
    public required Snowflake Id { get; init; }

    public required string FileName { get; init; }

    /// <summary>The text for those who do not see a picture.</summary>
    public string? Description { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>Width and height of a picture, in pixels.</summary>
    public (int Width, int Height)? Size { get; init; }

    internal JsonObject ToJson(Snowflake channel)
    {
        var url = $"https://cdn.discordapp.com/attachments/{channel}/{Id}/{FileName}?ex=0&is=0&hm=0&";
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["filename"] = FileName,
            ["content_type"] = ContentType,
            ["size"] = Content.Length,
            ["url"] = url,
            ["proxy_url"] = url,
        };
        Json.AddIfPresent(json, "description", Description);
        if (Size is { } size)
        {
            json["width"] = size.Width;
            json["height"] = size.Height;
        }

        return json;
    }
}

/// <summary>A file that a message gets or, in an edit, keeps.</summary>
/// <param name="File">The uploaded file; <see langword="null"/> to keep one.</param>
/// <param name="KeptId">The id of the file to keep.</param>
/// <param name="Description">Its description.</param>
internal sealed record AttachmentDraft(UploadedFile? File, Snowflake KeptId, string? Description);
