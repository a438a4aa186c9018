namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Uploads of pictures.</summary>
/// <remarks>Source: Mastodon docs, methods/media; <c>app/models/media_attachment.rb</c> for the limits.</remarks>
internal static class MediaRoutes
{
    /// <summary>In characters.</summary>
    public const int MaxDescriptionLength = 1500;

    /// <summary>In bytes.</summary>
    public const int MaxImageLength = 16 * 1024 * 1024;

    /// <summary>Width times height.</summary>
    public const int MaxImagePixels = 33_177_600;

    private static readonly string[] WriteScopes = ["write", "write:media"];

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("POST", "/api/v2/media", Create) { Scopes = WriteScopes },
        new("GET", "/api/v1/media/{id}", Get) { Scopes = WriteScopes },
    ];

    private static MastodonResponse Create(MastodonRequest request)
    {
        var allowance = request.World.RateLimiter.CountMedia(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.IsExceeded)
        {
            return MastodonResponse.TooManyRequests;
        }

        if (request.Parameters.GetFile("file") is not { } file)
        {
            return MastodonResponse.Invalid("File can't be blank");
        }

        // Mastodon detects the type from the content.
        if (file.PngSize is not var (width, height))
        {
            return MastodonResponse.Invalid("File content type is invalid, File is invalid");
        }

        if (file.Content.Length > MaxImageLength)
        {
            return MastodonResponse.Invalid("File file size must be less than 16 MB");
        }

        if ((long)width * height > MaxImagePixels)
        {
            return MastodonResponse.Invalid($"File {width}x{height} images are not supported");
        }

        var description = request.Parameters.GetText("description");
        if (description?.EnumerateRunes().Count() > MaxDescriptionLength)
        {
            return MastodonResponse.Invalid($"Description is too long (maximum is {MaxDescriptionLength} characters)");
        }

        Media media = new()
        {
            Id = request.World.CreateId(),
            Account = request.Account,
            Description = string.IsNullOrEmpty(description) ? null : description,
            Focus = ReadFocus(request.Parameters.GetText("focus")),
            Content = file.Content,
            Width = width,
            Height = height,
            ReadyAt = request.World.Clock.GetUtcNow() + request.World.Options.MediaProcessing,
        };
        request.World.AddMedia(media);
        return Respond(request, media, inProcess: 202);
    }

    private static MastodonResponse Get(MastodonRequest request)
    {
        var media = request.World.FindMedia(request.GetText("id"));
        // Only files that no status contains are visible here.
        if (media is null || media.Account != request.Account || media.StatusId is not null)
        {
            return MastodonResponse.NotFound;
        }

        return Respond(request, media, inProcess: 206);
    }

    private static MastodonResponse Respond(MastodonRequest request, Media media, int inProcess)
    {
        var isReady = request.World.IsReady(media);
        return new MastodonResponse(isReady ? 200 : inProcess, media.ToJson(request.Server, isReady));
    }

    /// <summary>Reads two numbers; anything else is ignored.</summary>
    private static (double X, double Y)? ReadFocus(string? text)
    {
        if (
            text?.Split(',') is [var first, var second]
            && double.TryParse(first, CultureInfo.InvariantCulture, out var x)
            && double.TryParse(second, CultureInfo.InvariantCulture, out var y)
        )
        {
            return (Math.Clamp(x, -1, 1), Math.Clamp(y, -1, 1));
        }

        return null;
    }
}
