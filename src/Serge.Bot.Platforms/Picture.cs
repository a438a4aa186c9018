namespace Serge.Bot.Platforms;

/// <summary>A picture that a message contains.</summary>
/// <param name="Png">A PNG file.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Description">The text for those who do not see the picture.</param>
public sealed record Picture(ReadOnlyMemory<byte> Png, int Width, int Height, string Description)
{
    /// <summary>Whether Discord shows it only after a click. Mastodon hides every picture of a post with a content
    /// warning.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The name under which it is uploaded. Discord hides a file whose name begins with
    /// <c>SPOILER_</c>.</summary>
    /// <remarks>Source: Discord.Net docs, <c>AttachmentExtensions.SpoilerPrefix</c>.</remarks>
    public string FileName => IsHidden ? "SPOILER_card.png" : "card.png";

    public const string MediaType = "image/png";
}

/// <summary>What a platform accepts as a picture.</summary>
public sealed record PictureLimits
{
    /// <summary>Discord's limits.</summary>
    /// <remarks>Source: Discord docs, Reference, Uploading Files: 10 MiB for every account; Resources/Message,
    /// Attachment Structure, <c>description</c>.</remarks>
    public static PictureLimits Discord { get; } =
        new()
        {
            MaxBytes = 10 * 1024 * 1024,
            MaxPixels = long.MaxValue,
            MaxDescription = 1024,
        };

    /// <summary>Whether PNG files are accepted. Default <see langword="true"/>.</summary>
    public bool AcceptsPng { get; init; } = true;

    /// <summary>The largest file, in bytes. Default 16 MiB.</summary>
    /// <remarks>Source of the defaults: Mastodon 4.5, <c>app/models/media_attachment.rb</c>, <c>IMAGE_LIMIT</c>,
    /// <c>MAX_DESCRIPTION_LENGTH</c>, and <c>config/initializers/paperclip.rb</c>.</remarks>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Width times height. Default 33,177,600 (7680 × 4320).</summary>
    public long MaxPixels { get; init; } = 33_177_600;

    /// <summary>The longest description, in characters. Default 1,500.</summary>
    public int MaxDescription { get; init; } = 1500;

    /// <summary>Why the platform would not accept a picture, one sentence; <see langword="null"/> if it
    /// would.</summary>
    /// <remarks>The description is counted in UTF-16 units, of which a platform never counts more.</remarks>
    public string? FindProblem(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!AcceptsPng)
        {
            return "The server does not accept PNG pictures.";
        }

        if (picture.Png.Length > MaxBytes)
        {
            return $"The picture has {picture.Png.Length} bytes; the limit is {MaxBytes}.";
        }

        var pixels = (long)picture.Width * picture.Height;
        if (pixels > MaxPixels)
        {
            return $"The picture has {pixels} pixels; the limit is {MaxPixels}.";
        }

        if (picture.Description.Length > MaxDescription)
        {
            return $"The description of the picture has {picture.Description.Length} characters; "
                + $"the limit is {MaxDescription}.";
        }

        return null;
    }
}
