namespace Serge.Bot.Simulator.Mastodon;

/// <summary>An uploaded picture.</summary>
/// <remarks>Source: Mastodon docs, entities/MediaAttachment.</remarks>
public sealed record Media
{
    public required string Id { get; init; }

    public required Account Account { get; init; }

    /// <summary>The text for those who do not see the picture.</summary>
    public string? Description { get; init; }

    /// <summary>The point that previews show, each coordinate from -1 to 1.</summary>
    public (double X, double Y)? Focus { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>When the server has processed it.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>The id of the status that contains it.</summary>
    public string? StatusId { get; init; }

    internal JsonObject ToJson(Uri server, bool isReady)
    {
        var url = isReady ? $"{server}system/media_attachments/{Id}/original.png" : null;
        JsonObject original = new()
        {
            ["width"] = Width,
            ["height"] = Height,
            ["size"] = $"{Width}x{Height}",
            ["aspect"] = (double)Width / Height,
        };
        JsonObject meta = new() { ["original"] = original, ["small"] = original.DeepClone() };
        if (Focus is { } focus)
        {
            meta["focus"] = new JsonObject { ["x"] = focus.X, ["y"] = focus.Y };
        }

        return new JsonObject
        {
            ["id"] = Id,
            ["type"] = "image",
            ["url"] = url,
            ["preview_url"] = url,
            ["remote_url"] = null,
            ["preview_remote_url"] = null,
            ["text_url"] = null,
            ["meta"] = isReady ? meta : null,
            ["description"] = Description,
            ["blurhash"] = null,
        };
    }
}
